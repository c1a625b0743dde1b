package io.cosmichub.feedback;

import io.cosmichub.serving.Exposure;

/**
 * That a unit takes part in an experiment.
 *
 * @param experiment the experiment
 * @param version the version of its definition
 * @param arm the unit's arm
 * @param first when it was exposed first, in epoch milliseconds
 * @param until the first moment that no longer counts
 */
public record UnitTrial(String experiment, long version, String arm, long first, long until) {

  /** Of the first exposure. */
  static UnitTrial of(Exposure exposure) {
    return new UnitTrial(
        exposure.experiment(),
        exposure.terms().version(),
        exposure.arm(),
        exposure.at(),
        exposure.terms().until());
  }

  /** After one more exposure; the order of exposures does not matter. */
  UnitTrial with(Exposure exposure) {
    if (exposure.terms().version() != version) {
      return exposure.terms().version() < version ? this : of(exposure);
    }
    return new UnitTrial(experiment, version, arm, Math.min(first, exposure.at()), until);
  }

  /** Whether what was fed back at a time may be due to the arm. */
  boolean covers(long at) {
    return at >= first && at < until;
  }
}
