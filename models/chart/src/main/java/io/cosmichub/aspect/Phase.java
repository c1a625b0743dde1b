package io.cosmichub.aspect;

import io.cosmichub.chart.MicroDegrees;
import io.cosmichub.chart.Position;

/** Whether an aspect is becoming more exact or less, given how fast both bodies move. */
public enum Phase {
  /** The orb is shrinking. */
  APPLYING,
  /** The orb is growing. */
  SEPARATING,
  /** The orb is zero. */
  EXACT,
  /** Both bodies move alike, so the orb stays. */
  STEADY,
  /** A speed is not known. */
  UNKNOWN;

  /**
   * The phase of the aspect at {@code angle} micro-degrees (0 to 180°) between two bodies; either
   * may be retrograde.
   */
  public static Phase of(Position a, Position b, int angle) {
    if (!a.hasSpeed() || !b.hasSpeed()) {
      return UNKNOWN;
    }
    int separation = MicroDegrees.separation(a.longitude(), b.longitude());
    if (separation == angle) {
      return EXACT;
    }
    long opening = opening(a, b, separation);
    if (opening == 0) {
      return STEADY;
    }
    return opening > 0 == separation > angle ? SEPARATING : APPLYING;
  }

  // How fast the separation grows, in micro-degrees a day. At 0° it can only grow, at 180° only
  // shrink.
  private static long opening(Position a, Position b, int separation) {
    long relative = (long) b.speed() - a.speed();
    if (separation == 0) {
      return Math.abs(relative);
    }
    if (separation == MicroDegrees.HALF) {
      return -Math.abs(relative);
    }
    boolean bAhead = MicroDegrees.forward(a.longitude(), b.longitude()) < MicroDegrees.HALF;
    return bAhead ? relative : -relative;
  }
}
