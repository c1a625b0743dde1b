package io.cosmichub.quickstart;

import java.util.Locale;

/**
 * How fast the sky moves.
 *
 * @param hoursPerSecond above 0; infinite for as fast as the pipeline follows
 */
record Speed(double hoursPerSecond) {

  private static final String MAX = "max";

  Speed {
    if (!(hoursPerSecond > 0)) {
      throw new IllegalArgumentException("expected a number above 0 or 'max'");
    }
  }

  /** Reads a number of hours a second, or {@code max}. */
  static Speed of(String text) {
    if (text.toLowerCase(Locale.ROOT).equals(MAX)) {
      return new Speed(Double.POSITIVE_INFINITY);
    }
    try {
      return new Speed(Double.parseDouble(text));
    } catch (NumberFormatException e) {
      throw new IllegalArgumentException("expected a number above 0 or 'max'", e);
    }
  }

  /** The time between two hours in nanoseconds; 0 at full speed. */
  long nanosPerHour() {
    return (long) Math.min(1e9 / hoursPerSecond, Long.MAX_VALUE / 4.0);
  }

  /** In words, such as {@code one hour every 2 s}. */
  @Override
  public String toString() {
    if (Double.isInfinite(hoursPerSecond)) {
      return "as fast as the pipeline follows";
    }
    if (hoursPerSecond == 1) {
      return "one hour a second";
    }
    return hoursPerSecond > 1
        ? number(hoursPerSecond) + " hours a second"
        : "one hour every " + number(1 / hoursPerSecond) + " s";
  }

  private static String number(double value) {
    return value == Math.rint(value)
        ? String.format(Locale.ROOT, "%,.0f", value)
        : String.format(Locale.ROOT, "%.2f", value);
  }
}
