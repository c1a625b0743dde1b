package io.cosmichub.aspect;

/**
 * One aspect in one cell, packed into an int: the aspect's code in the upper five bits, the orb in
 * micro-degrees in the lower 27. Zero is no aspect.
 */
public final class Hit {
  /** No aspect. */
  public static final int NONE = 0;

  /** The largest orb that a hit can hold, in micro-degrees (134.2°). */
  public static final int MAX_ORB = (1 << 27) - 1;

  private static final int SHIFT = 27;

  private Hit() {}

  /** Packs a code, 1 to 31, and an orb, 0 to {@link #MAX_ORB}; neither is checked. */
  public static int of(int code, int orb) {
    return code << SHIFT | orb;
  }

  /** The aspect's code, 1 to 31, or 0 for none. */
  public static int code(int hit) {
    return hit >>> SHIFT;
  }

  /** The orb in micro-degrees. */
  public static int orb(int hit) {
    return hit & MAX_ORB;
  }
}
