package io.cosmichub.chart;

/** Longitudes and arcs as whole micro-degrees in an int: exact on every machine. */
public final class MicroDegrees {
  /** A full circle. */
  public static final int CIRCLE = 360_000_000;

  /** Half a circle, the largest separation. */
  public static final int HALF = 180_000_000;

  /** A twelfth of the circle: a sign of the zodiac. */
  public static final int SIGN = 30_000_000;

  /** The longitude of a body that a chart does not have. */
  public static final int ABSENT = -1;

  private static final double PER_DEGREE = 1e6;

  private MicroDegrees() {}

  /**
   * The nearest micro-degree of a longitude in degrees, 0 to 359,999,999; what rounds up to the
   * full circle is 0. {@link IllegalArgumentException}, without the value, unless finite and in [0,
   * 360).
   */
  public static int ofDegrees(double degrees) {
    if (!(degrees >= 0 && degrees < 360)) {
      throw new IllegalArgumentException("a longitude is not a number in [0, 360)");
    }
    int rounded = (int) Math.rint(degrees * PER_DEGREE);
    return rounded == CIRCLE ? 0 : rounded;
  }

  /** The double nearest to the arc in degrees. */
  public static double toDegrees(int microDegrees) {
    return microDegrees / PER_DEGREE;
  }

  /** The shorter arc between two longitudes, 0 to {@link #HALF}; neither may be absent. */
  public static int separation(int a, int b) {
    int arc = Math.abs(a - b);
    return Math.min(arc, CIRCLE - arc);
  }

  /** The arc from one longitude forward to another, 0 to {@link #CIRCLE} − 1. */
  public static int forward(int from, int to) {
    int arc = to - from;
    return arc < 0 ? arc + CIRCLE : arc;
  }

  /** Whether the value is a longitude, 0 to {@link #CIRCLE} − 1 (absent is not). */
  public static boolean isLongitude(int value) {
    return value >= 0 && value < CIRCLE;
  }
}
