package io.cosmichub.pair;

import io.cosmichub.aspect.AspectSet;
import io.cosmichub.chart.Longitudes;

/** Finds the aspects of two charts at once, on the calling thread. */
@FunctionalInterface
public interface AspectFinder {

  /**
   * The cells that hold an aspect, of those whose row is in {@code movedA} or whose column is in
   * {@code movedB} (bit per body slot).
   */
  AspectSet touched(Longitudes a, Longitudes b, int movedA, int movedB);
}
