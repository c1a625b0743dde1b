package io.cosmichub.experiment;

/**
 * A feature that is on for a part of all pairs. Stable under growth: who is in at a share is in at
 * every larger one.
 *
 * @param feature what is switched
 * @param salt what the choice hangs on, so that features need not fall on the same pairs
 * @param share which part of all pairs has it, 0 to 1
 */
public record Rollout(Feature feature, String salt, double share) {

  /** What can be switched by share of pairs. */
  public enum Feature {
    /** Aspects computed on the GPU. */
    GPU,
    /** Scores of a trained model beside those of the rules. */
    MODEL,
    /** Scoring again after a swap. */
    RESCORING,
    /** A new aspect policy. */
    POLICY
  }

  /** Checks the share; {@link IllegalArgumentException} unless 0 to 1. */
  public Rollout {
    if (!(share >= 0 && share <= 1)) {
      throw new IllegalArgumentException(
          "the share of rollout " + feature + " is " + share + ", not 0 to 1");
    }
  }

  /** Whether a pair has the feature. */
  public boolean includes(String pairId) {
    return UnitHash.share(salt, pairId) < share;
  }
}
