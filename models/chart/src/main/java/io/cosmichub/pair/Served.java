package io.cosmichub.pair;

/**
 * How a model and an experiment had a part in the score of a pair.
 *
 * @param model the model with its version, as in {@code compatibility@3}; empty if none scored
 * @param score what the model answered; 0 if none scored
 * @param experiment the experiment that the pair takes part in; empty if in none
 * @param arm its arm there; empty if in none
 */
public record Served(String model, double score, String experiment, String arm) {

  /** Whether the pair takes part in an experiment. */
  public boolean inExperiment() {
    return !experiment.isEmpty();
  }

  /** Whether a model scored. */
  public boolean hasModel() {
    return !model.isEmpty();
  }
}
