package io.cosmichub.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import io.cosmichub.kernels.BatchKernel;
import io.cosmichub.kernels.ChartBlock;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class PythonBaselineTest {

  private static final Path SCRIPTS = Path.of("src", "main", "python");

  /** Two blocks of 512 pairs, the second not full. */
  @Test
  void numpyScoresTheSamePairsAsTheKernels() throws Exception {
    int pairs = 700;
    JsonNode answer = PythonBaseline.numpy(SCRIPTS).run(Operation.SCORES, pairs, 0);
    ChartBlock a = SampleCharts.draw(pairs, 10, 1);
    ChartBlock b = SampleCharts.draw(pairs, 10, 2);
    double sum = 0;
    try (BatchKernel kernel = SampleKernels.open(SampleKernels.VECTOR, 10, 1)) {
      for (int pair = 0; pair < pairs; pair++) {
        sum += (double) kernel.score(a, pair, b, pair) / BatchKernel.SCORE_SCALE;
      }
    }
    assertThat(answer.path("pairs").asInt()).isEqualTo(pairs);
    assertThat(answer.path("sum").asDouble()).isCloseTo(sum, within(1e-4 * Math.abs(sum)));
  }

  @Test
  void numpyAndTheBenchmarkScoreAllPairsOfTheSameCharts() throws Exception {
    int charts = 600;
    JsonNode answer = PythonBaseline.numpy(SCRIPTS).run(Operation.ALL_SCORES, charts, 600);
    ChartsState state = new ChartsState();
    state.kernelName = SampleKernels.VECTOR;
    state.charts = charts;
    state.bodies = 10;
    state.threads = 1;
    state.open();
    AllScoresBenchmark benchmark = new AllScoresBenchmark();
    benchmark.room(state);
    double sum = (double) benchmark.scores(state) / BatchKernel.SCORE_SCALE;
    state.close();
    assertThat(answer.path("pairs").asLong()).isEqualTo(Operation.ALL_SCORES.pairs(charts));
    assertThat(answer.path("sum").asDouble()).isCloseTo(sum, within(1e-4 * Math.abs(sum)));
  }

  @Test
  void aFolderWithoutTheProductIsNamed(@TempDir Path empty) {
    PythonBaseline product = PythonBaseline.product(SCRIPTS, empty);
    assertThatThrownBy(() -> product.measure(Operation.SCORES, 100, 0))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("there is no vectorized_aspect_utils.py below " + empty);
  }
}
