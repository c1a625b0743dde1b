package io.cosmichub.bench;

import java.util.stream.DoubleStream;

/** The middle of figures. */
final class Medians {

  private Medians() {}

  /** The median of these; NaN of none. */
  static double of(DoubleStream figures) {
    double[] sorted = figures.sorted().toArray();
    int middle = sorted.length / 2;
    if (sorted.length == 0) {
      return Double.NaN;
    }
    return sorted.length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
  }
}
