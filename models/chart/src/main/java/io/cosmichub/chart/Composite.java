package io.cosmichub.chart;

/** The composite chart of two charts: the midpoint of each body's two longitudes. */
public final class Composite {
  private Composite() {}

  /** The midpoints of the bodies that both charts have; the others are absent. */
  public static Longitudes of(Longitudes a, Longitudes b) {
    int[] midpoints = new int[Body.COUNT];
    for (int slot = 0; slot < Body.COUNT; slot++) {
      midpoints[slot] =
          a.has(slot) && b.has(slot) ? midpoint(a.at(slot), b.at(slot)) : MicroDegrees.ABSENT;
    }
    return Longitudes.of(midpoints);
  }

  /**
   * The middle of the shorter arc between two longitudes, the same for either order. An odd arc
   * rounds down toward the end from which the other lies forward. At exactly 180° there are two
   * middles; it is the one 90° forward of the smaller longitude.
   */
  public static int midpoint(int a, int b) {
    int low = Math.min(a, b);
    int arc = Math.max(a, b) - low;
    int middle =
        arc <= MicroDegrees.HALF ? low + arc / 2 : Math.max(a, b) + (MicroDegrees.CIRCLE - arc) / 2;
    return middle >= MicroDegrees.CIRCLE ? middle - MicroDegrees.CIRCLE : middle;
  }
}
