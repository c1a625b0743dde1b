package io.cosmichub.contracts;

import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * What is asked of a record before its value is read: that there is one, not too large, in a known
 * format.
 */
final class Envelope {
  static final String CONTENT_TYPE = "content-type";
  static final String CE_TIME = "ce_time";
  static final int MAX_VALUE_BYTES = 64 * 1024;

  private Envelope() {}

  /**
   * The format of the value. The {@code content-type} header decides, its parameters aside; without
   * one, a value that begins with an opening brace is JSON and any other is Protobuf (where that
   * byte would open a group, which this schema does not have).
   */
  static Format format(InputRecord record, byte[] value) throws Refusal {
    return format(record, value, MAX_VALUE_BYTES);
  }

  /** The same with another limit on the bytes of the value. */
  static Format format(InputRecord record, byte[] value, int maxBytes) throws Refusal {
    if (value.length == 0) {
      throw new Refusal(DeadLetterCode.EMPTY_VALUE, "the value has no bytes");
    }
    if (value.length > maxBytes) {
      throw new Refusal(
          DeadLetterCode.TOO_LARGE,
          "the value has " + value.length + " bytes, " + maxBytes + " are allowed");
    }
    Header header = record.lastHeader(CONTENT_TYPE);
    if (header == null) {
      return value[0] == '{' ? Format.JSON : Format.PROTOBUF;
    }
    return ofContentType(header.text());
  }

  private static Format ofContentType(@Nullable String text) throws Refusal {
    String type = text == null ? "" : text;
    int parameters = type.indexOf(';');
    String essence = parameters < 0 ? type : type.substring(0, parameters);
    return switch (essence.strip().toLowerCase(Locale.ROOT)) {
      case "application/json" -> Format.JSON;
      case "application/protobuf", "application/x-protobuf" -> Format.PROTOBUF;
      default ->
          throw new Refusal(
              DeadLetterCode.UNKNOWN_CONTENT_TYPE,
              "the content-type header names neither application/json nor application/protobuf");
    };
  }
}
