package io.cosmichub.benchmarks;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.cosmichub.aspect.AspectPolicy;
import io.cosmichub.kernels.BatchKernel;
import io.cosmichub.kernels.ChartBlock;
import io.cosmichub.kernels.Kernels;
import io.cosmichub.kernels.PackedSets;
import io.cosmichub.kernels.Ranking;
import org.jspecify.annotations.Nullable;

/**
 * What the results for all pairs of some charts take in memory.
 *
 * @param charts how many charts
 * @param pairs all pairs of them
 * @param productBytes the product's dense form, or null if the product was not at hand
 * @param denseBytes a byte and a float for every cell, as dense matrices hold it
 * @param packedBytes packed sets, counted while they were computed block by block
 * @param rankingBytes the ten best of each chart and the histogram
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
record Footprint(
    int charts,
    long pairs,
    @Nullable Long productBytes,
    long denseBytes,
    long packedBytes,
    long rankingBytes) {

  private static final int BODIES = 10;
  private static final int BEST = 10;

  /** Computes the sets; {@code productBytes} are those that the product keeps of a pair. */
  static Footprint of(int charts, @Nullable Long productBytes) {
    AspectPolicy policy = SampleCharts.policy(BODIES);
    ChartBlock block = SampleCharts.draw(charts, BODIES, 1);
    PackedSets sets = new PackedSets(policy);
    long packed = 0;
    try (BatchKernel kernel = Kernels.open(Kernels.AUTO, policy)) {
      for (int one = 0; one < charts - 1; one++) {
        kernel.sets(block, one, block, one + 1, charts, sets);
        packed += sets.bytes();
      }
    }
    long pairs = (long) charts * (charts - 1) / 2;
    return new Footprint(
        charts,
        pairs,
        productBytes == null ? null : productBytes * pairs,
        pairs * BODIES * BODIES * (Byte.BYTES + Float.BYTES),
        packed,
        Ranking.bytes(charts, BEST));
  }
}
