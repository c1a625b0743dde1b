package io.cosmichub.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.cosmichub.benchmarks.Measurement.Lengths;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.openjdk.jmh.runner.RunnerException;

/** Every benchmark runs, for a moment, and its figures can be shown. */
final class BenchmarksRunTest {

  private static final Lengths MOMENT = new Lengths(9, 2, 2);

  @Test
  void everyOperationOfEveryKernelRuns() throws RunnerException {
    Measurement here = new Measurement(0, MOMENT, null);
    List<Figure> figures = new ArrayList<>();
    for (KernelCase next : KernelGrid.quick(2)) {
      if (!next.kernel().equals(SampleKernels.LOOPS)) {
        figures.add(here.measure(small(next)));
      }
    }
    assertThat(figures)
        .allMatch(figure -> figure.pairsPerSecond() > 0)
        .allMatch(figure -> figure.bytesPerPair() != null && figure.quartiles() != null)
        .extracting(Figure::operation)
        .contains(
            Operation.SCORES_OF_ONE,
            Operation.PACKED_OF_ONE,
            Operation.MOVED,
            Operation.BEST,
            Operation.ALL_SCORES);
    KernelResults results =
        new KernelResults(Map.of(), "", figures, List.of(Footprint.of(40, 1_700L)));
    assertThat(new KernelTables(results).page()).contains("reference", "one body moved", "Memory");
  }

  @Test
  void loopsRunInAProcessWithoutTheVectorApi() throws RunnerException {
    KernelCase loops = new KernelCase(Operation.DENSE, SampleKernels.LOOPS, 17, 16, 1);
    Figure figure = new Measurement(1, MOMENT, null).measure(loops);
    assertThat(figure.kernel()).isEqualTo("loops");
    assertThat(figure.pairsPerSecond()).isPositive();
  }

  @Test
  void loopsAreNotTakenForMeasuredWhereThereAreVectors() {
    assertThatThrownBy(() -> SampleKernels.open(SampleKernels.LOOPS, 10, 1))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("jdk.incubator.vector");
  }

  private static KernelCase small(KernelCase next) {
    int size = Math.min(next.size(), next.operation().ofAllPairs() ? 60 : 17);
    return new KernelCase(next.operation(), next.kernel(), size, next.bodies(), next.threads());
  }
}
