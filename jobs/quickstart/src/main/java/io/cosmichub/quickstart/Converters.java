package io.cosmichub.quickstart;

import java.time.Duration;
import java.util.Locale;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import picocli.CommandLine.TypeConversionException;

/** How option texts become values, with messages that say what was expected. */
final class Converters {

  private static final Pattern DURATION = Pattern.compile("([0-9]{1,9})(ms|s|m|min|h)?");

  private Converters() {}

  /** Converts, and hands the reason on as picocli shows it. */
  static <T> T convert(String text, Function<String, T> converter) {
    try {
      return converter.apply(text);
    } catch (IllegalArgumentException e) {
      throw new TypeConversionException("'" + text + "': " + e.getMessage());
    }
  }

  /** Reads {@code 60s}, {@code 5m}, {@code 2h}; without a unit seconds. */
  static Duration duration(String text) {
    Matcher matcher = DURATION.matcher(text.toLowerCase(Locale.ROOT));
    if (!matcher.matches()) {
      throw new IllegalArgumentException("expected a duration such as 60s, 5m or 1h");
    }
    long amount = Long.parseLong(matcher.group(1));
    String unit = matcher.group(2) == null ? "s" : matcher.group(2);
    return switch (unit) {
      case "ms" -> Duration.ofMillis(amount);
      case "m", "min" -> Duration.ofMinutes(amount);
      case "h" -> Duration.ofHours(amount);
      default -> Duration.ofSeconds(amount);
    };
  }
}
