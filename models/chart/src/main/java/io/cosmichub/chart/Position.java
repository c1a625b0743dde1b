package io.cosmichub.chart;

/**
 * Where a body is and how fast it moves.
 *
 * @param longitude micro-degrees, 0 to 359,999,999
 * @param speed micro-degrees a day, negative while retrograde, or {@link #UNKNOWN_SPEED}
 */
public record Position(int longitude, int speed) {
  /** The speed where none was given. */
  public static final int UNKNOWN_SPEED = Integer.MIN_VALUE;

  /** Checks the longitude; {@link IllegalArgumentException} does not name the value. */
  public Position {
    if (!MicroDegrees.isLongitude(longitude)) {
      throw new IllegalArgumentException("a position holds no longitude");
    }
  }

  /** A position whose speed is not known. */
  public static Position of(int longitude) {
    return new Position(longitude, UNKNOWN_SPEED);
  }

  /** Whether the speed is known. */
  public boolean hasSpeed() {
    return speed != UNKNOWN_SPEED;
  }

  /** Says nothing about where: a longitude is personal data. */
  @Override
  public String toString() {
    return "Position[…]";
  }
}
