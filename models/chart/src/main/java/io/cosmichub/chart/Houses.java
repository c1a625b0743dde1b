package io.cosmichub.chart;

/** House overlays: in which house of one chart the bodies of another fall. */
public final class Houses {
  /** How many houses, and cusps, a chart has. */
  public static final int COUNT = 12;

  private Houses() {}

  /**
   * The house, 1 to 12, that begins at or before the longitude and ends before the next cusp,
   * across 0° too. The cusps are twelve micro-degrees in the order of houses; {@link
   * IllegalArgumentException} unless they go forward around the circle exactly once.
   */
  public static int of(int longitude, int[] cusps) {
    checkCusps(cusps);
    if (!MicroDegrees.isLongitude(longitude)) {
      throw new IllegalArgumentException("no longitude");
    }
    return find(longitude, cusps);
  }

  /**
   * The house of each slot of {@code bodies}, 0 where the body is missing; cusps as {@link #of}.
   */
  public static int[] overlay(Longitudes bodies, int[] cusps) {
    checkCusps(cusps);
    int[] houses = new int[Body.COUNT];
    for (int slot = 0; slot < Body.COUNT; slot++) {
      houses[slot] = bodies.has(slot) ? find(bodies.at(slot), cusps) : 0;
    }
    return houses;
  }

  // The cusps go around once, so the distances forward from the first cusp grow with the house.
  private static int find(int longitude, int[] cusps) {
    int reached = MicroDegrees.forward(cusps[0], longitude);
    int house = COUNT;
    while (house > 1 && MicroDegrees.forward(cusps[0], cusps[house - 1]) > reached) {
      house--;
    }
    return house;
  }

  private static void checkCusps(int[] cusps) {
    if (cusps.length != COUNT) {
      throw new IllegalArgumentException("a chart has 12 cusps, not " + cusps.length);
    }
    int reached = -1;
    for (int cusp : cusps) {
      if (!MicroDegrees.isLongitude(cusp)) {
        throw new IllegalArgumentException("a cusp is no longitude");
      }
      int next = MicroDegrees.forward(cusps[0], cusp);
      if (next <= reached) {
        throw new IllegalArgumentException("the cusps do not go around the circle once");
      }
      reached = next;
    }
  }
}
