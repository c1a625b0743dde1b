package io.cosmichub.experiment;

/**
 * Intervals for a mean or a difference of means that hold at all times at once: whoever looks after
 * every unit and stops when he likes is wrong no more often than {@code alpha}.
 */
public final class ConfidenceSequence {
  /*
   * A normal mixture. Under no effect the likelihood ratio of an effect θ against none, averaged
   * over θ ~ N(0, τ²), is a martingale that begins at 1; by Ville's inequality it ever reaches
   * 1/alpha with probability at most alpha. With an estimate d of variance v it is
   *
   *   sqrt(v / (v + τ²)) · exp(τ² d² / (2 v (v + τ²)))
   *
   * and the interval is where it stays below 1/alpha. The variance is estimated, so this holds
   * asymptotically: no interval is given before MIN_UNITS in each arm. τ sets where the sequence is
   * tightest, never whether it holds; the smallest effect that matters is a good choice.
   */
  /** Fewer units than this in an arm give no interval. */
  public static final int MIN_UNITS = 50;

  private final double tau;
  private final double alpha;

  /** A sequence that is tightest for effects of the size {@code tau}. */
  public ConfidenceSequence(double tau, double alpha) {
    if (!(tau > 0 && alpha > 0 && alpha < 1)) {
      throw new IllegalArgumentException("tau " + tau + ", alpha " + alpha);
    }
    this.tau = tau;
    this.alpha = alpha;
  }

  /** The mean of the metric in one arm. */
  public Interval mean(Moments arm) {
    return arm.count() < MIN_UNITS
        ? Interval.UNKNOWN
        : around(arm.mean(), arm.variance() / arm.count());
  }

  /** How much larger the mean of the metric is in the treatment. */
  public Interval difference(Moments control, Moments treatment) {
    return difference(control, treatment, 0);
  }

  /**
   * The same after {@code slope} times each unit's earlier figure is taken off, which takes off
   * variance and no effect: units were assigned without looking at it.
   */
  public Interval difference(Moments control, Moments treatment, double slope) {
    if (Math.min(control.count(), treatment.count()) < MIN_UNITS) {
      return Interval.UNKNOWN;
    }
    double estimate =
        treatment.mean() - control.mean() - slope * (treatment.priorMean() - control.priorMean());
    double variance =
        control.varianceLeft(slope) / control.count()
            + treatment.varianceLeft(slope) / treatment.count();
    return around(estimate, variance);
  }

  /** Half the width of the interval around an estimate of the variance. */
  double halfWidth(double variance) {
    double spread = variance + tau * tau;
    return Math.sqrt(
        2 * variance * spread / (tau * tau) * Math.log(Math.sqrt(spread / variance) / alpha));
  }

  private Interval around(double estimate, double variance) {
    double half = variance > 0 ? halfWidth(variance) : 0;
    return new Interval(estimate, estimate - half, estimate + half);
  }
}
