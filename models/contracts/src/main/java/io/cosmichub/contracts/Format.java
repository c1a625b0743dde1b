package io.cosmichub.contracts;

import java.util.Locale;

/** The two encodings of one schema: its proto3 JSON mapping and its binary form. */
public enum Format {
  JSON("application/json"),
  PROTOBUF("application/protobuf");

  private final String contentType;

  Format(String contentType) {
    this.contentType = contentType;
  }

  /** The value of the {@code content-type} header. */
  public String contentType() {
    return contentType;
  }

  /**
   * The format of a configuration value, {@code json} or {@code protobuf} in any case; {@link
   * IllegalArgumentException} else.
   */
  public static Format of(String name) {
    return switch (name.toLowerCase(Locale.ROOT)) {
      case "json" -> JSON;
      case "protobuf" -> PROTOBUF;
      default -> throw new IllegalArgumentException("format is neither json nor protobuf: " + name);
    };
  }
}
