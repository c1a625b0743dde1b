package io.cosmichub.scan;

import io.cosmichub.aspect.Aspect;
import io.cosmichub.aspect.AspectPolicy;
import io.cosmichub.chart.Body;
import io.cosmichub.chart.Longitudes;
import io.cosmichub.chart.MicroDegrees;
import io.cosmichub.population.count.AllPairs;
import io.cosmichub.population.count.AspectCell;
import java.util.List;

/**
 * What it would take to keep every aspect of all pairs whose orb is a degree or less.
 *
 * @param count how many there are
 * @param packedBytes as {@link io.cosmichub.kernels.PackedSets} of one chart with all later ones: a
 *     bit for each cell, and 4 bytes for each aspect
 * @param denseBytes with a byte and a float for every cell, whether it holds an aspect or not
 */
record CloseAspects(long count, long packedBytes, long denseBytes) {

  private static final int DEGREE = MicroDegrees.CIRCLE / 360;

  /** Counts them; no pair is looked at. */
  static CloseAspects of(List<Longitudes> charts, AspectPolicy policy) {
    AllPairs all = AllPairs.of(charts, within(policy));
    long count = 0;
    for (int cell = 0; cell < AspectCell.COUNT; cell++) {
      count += all.count(cell);
    }
    int bodies = Integer.bitCount(policy.bodyMask());
    long cells = (long) bodies * bodies;
    long words = (cells + Long.SIZE - 1) / Long.SIZE;
    long pairs = (long) charts.size() * (charts.size() - 1) / 2;
    long ends = pairs + charts.size() - 1;
    return new CloseAspects(
        count,
        pairs * words * Long.BYTES + (ends + count) * Integer.BYTES,
        pairs * cells * (Byte.BYTES + Float.BYTES));
  }

  /** The share of {@link #denseBytes} that {@link #packedBytes} are. */
  double share() {
    return (double) packedBytes / denseBytes;
  }

  /** The same aspects with an orb of a degree. */
  static AspectPolicy within(AspectPolicy policy) {
    List<Aspect> aspects =
        policy.aspects().stream()
            .map(
                aspect ->
                    new Aspect(
                        aspect.code(),
                        aspect.id(),
                        aspect.angle(),
                        DEGREE,
                        aspect.nature(),
                        aspect.base()))
            .toList();
    double[] weights = new double[Body.COUNT];
    for (int slot = 0; slot < Body.COUNT; slot++) {
      weights[slot] = policy.weight(slot);
    }
    return AspectPolicy.of(policy.id() + "-close", aspects, policy.bodyMask(), weights);
  }
}
