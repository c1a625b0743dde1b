package io.cosmichub.contracts;

import com.google.protobuf.UnsafeByteOperations;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * What an id must be: 1 to 128 characters (code points), none of them a control character, and the
 * record's key.
 */
final class Ids {
  static final int MAX_CHARACTERS = 128;

  private Ids() {}

  /** The id, if it is one; {@code what} names it in the reason, as in "the chart id". */
  static String require(String id, String what) throws Refusal {
    if (id.isEmpty()) {
      throw new Refusal(DeadLetterCode.ID_MISSING, what + " is absent or empty");
    }
    int characters = 0;
    for (int i = 0; i < id.length(); characters++) {
      int character = id.codePointAt(i);
      if (Character.isISOControl(character)) {
        throw new Refusal(DeadLetterCode.ID_CONTROL_CHARACTER, what + " holds a control character");
      }
      if (character >= Character.MIN_SURROGATE && character <= Character.MAX_SURROGATE) {
        throw new Refusal(DeadLetterCode.BROKEN_JSON, what + " holds half of a surrogate pair");
      }
      i += Character.charCount(character);
    }
    if (characters > MAX_CHARACTERS) {
      throw new Refusal(
          DeadLetterCode.ID_TOO_LONG, what + " has more than " + MAX_CHARACTERS + " characters");
    }
    return id;
  }

  /** Whether the text would do as an id. */
  static boolean isId(String text) {
    try {
      require(text, "it");
      return true;
    } catch (Refusal e) {
      return false;
    }
  }

  /** Refuses a key that is not exactly the id. */
  static void requireKey(byte @Nullable [] key, String id) throws Refusal {
    if (!Arrays.equals(present(key), id.getBytes(StandardCharsets.UTF_8))) {
      throw isUtf8(present(key))
          ? new Refusal(DeadLetterCode.KEY_MISMATCH, "the key is not the id in the value")
          : new Refusal(DeadLetterCode.KEY_NOT_UTF8, "the key is not UTF-8");
    }
  }

  /** The id that a tombstone erases: its key. */
  static String ofTombstone(byte @Nullable [] key) throws Refusal {
    byte[] bytes = present(key);
    if (!isUtf8(bytes)) {
      throw new Refusal(DeadLetterCode.KEY_NOT_UTF8, "the key is not UTF-8");
    }
    return require(new String(bytes, StandardCharsets.UTF_8), "the key");
  }

  static boolean isUtf8(byte[] bytes) {
    return UnsafeByteOperations.unsafeWrap(bytes).isValidUtf8();
  }

  private static byte[] present(byte @Nullable [] key) throws Refusal {
    if (key == null || key.length == 0) {
      throw new Refusal(DeadLetterCode.KEY_MISSING, "the record has no key");
    }
    return key;
  }
}
