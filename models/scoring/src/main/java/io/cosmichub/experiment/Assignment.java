package io.cosmichub.experiment;

import org.jspecify.annotations.Nullable;

/**
 * Who is in which arm: a pure function of the experiment's salt and the unit. Raising the eligible
 * share adds units and moves none. Immutable and thread-safe.
 */
public final class Assignment {
  private final ExperimentDefinition experiment;
  private final String eligibleSalt;
  private final String armSalt;

  /** The assignment of an experiment. */
  public Assignment(ExperimentDefinition experiment) {
    this.experiment = experiment;
    this.eligibleSalt = experiment.salt() + "/eligible";
    this.armSalt = experiment.salt() + "/arm";
  }

  /** The arm of a unit, or null if the unit takes no part. */
  public @Nullable Arm arm(String unit) {
    if (UnitHash.share(eligibleSalt, unit) >= experiment.eligibleShare()) {
      return null;
    }
    double point = UnitHash.share(armSalt, unit) * experiment.totalWeight();
    int reached = 0;
    for (Arm arm : experiment.arms()) {
      reached += arm.weight();
      if (point < reached) {
        return arm;
      }
    }
    throw new IllegalStateException("a share of 1 or more");
  }
}
