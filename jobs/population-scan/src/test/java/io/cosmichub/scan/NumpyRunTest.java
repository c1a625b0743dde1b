package io.cosmichub.scan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.cosmichub.aspect.AspectPolicy;
import io.cosmichub.chart.Longitudes;
import io.cosmichub.kernels.BatchKernel;
import io.cosmichub.kernels.ChartBlock;
import io.cosmichub.kernels.Kernels;
import io.cosmichub.kernels.Ranking;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class NumpyRunTest {

  private static final Path SCRIPTS =
      Path.of("..", "..", "operators", "benchmarks", "src", "main", "python");
  private static final int BEST = 10;

  @TempDir Path directory;

  /** Two blocks of 512 charts, the second not full; so that what is compared does the same. */
  @Test
  void numpyFindsTheSameBestPartners() throws Exception {
    NumpyRun.check();
    List<Longitudes> charts =
        Given.charts(1_200, 29).stream().filter(chart -> chart.presentMask() == 1_023).toList();
    assertThat(charts.size()).isBetween(520, 1_000);

    NumpyRun run = NumpyRun.of(charts, BEST, 60, SCRIPTS, directory);

    double best = 0;
    try (BatchKernel kernel = Kernels.open("vector", AspectPolicy.classic())) {
      Ranking ranking = kernel.rank(ChartBlock.of(charts), BEST, (done, all) -> {});
      for (int chart = 0; chart < charts.size(); chart++) {
        for (int place = 0; place < BEST; place++) {
          best += (double) ranking.score(chart, place) / BatchKernel.SCORE_SCALE;
        }
      }
    }
    assertThat(run.pairs()).isEqualTo((long) charts.size() * (charts.size() - 1) / 2);
    assertThat(Objects.requireNonNull(run.best())).isCloseTo(best, within(1e-5 * best));
  }
}
