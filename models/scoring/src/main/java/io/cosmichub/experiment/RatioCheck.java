package io.cosmichub.experiment;

import java.util.List;
import org.apache.commons.numbers.gamma.LogGamma;

/**
 * Whether the arms got units in the ratio of their weights. May be asked at any time and as often
 * as one likes: a sound assignment is ever called broken with probability at most {@link #ALPHA}.
 */
public final class RatioCheck {
  /*
   * A Bayes factor of any other ratios, drawn from a Dirichlet distribution around the right ones,
   * against the right ones. Under the right ones it is a martingale that begins at 1, so Ville's
   * inequality bounds how often it ever reaches 1/ALPHA.
   */
  /** How often a sound assignment may be called broken. */
  public static final double ALPHA = 0.001;

  // Ratios about three percent off are what the check is most alert to.
  private static final double CONCENTRATION = 1_000;

  private RatioCheck() {}

  /** Whether the counts of units, in the order of the arms, contradict the weights. */
  public static boolean isBroken(ExperimentDefinition experiment, long[] counts) {
    return isBroken(experiment.arms(), counts);
  }

  /** The same of some of the arms; those that one does not look at are no part of the ratio. */
  public static boolean isBroken(List<Arm> arms, long[] counts) {
    return logBayesFactor(arms, counts) >= -Math.log(ALPHA);
  }

  private static double logBayesFactor(List<Arm> arms, long[] counts) {
    if (counts.length != arms.size()) {
      throw new IllegalArgumentException(counts.length + " counts for " + arms.size() + " arms");
    }
    int totalWeight = arms.stream().mapToInt(Arm::weight).sum();
    double factor = LogGamma.value(CONCENTRATION);
    double total = CONCENTRATION;
    for (int i = 0; i < counts.length; i++) {
      double ratio = (double) arms.get(i).weight() / totalWeight;
      double prior = CONCENTRATION * ratio;
      factor += LogGamma.value(prior + counts[i]) - LogGamma.value(prior);
      factor -= counts[i] * Math.log(ratio);
      total += counts[i];
    }
    return factor - LogGamma.value(total);
  }
}
