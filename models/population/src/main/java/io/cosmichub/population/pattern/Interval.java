package io.cosmichub.population.pattern;

/**
 * Where a share lies, given a sample of it.
 *
 * @param low the lower end
 * @param high the upper end
 */
public record Interval(double low, double high) {

  /** Two-sided 95%. */
  private static final double Z = 1.959963984540054;

  /** Wilson's 95% interval of {@code hits} of {@code trials}; 0 to 1 without a trial. */
  public static Interval wilson(long hits, long trials) {
    if (trials == 0) {
      return new Interval(0, 1);
    }
    double share = (double) hits / trials;
    double z2 = Z * Z / trials;
    double middle = share + z2 / 2;
    double half = Z * Math.sqrt(share * (1 - share) / trials + z2 / (4.0 * trials));
    return new Interval(
        hits == 0 ? 0 : (middle - half) / (1 + z2),
        hits == trials ? 1 : (middle + half) / (1 + z2));
  }
}
