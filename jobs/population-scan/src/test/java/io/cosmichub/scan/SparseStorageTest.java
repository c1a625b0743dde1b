package io.cosmichub.scan;

import static org.assertj.core.api.Assertions.assertThat;

import io.cosmichub.aspect.Aspect;
import io.cosmichub.aspect.AspectPolicy;
import io.cosmichub.chart.Body;
import io.cosmichub.kernels.BatchKernel;
import io.cosmichub.kernels.ChartBlock;
import io.cosmichub.kernels.DenseSets;
import io.cosmichub.kernels.Kernels;
import io.cosmichub.kernels.PackedSets;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What it takes to keep the close aspects of all pairs, packed and with every cell in its place. */
final class SparseStorageTest {

  private static final Path PEOPLE =
      Path.of("..", "quickstart", "src", "main", "resources", "data", "people.csv.gz");
  private static final int DEGREE = 1_000_000;

  /** Of a dense cell: a byte for the aspect and a float for its orb. */
  private static final int BYTES_OF_DENSE_CELL = 5;

  @Test
  void aspectsWithinADegreeTakeATenthOfDenseSetsAtMost() throws Exception {
    ChartBlock charts = ChartBlock.of(ScanCharts.read(PEOPLE).longitudes());
    AspectPolicy close = close();
    PackedSets packed = new PackedSets(close);
    DenseSets dense = new DenseSets(close);
    long packedBytes = 0;
    long pairs = 0;
    try (BatchKernel kernel = Kernels.open("vector", close)) {
      for (int one = 0; one + 1 < charts.size(); one++) {
        kernel.sets(charts, one, charts, one + 1, charts.size(), packed);
        packedBytes += packed.bytes();
        pairs += packed.size();
      }
      kernel.dense(charts, charts, 0, 1, dense);
    }
    int cells = Integer.bitCount(close.bodyMask()) * Integer.bitCount(close.bodyMask());

    assertThat(pairs).isEqualTo(2_709L * 2_708 / 2);
    assertThat((double) packedBytes / (pairs * cells * BYTES_OF_DENSE_CELL)).isLessThan(0.1);
    // Our own dense sets are smaller: 4 bytes a cell.
    assertThat((double) packedBytes / (pairs * dense.bytes())).isLessThan(0.125);
    System.out.printf(
        "%d pairs: %d bytes packed, %.2f %% of dense%n",
        pairs, packedBytes, 100.0 * packedBytes / (pairs * cells * BYTES_OF_DENSE_CELL));
  }

  private static AspectPolicy close() {
    AspectPolicy classic = AspectPolicy.classic();
    List<Aspect> aspects =
        classic.aspects().stream()
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
      weights[slot] = classic.weight(slot);
    }
    return AspectPolicy.of("close", aspects, classic.bodyMask(), weights);
  }
}
