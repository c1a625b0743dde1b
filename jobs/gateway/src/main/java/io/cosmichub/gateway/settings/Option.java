package io.cosmichub.gateway.settings;

import java.net.URI;
import java.time.Duration;
import java.time.format.DateTimeParseException;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * One key of the configuration: how its text is read, what holds if nobody sets it, what it means,
 * and whether it is masked wherever it is printed. An empty default means that nothing is set.
 */
public record Option<T>(
    String key,
    String expected,
    Function<String, T> parser,
    String defaultText,
    String description,
    boolean secret) {

  private static final Pattern SPAN = Pattern.compile("(\\d{1,9})\\s*(ms|s|m|min|h|d)");

  static Option<String> text(String key, String defaultText, String description) {
    return new Option<>(key, "text", text -> text, defaultText, description, false);
  }

  static Option<String> url(String key, String description) {
    return new Option<>(key, "a URL of http or https", Option::checkedUrl, "", description, false);
  }

  static Option<Secret> secret(String key, String description) {
    return new Option<>(key, "text", Secret::new, "", description, true);
  }

  static Option<List<String>> list(String key, String defaultText, String description) {
    return new Option<>(
        key, "texts separated by commas", Option::split, defaultText, description, false);
  }

  static Option<Duration> duration(String key, String defaultText, String description) {
    return new Option<>(
        key,
        "a duration such as 500ms, 10s or PT5M",
        Option::span,
        defaultText,
        description,
        false);
  }

  /** A whole number from {@code least} to {@code most}. */
  static Option<Integer> number(
      String key, int least, int most, String defaultText, String description) {
    Function<String, Integer> parser =
        text -> {
          int value = Integer.parseInt(text);
          if (value < least || value > most) {
            throw new IllegalArgumentException("out of range");
          }
          return value;
        };
    String expected = "a whole number, " + least + " to " + most;
    return new Option<>(key, expected, parser, defaultText, description, false);
  }

  /** One of the constants of an enum, in lower case. */
  static <E extends Enum<E>> Option<E> choice(
      String key, Class<E> constants, String defaultText, String description) {
    String names =
        String.join(
            " | ",
            Arrays.stream(constants.getEnumConstants())
                .map(constant -> constant.name().toLowerCase(Locale.ROOT))
                .toList());
    return new Option<>(
        key,
        names,
        text -> Enum.valueOf(constants, text.toUpperCase(Locale.ROOT)),
        defaultText,
        description,
        false);
  }

  /** Reads {@code text}; a {@link ConfigException} names the key, the text and what is expected. */
  T parse(String text) {
    try {
      return parser.apply(text);
    } catch (IllegalArgumentException | DateTimeParseException e) {
      throw new ConfigException(key + " is '" + shown(text) + "', expected " + expected);
    }
  }

  /** {@code text} as it may be printed. */
  String shown(String text) {
    return secret && !text.isEmpty() ? Secret.MASK : text;
  }

  private static String checkedUrl(String text) {
    URI url = URI.create(text);
    if (url.getHost() == null
        || !("http".equalsIgnoreCase(url.getScheme())
            || "https".equalsIgnoreCase(url.getScheme()))) {
      throw new IllegalArgumentException("no such URL");
    }
    return text;
  }

  private static List<String> split(String text) {
    return Arrays.stream(text.split(",", -1))
        .map(String::trim)
        .filter(part -> !part.isEmpty())
        .toList();
  }

  private static Duration span(String text) {
    Matcher matcher = SPAN.matcher(text);
    if (!matcher.matches()) {
      return Duration.parse(text);
    }
    long count = Long.parseLong(matcher.group(1));
    return switch (matcher.group(2)) {
      case "ms" -> Duration.ofMillis(count);
      case "s" -> Duration.ofSeconds(count);
      case "m", "min" -> Duration.ofMinutes(count);
      case "h" -> Duration.ofHours(count);
      default -> Duration.ofDays(count);
    };
  }
}
