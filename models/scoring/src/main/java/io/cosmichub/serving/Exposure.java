package io.cosmichub.serving;

/**
 * A unit was scored as its arm of an experiment says.
 *
 * @param unit the unit's id
 * @param experiment the experiment
 * @param arm the arm
 * @param at when, in epoch milliseconds: the time of the input record that led to the score, or, of
 *     a pair in which nothing moved, when it was scored
 * @param terms what the experiment said then
 */
public record Exposure(String unit, String experiment, String arm, long at, Terms terms) {

  private static final long DAY_MILLIS = 86_400_000;

  /** The day of it, in UTC, counted from 1970-01-01. */
  public long day() {
    return day(at);
  }

  /** The day of a time in epoch milliseconds. */
  public static long day(long at) {
    return Math.floorDiv(at, DAY_MILLIS);
  }
}
