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
 * @param terms what the experiment says of its units
 * @param key tells choices apart of which a pair is scored otherwise; empty of {@link #RULES} alone
 * @param bySigns whether a body in another sign is reason enough to score a pair again: the model
 *     reads signs, or, so that no arm is exposed more often, that of any arm of the experiment does
 */
public record Choice(
    String label,
    @Nullable PairModel model,
    String experiment,
    String arm,
    Terms terms,
    String key,
    boolean bySigns) {

  /** The rules alone, in no experiment. */
  public static final Choice RULES = new Choice("", null);

  /** A choice outside of experiments. */
  public Choice(String label, @Nullable PairModel model) {
    this(label, model, "", "", Terms.NONE);
  }

  /** A choice with the key that follows from the rest. */
  public Choice(
      String label, @Nullable PairModel model, String experiment, String arm, Terms terms) {
    this(
        label,
        model,
        experiment,
        arm,
        terms,
        experiment.isEmpty() ? label : label + "|" + experiment + "|" + arm,
        false);
  }

  /** The same, with or without regard to signs. */
  Choice bySigns(boolean other) {
    return other == bySigns ? this : new Choice(label, model, experiment, arm, terms, key, other);
  }

  /** The unit of a pair in the experiment. */
  public String unit(String pairId, String chartA) {
    return terms.ofChart() ? chartA : pairId;
  }

  /** Whether the pair is in an experiment. */
  public boolean inExperiment() {
    return !experiment.isEmpty();
  }
}
