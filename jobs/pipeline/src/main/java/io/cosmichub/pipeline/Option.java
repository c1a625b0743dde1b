package io.cosmichub.pipeline;

/**
 * One key of the configuration: how its text is read, what holds if nobody sets it, and what it
 * means.
 *
 * @param defaultText the default, written as one would write it in a file
 * @param secret whether its value is masked wherever it is printed
 */
public record Option<T>(
    String key, ValueType<T> type, String defaultText, String description, boolean secret) {

  static <T> Option<T> of(String key, ValueType<T> type, String defaultText, String description) {
    return new Option<>(key, type, defaultText, description, false);
  }

  static Option<Secret> secret(String key, String defaultText, String description) {
    return new Option<>(key, ValueType.SECRET, defaultText, description, true);
  }

  /** Reads {@code text}; a {@link ConfigException} names the key, the text and what is expected. */
  T parse(String text) {
    try {
      return type.parser().apply(text);
    } catch (IllegalArgumentException | ArithmeticException e) {
      throw rejected(text, type.expected());
    }
  }

  /** Rejects {@code value} unless {@code holds}. */
  void require(boolean holds, Object value, String expected) {
    if (!holds) {
      throw rejected(value, expected);
    }
  }

  private ConfigException rejected(Object value, String expected) {
    return new ConfigException(key + " is '" + shown(value.toString()) + "', expected " + expected);
  }

  /** {@code text} as it may be printed. */
  String shown(String text) {
    return secret ? Secret.MASK : text;
  }
}
