package io.cosmichub.experiment;

import org.apache.commons.statistics.distribution.NormalDistribution;

/**
 * How many units an experiment of two arms needs.
 *
 * @param fixed units in both arms if one looks once, at the end
 * @param always units in both arms by which, looking at any time, the effect has shown with the
 *     power asked for
 */
public record SampleSize(long fixed, long always) {
  private static final double LARGEST = 1e15;

  /**
   * The sizes for an effect on a metric with a standard deviation. {@code correlation} is that of
   * the metric with the units' earlier figure, 0 if there is none; {@code share} the part of the
   * units that the treatment gets.
   */
  public static SampleSize of(
      double effect,
      double deviation,
      double correlation,
      double share,
      double power,
      double alpha) {
    require(effect > 0 && Double.isFinite(effect), "effect " + effect + ", not above 0");
    require(
        deviation > 0 && Double.isFinite(deviation), "deviation " + deviation + ", not above 0");
    require(Math.abs(correlation) < 1, "correlation " + correlation + ", not within -1 and 1");
    require(share > 0 && share < 1, "share " + share + ", not within 0 and 1");
    require(power > 0 && power < 1, "power " + power + ", not within 0 and 1");
    require(alpha > 0 && alpha < 1, "alpha " + alpha + ", not within 0 and 1");
    double variance = deviation * deviation * (1 - correlation * correlation);
    // The variance of the difference is this over the number of units.
    double perUnit = variance / share + variance / (1 - share);
    NormalDistribution normal = NormalDistribution.of(0, 1);
    double ofPower = normal.inverseCumulativeProbability(power);
    double ofAlpha = normal.inverseSurvivalProbability(alpha / 2);
    double fixed = perUnit * Math.pow((ofAlpha + ofPower) / effect, 2);
    double least = 2 * ConfidenceSequence.MIN_UNITS;
    return new SampleSize(
        (long) Math.ceil(fixed),
        (long) Math.ceil(Math.max(least, always(effect, perUnit, ofPower, alpha))));
  }

  private static double always(double effect, double perUnit, double ofPower, double alpha) {
    ConfidenceSequence sequence = new ConfidenceSequence(effect, alpha);
    double low = 1;
    double high = 2;
    while (!shows(sequence, effect, perUnit / high, ofPower) && high < LARGEST) {
      low = high;
      high *= 2;
    }
    while (high - low > 0.5) {
      double middle = (low + high) / 2;
      if (shows(sequence, effect, perUnit / middle, ofPower)) {
        high = middle;
      } else {
        low = middle;
      }
    }
    return high;
  }

  private static boolean shows(
      ConfidenceSequence sequence, double effect, double variance, double ofPower) {
    return effect - ofPower * Math.sqrt(variance) >= sequence.halfWidth(variance);
  }

  private static void require(boolean holds, String otherwise) {
    if (!holds) {
      throw new IllegalArgumentException(otherwise);
    }
  }
}
