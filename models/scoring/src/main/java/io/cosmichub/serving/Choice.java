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
 * @param key tells choices apart of which a pair is scored otherwise; empty of {@link #RULES} alone
 */
public record Choice(
    String label, @Nullable PairModel model, String experiment, String arm, String key) {

  /** The rules alone, in no experiment. */
  public static final Choice RULES = new Choice("", null, "", "", "");

  /** A choice with the key that follows from the rest. */
  public Choice(String label, @Nullable PairModel model, String experiment, String arm) {
    this(
        label,
        model,
        experiment,
        arm,
        experiment.isEmpty() ? label : label + "|" + experiment + "|" + arm);
  }

  /** Whether the pair is in an experiment. */
  public boolean inExperiment() {
    return !experiment.isEmpty();
  }
}
