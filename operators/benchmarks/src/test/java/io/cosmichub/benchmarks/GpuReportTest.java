package io.cosmichub.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import io.cosmichub.aspect.AspectPolicy;
import io.cosmichub.kernels.BatchKernel;
import io.cosmichub.kernels.Kernels;
import io.cosmichub.kernels.ReferenceKernel;
import io.cosmichub.kernels.cuda.CudaKernelProvider;
import java.io.File;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

final class GpuReportTest {

  @Test
  void everyOperationIsTimedAndShown() {
    AspectPolicy policy = AspectPolicy.classic();
    try (BatchKernel first = new ReferenceKernel(policy);
        BatchKernel second = Kernels.open("vector", policy)) {
      GpuMeasurement measurement = new GpuMeasurement(first, second, Duration.ofMillis(1));
      List<GpuFigure> figures = new ArrayList<>(measurement.pairs(17));
      figures.addAll(measurement.sweep(5, 20));
      assertThat(figures).hasSize(6).allMatch(figure -> figure.gpuNanos() > 0);
      assertThat(figures).allMatch(figure -> figure.gpuComputeNanos() == null);
      assertThat(GpuReport.table(figures)).contains("packed sets").contains("all against all");
    }
  }

  @Test
  void itPaysFromTheFirstSizeThatIsAsFast() {
    assertThat(
            GpuReport.breakEven(
                List.of(rank(500, 10, 5), rank(1_000, 10, 12), rank(2_000, 10, 31))))
        .isEqualTo("All against all pays from 1000 charts, threefold from 2000 charts.");
    assertThat(GpuReport.breakEven(List.of(rank(500, 10, 5))))
        .contains("pays from no size that was measured");
  }

  @Test
  void withoutAGpuItSaysSoInOneLineAndExitsWithThree() throws Exception {
    assumeFalse(new CudaKernelProvider().probe().usable(), "there is a GPU here");
    Process process =
        new ProcessBuilder(
                new File(System.getProperty("java.home"), "bin/java").getPath(),
                "@../../deploy/jvm.options",
                "-cp",
                System.getProperty("java.class.path"),
                GpuReport.class.getName())
            .start();
    String said = new String(process.getErrorStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor()).isEqualTo(3);
    assertThat(said.lines().filter(line -> !line.startsWith("WARNING")))
        .singleElement()
        .asString()
        .startsWith("bench gpu: no GPU can be used here: ");
  }

  private static GpuFigure rank(int size, double gpu, double cpu) {
    return new GpuFigure(GpuMeasurement.RANK, size, size, gpu, null, cpu);
  }
}
