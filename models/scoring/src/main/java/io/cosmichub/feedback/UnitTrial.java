package io.cosmichub.feedback;

import io.cosmichub.serving.Exposure;

/**
 * That a unit takes part in an experiment.
 *
 * @param experiment the experiment
 * @param version the version of its definition
 * @param arm the unit's arm
 * @param first when it was exposed first, in epoch milliseconds
 * @param latest when it was exposed last
 * @param until the first moment that no longer counts
 * @param scoringNanos how long its latest score took; {@link Exposure#NOT_MEASURED} if unknown
 * @param failed whether the arm's model gave no answer then
 */
public record UnitTrial(
    String experiment,
    long version,
    String arm,
    long first,
    long latest,
    long until,
    long scoringNanos,
    boolean failed) {

  /** Of the first exposure. */
  static UnitTrial of(Exposure exposure) {
    return new UnitTrial(
        exposure.experiment(),
        exposure.terms().version(),
        exposure.arm(),
        exposure.at(),
        exposure.at(),
        exposure.terms().until(),
        exposure.scoringNanos(),
        exposure.failed());
  }

  /** After one more exposure; the order of exposures does not matter. */
  UnitTrial with(Exposure exposure) {
    if (exposure.terms().version() != version) {
      return exposure.terms().version() < version ? this : of(exposure);
    }
    boolean later =
        exposure.at() > latest
            || (exposure.at() == latest && exposure.scoringNanos() > scoringNanos);
    return new UnitTrial(
        experiment,
        version,
        arm,
        Math.min(first, exposure.at()),
        Math.max(latest, exposure.at()),
        until,
        later ? exposure.scoringNanos() : scoringNanos,
        later ? exposure.failed() : failed);
  }

  /** Whether what was fed back at a time may be due to the arm. */
  boolean covers(long at) {
    return at >= first && at < until;
  }
}
