package io.cosmichub.contracts;

import com.fasterxml.jackson.core.io.JsonStringEncoder;
import com.fasterxml.jackson.core.io.NumberOutput;
import java.nio.charset.StandardCharsets;

/**
 * JSON text as bytes: names and braces come as prepared pieces, values are written exactly, and the
 * same on every JDK.
 */
final class JsonSink {
  private final ByteSink out = new ByteSink();

  /** A piece of JSON to write often. */
  static byte[] piece(String json) {
    return json.getBytes(StandardCharsets.UTF_8);
  }

  /** A text in quotes, escaped, as a piece or part of one. */
  static String quoted(String text) {
    return '"' + String.valueOf(JsonStringEncoder.getInstance().quoteAsString(text)) + '"';
  }

  JsonSink start() {
    out.clear();
    return this;
  }

  JsonSink put(byte[] piece) {
    out.put(piece);
    return this;
  }

  JsonSink put(char ascii) {
    out.put(ascii);
    return this;
  }

  JsonSink string(String text) {
    out.put('"');
    if (isPlain(text)) {
      for (int i = 0; i < text.length(); i++) {
        out.put(text.charAt(i));
      }
    } else {
      out.put(JsonStringEncoder.getInstance().quoteAsUTF8(text));
    }
    out.put('"');
    return this;
  }

  /** In quotes, as the mapping has it; not negative. */
  JsonSink int64(long number) {
    out.put('"');
    out.putDigits(number, 1);
    out.put('"');
    return this;
  }

  /** Not negative. */
  JsonSink count(int number) {
    out.putDigits(number, 1);
    return this;
  }

  /** The shortest decimal that reads back as the same double. */
  JsonSink number(double number) {
    String text = NumberOutput.toString(number, true);
    for (int i = 0; i < text.length(); i++) {
      out.put(text.charAt(i));
    }
    return this;
  }

  /** Micro-degrees as degrees, exactly. */
  JsonSink degrees(int microDegrees) {
    Decimals.write(microDegrees, out);
    return this;
  }

  byte[] toBytes() {
    return out.toBytes();
  }

  /** Whether the text is its own escaped form. */
  private static boolean isPlain(String text) {
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c < ' ' || c > '~' || c == '"' || c == '\\') {
        return false;
      }
    }
    return true;
  }
}
