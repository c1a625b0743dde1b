package io.cosmichub.experiment;

/**
 * An estimate and what it may be.
 *
 * @param estimate the estimate
 * @param low the lower end
 * @param high the upper end
 */
public record Interval(double estimate, double low, double high) {
  /** Nothing is known. */
  public static final Interval UNKNOWN =
      new Interval(0, Double.NEGATIVE_INFINITY, Double.POSITIVE_INFINITY);

  /** Whether 0 lies outside. */
  public boolean excludesZero() {
    return low > 0 || high < 0;
  }
}
