package io.cosmichub.serving;

import io.cosmichub.model.PairModel;
import org.jspecify.annotations.Nullable;

/**
 * Who scores a pair, and in which experiment.
 *
 * @param label the model with its version; empty if the rules alone score
 * @param model the model; null if the rules alone score
 * @param experiment the experiment; empty if the pair is in none
 * @param arm its arm; empty if the pair is in none
 * @param ofChart whether the experiment's unit is the chart on side A, and not the pair
 * @param key tells choices apart of which a pair is scored otherwise; empty of {@link #RULES} alone
 */
public record Choice(
    String label,
    @Nullable PairModel model,
    String experiment,
    String arm,
    boolean ofChart,
    String key) {

  /** The rules alone, in no experiment. */
  public static final Choice RULES = new Choice("", null, "", "", false, "");

  /** A choice of a pair as the unit. */
  public Choice(String label, @Nullable PairModel model, String experiment, String arm) {
    this(label, model, experiment, arm, false);
  }

  /** A choice with the key that follows from the rest. */
  public Choice(
      String label, @Nullable PairModel model, String experiment, String arm, boolean ofChart) {
    this(
        label,
        model,
        experiment,
        arm,
        ofChart,
        experiment.isEmpty() ? label : label + "|" + experiment + "|" + arm);
  }

  /** The unit of a pair in the experiment. */
  public String unit(String pairId, String chartA) {
    return ofChart ? chartA : pairId;
  }

  /** Whether the pair is in an experiment. */
  public boolean inExperiment() {
    return !experiment.isEmpty();
  }
}
