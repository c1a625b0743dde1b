package io.cosmichub.training;

import io.cosmichub.experiment.Interval;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.commons.statistics.distribution.TDistribution;

/**
 * Whether a model may be shipped: only if, on rows that it never saw, it errs less than both
 * baselines, by intervals that exclude 0.
 *
 * @param promotable whether it may
 * @param reason why, or why not
 * @param overConstant by how much its mean squared error is smaller than the constant's
 * @param overRules by how much it is smaller than that of the rule-based score
 */
record Gate(boolean promotable, String reason, Interval overConstant, Interval overRules) {
  /** Fewer held-out groups prove nothing. */
  static final int MIN_GROUPS = 30;

  private static final double LEVEL = 0.95;

  static Gate of(List<LabelledPair> heldOut, double[] predictions, Baselines baselines) {
    long groups = heldOut.stream().map(LabelledPair::group).distinct().count();
    if (groups < MIN_GROUPS) {
      return new Gate(
          false,
          groups + " held-out groups are too few to prove anything; " + MIN_GROUPS + " are needed",
          Interval.UNKNOWN,
          Interval.UNKNOWN);
    }
    double[] constant = new double[predictions.length];
    double[] rules = new double[predictions.length];
    for (int i = 0; i < predictions.length; i++) {
      LabelledPair row = heldOut.get(i);
      double error = square(row.label() - predictions[i]);
      constant[i] = square(row.label() - baselines.constant()) - error;
      rules[i] = square(row.label() - baselines.ofRules(row)) - error;
    }
    Interval overConstant = meanByGroup(heldOut, constant);
    Interval overRules = meanByGroup(heldOut, rules);
    List<String> failed = new ArrayList<>();
    if (!(overConstant.low() > 0)) {
      failed.add("it is not shown to be better than a constant");
    }
    if (!(overRules.low() > 0)) {
      failed.add("it is not shown to be better than the rule-based score");
    }
    return failed.isEmpty()
        ? new Gate(true, "it is better than both baselines", overConstant, overRules)
        : new Gate(false, String.join(", and ", failed), overConstant, overRules);
  }

  // The mean over rows; its spread from sums over groups, for rows of a group resemble each other.
  static Interval meanByGroup(List<LabelledPair> rows, double[] gains) {
    double mean = 0;
    for (double gain : gains) {
      mean += gain / gains.length;
    }
    Map<String, Double> deviations = new HashMap<>();
    for (int i = 0; i < gains.length; i++) {
      deviations.merge(rows.get(i).group(), gains[i] - mean, Double::sum);
    }
    double squares = 0;
    for (double deviation : deviations.values()) {
      squares += deviation * deviation;
    }
    int groups = deviations.size();
    double error = Math.sqrt(squares * groups / (groups - 1.0)) / gains.length;
    double half =
        TDistribution.of(groups - 1.0).inverseSurvivalProbability((1 - LEVEL) / 2) * error;
    return new Interval(mean, mean - half, mean + half);
  }

  private static double square(double x) {
    return x * x;
  }
}
