package io.cosmichub.benchmarks;

import io.cosmichub.aspect.AspectPolicy;
import io.cosmichub.chart.Body;
import io.cosmichub.chart.Longitudes;
import io.cosmichub.chart.MicroDegrees;
import io.cosmichub.kernels.ChartBlock;
import java.util.Arrays;
import java.util.Random;

/** The charts and policies that every benchmark computes with, the same in every run. */
final class SampleCharts {

  private SampleCharts() {}

  /** {@code count} charts of the first {@code bodies} bodies, drawn evenly from the circle. */
  static ChartBlock draw(int count, int bodies, long seed) {
    Random random = new Random(seed);
    ChartBlock charts = new ChartBlock(count);
    int[] slots = new int[Body.COUNT];
    for (int chart = 0; chart < count; chart++) {
      Arrays.fill(slots, MicroDegrees.ABSENT);
      for (int slot = 0; slot < bodies; slot++) {
        slots[slot] = random.nextInt(MicroDegrees.CIRCLE);
      }
      charts.add(Longitudes.of(slots));
    }
    return charts;
  }

  /** The classic policy, or for sixteen bodies its aspects over all of them. */
  static AspectPolicy policy(int bodies) {
    if (bodies == Integer.bitCount(AspectPolicy.classic().bodyMask())) {
      return AspectPolicy.classic();
    }
    double[] weights = new double[Body.COUNT];
    Arrays.fill(weights, 1);
    return AspectPolicy.of(
        "classic-" + bodies, AspectPolicy.classic().aspects(), (1 << bodies) - 1, weights);
  }
}
