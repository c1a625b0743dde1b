package io.cosmichub.experiment;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Who is in which arm: a pure function of the experiment's salt and the unit. Raising the eligible
 * share adds units and moves none. Immutable and thread-safe.
 */
public final class Assignment {
  private final ExperimentDefinition experiment;
  private final String eligibleSalt;
  private final String armSalt;
  private final int totalWeight;

  /** The assignment of an experiment. */
  public Assignment(ExperimentDefinition experiment) {
    this.experiment = experiment;
    this.eligibleSalt = experiment.salt() + "/eligible";
    this.armSalt = experiment.salt() + "/arm";
    this.totalWeight = experiment.totalWeight();
  }

  /** The arm of a unit, or null if the unit takes no part. Allocates nothing. */
  public @Nullable Arm arm(String unit) {
    if (UnitHash.share(eligibleSalt, unit) >= experiment.eligibleShare()) {
      return null;
    }
    double point = UnitHash.share(armSalt, unit) * totalWeight;
    int reached = 0;
    List<Arm> arms = experiment.arms();
    for (int i = 0; i < arms.size(); i++) {
      reached += arms.get(i).weight();
      if (point < reached) {
        return arms.get(i);
      }
    }
    throw new IllegalStateException("a share of 1 or more");
  }

  /** Whether it is of the same experiment. */
  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof Assignment that && experiment.equals(that.experiment);
  }

  @Override
  public int hashCode() {
    return experiment.hashCode();
  }
}
