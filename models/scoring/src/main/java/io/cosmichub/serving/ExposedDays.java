package io.cosmichub.serving;

/**
 * The days on which a unit was exposed: the latest, and which of those before it.
 *
 * @param latest the latest day, counted from 1970-01-01
 * @param before bit {@code n} says whether it was exposed {@code n + 1} days before that
 */
public record ExposedDays(long latest, long before) {

  /** How many days before the latest are told apart; an older one counts as exposed already. */
  public static final int MEMORY = Long.SIZE;

  /** The first exposure. */
  public static ExposedDays first(long day) {
    return new ExposedDays(day, 0);
  }

  /** These and one more day; the same instance if it is there already, or too long ago. */
  public ExposedDays with(long day) {
    long later = day - latest;
    if (later > 0) {
      // The latest day itself becomes one of those before.
      long shifted = later >= MEMORY ? 0 : before << later;
      return new ExposedDays(day, later > MEMORY ? 0 : shifted | (1L << (later - 1)));
    }
    if (later == 0 || -later > MEMORY || ((before >>> (-later - 1)) & 1) != 0) {
      return this;
    }
    return new ExposedDays(latest, before | (1L << (-later - 1)));
  }
}
