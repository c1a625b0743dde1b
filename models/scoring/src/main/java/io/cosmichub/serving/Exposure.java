package io.cosmichub.serving;

/**
 * A unit was scored as its arm of an experiment says.
 *
 * @param unit the unit's id
 * @param experiment the experiment
 * @param arm the arm
 * @param at when, in epoch milliseconds: the time of the input record that led to the score
 * @param terms what the experiment said then
 * @param scoringNanos how long scoring took; {@link #NOT_MEASURED} if that is not known
 * @param failed whether the arm's model gave no answer, so that the rules alone scored
 */
public record Exposure(
    String unit,
    String experiment,
    String arm,
    long at,
    Terms terms,
    long scoringNanos,
    boolean failed) {

  /** How long scoring took is not known. */
  public static final long NOT_MEASURED = -1;

  private static final long DAY_MILLIS = 86_400_000;

  /** An exposure of which nothing was measured. */
  public Exposure(String unit, String experiment, String arm, long at, Terms terms) {
    this(unit, experiment, arm, at, terms, NOT_MEASURED, false);
  }

  /** The same with what was measured when it was scored. */
  public Exposure scored(long nanos, boolean modelFailed) {
    return new Exposure(unit, experiment, arm, at, terms, nanos, modelFailed);
  }

  /** The day of it, in UTC, counted from 1970-01-01. */
  public long day() {
    return Math.floorDiv(at, DAY_MILLIS);
  }
}
