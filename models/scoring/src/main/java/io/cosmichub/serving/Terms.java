package io.cosmichub.serving;

/**
 * Which version of an experiment a score was made under, and what that version says of its units.
 *
 * @param version the version of the definition
 * @param ofChart whether the unit is the chart on side A, and not the pair
 * @param until the first moment, in epoch milliseconds, that no longer counts
 */
public record Terms(long version, boolean ofChart, long until) {

  /** Of no experiment. */
  public static final Terms NONE = new Terms(0, false, Long.MAX_VALUE);
}
