package io.cosmichub.pipeline;

import java.math.BigDecimal;
import java.time.Duration;
import java.time.format.DateTimeParseException;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;
import java.util.Collections;
import java.util.Locale;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * How the text of an option becomes a value.
 *
 * @param name one word for the reference table
 * @param expected what a message says is expected, such as "a whole number"
 * @param parser from trimmed text to value; throws {@link IllegalArgumentException} or {@link
 *     ArithmeticException} if it cannot
 */
public record ValueType<T>(String name, String expected, Function<String, T> parser) {

  private static final Map<String, ChronoUnit> UNITS =
      Map.of(
          "ms", ChronoUnit.MILLIS,
          "s", ChronoUnit.SECONDS,
          "m", ChronoUnit.MINUTES,
          "min", ChronoUnit.MINUTES,
          "h", ChronoUnit.HOURS,
          "d", ChronoUnit.DAYS);
  private static final Map<String, Integer> SIZE_BITS =
      Map.of("b", 0, "kb", 10, "mb", 20, "gb", 30);
  private static final Pattern MEASURE = Pattern.compile("(\\d{1,12})\\s*([a-z]+)");
  private static final Duration LONGEST = Duration.ofDays(1_000_000);
  private static final int MICRO_DIGITS = 6;

  /** Any text that is not blank. */
  static final ValueType<String> TEXT =
      new ValueType<>("text", "text that is not blank", ValueType::text);

  /** Text that is never shown. */
  static final ValueType<Secret> SECRET =
      new ValueType<>("secret", "text that is not blank", value -> new Secret(text(value)));

  /** A whole number that fits an {@code int}. */
  static final ValueType<Integer> INTEGER =
      new ValueType<>("integer", "a whole number", Integer::valueOf);

  /** Yes or no. */
  static final ValueType<Boolean> SWITCH =
      new ValueType<>("true | false", "true or false", ValueType::truth);

  /** A time span of whole milliseconds. */
  static final ValueType<Duration> DURATION_TYPE =
      new ValueType<>("duration", "a duration such as 500ms, 10s, 7d or PT5M", ValueType::duration);

  /** An angle in degrees, held as micro-degrees. */
  static final ValueType<Integer> DEGREES =
      new ValueType<>("degrees", "degrees with six decimals at most", ValueType::microDegrees);

  /** A whole number of bytes; a kilobyte has 1,024. */
  static final ValueType<Long> BYTES =
      new ValueType<>("bytes", "a size such as 64mb or 1gb", ValueType::bytes);

  /** A part of a whole. */
  static final ValueType<Double> FRACTION =
      new ValueType<>("fraction", "a decimal number", text -> new BigDecimal(text).doubleValue());

  /** Decimal numbers by name. */
  static final ValueType<SortedMap<String, BigDecimal>> NUMBERS =
      new ValueType<>(
          "name=number, …", "numbers by name such as sun=3,moon=2.5, or none", ValueType::numbers);

  /** One of the constants of an enum, in lower case. */
  static <E extends Enum<E>> ValueType<E> choice(Class<E> constants) {
    String names =
        Arrays.stream(constants.getEnumConstants())
            .map(ValueType::choiceName)
            .collect(Collectors.joining(" | "));
    return new ValueType<>(
        names, names, text -> Enum.valueOf(constants, text.toUpperCase(Locale.ROOT)));
  }

  /** The name by which a configuration chooses {@code constant}. */
  static String choiceName(Enum<?> constant) {
    return constant.name().toLowerCase(Locale.ROOT);
  }

  private static String text(String text) {
    if (text.isBlank()) {
      throw new IllegalArgumentException("blank");
    }
    return text;
  }

  private static Boolean truth(String text) {
    return switch (text) {
      case "true" -> true;
      case "false" -> false;
      default -> throw new IllegalArgumentException("neither");
    };
  }

  private static Duration duration(String text) {
    Matcher matcher = MEASURE.matcher(text);
    Duration duration;
    if (matcher.matches()) {
      ChronoUnit unit = UNITS.get(matcher.group(2));
      if (unit == null) {
        throw new IllegalArgumentException("unknown unit");
      }
      duration = Duration.of(Long.parseLong(matcher.group(1)), unit);
    } else {
      duration = isoDuration(text);
    }
    if (duration.isNegative()
        || duration.compareTo(LONGEST) > 0
        || duration.toNanosPart() % 1_000_000 != 0) {
      throw new IllegalArgumentException("not a span of whole milliseconds");
    }
    return duration;
  }

  private static Duration isoDuration(String text) {
    try {
      return Duration.parse(text);
    } catch (DateTimeParseException e) {
      throw new IllegalArgumentException("not a duration", e);
    }
  }

  private static long bytes(String text) {
    Matcher matcher = MEASURE.matcher(text);
    Integer bits = matcher.matches() ? SIZE_BITS.get(matcher.group(2)) : null;
    if (bits == null) {
      throw new IllegalArgumentException("not a number with a unit");
    }
    return Math.multiplyExact(Long.parseLong(matcher.group(1)), 1L << bits);
  }

  private static SortedMap<String, BigDecimal> numbers(String text) {
    TreeMap<String, BigDecimal> numbers = new TreeMap<>();
    if (!text.equals("none")) {
      for (String part : text.split(",", -1)) {
        int equals = part.indexOf('=');
        if (equals <= 0) {
          throw new IllegalArgumentException("no name");
        }
        BigDecimal number = new BigDecimal(part.substring(equals + 1).trim());
        if (numbers.put(part.substring(0, equals).trim(), number) != null) {
          throw new IllegalArgumentException("a name twice");
        }
      }
    }
    return Collections.unmodifiableSortedMap(numbers);
  }

  private static int microDegrees(String text) {
    return new BigDecimal(text).movePointRight(MICRO_DIGITS).intValueExact();
  }
}
