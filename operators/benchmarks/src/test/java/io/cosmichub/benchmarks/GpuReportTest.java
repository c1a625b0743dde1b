package io.cosmichub.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import io.cosmichub.aspect.AspectPolicy;
import io.cosmichub.kernels.BatchKernel;
import io.cosmichub.kernels.ReferenceKernel;
import io.cosmichub.kernels.cuda.CudaKernelProvider;
import java.io.File;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class GpuReportTest {

  private static final int OPERATIONS_ON_PAIRS = 7;

  @Test
  void everyOperationIsTimedOnBothAndSaysItsThreads() {
    try (BatchKernel device = new ReferenceKernel(AspectPolicy.classic());
        CpuCores cpu = new CpuCores(AspectPolicy.classic(), 3, 1 << 28)) {
      GpuMeasurement measurement = new GpuMeasurement(device, cpu, Duration.ofMillis(1));
      List<GpuFigure> figures = new ArrayList<>(measurement.pairs(17));
      assertThat(figures).hasSize(OPERATIONS_ON_PAIRS);
      figures.addAll(measurement.sweep(5, 20));
      assertThat(figures)
          .hasSize(OPERATIONS_ON_PAIRS + 4)
          .allMatch(figure -> figure.times() > 0)
          .allMatch(figure -> figure.gpuComputeNanos() == null)
          .allMatch(
              figure -> figure.cpuThreads() == (figure.operation() == Operation.ONE_SCORE ? 1 : 3));
      assertThat(GpuTables.figures(figures))
          .contains("one body moved", "score in one call", "all against all, 10 best only")
          .doesNotContain("not measured");
    }
  }

  @Test
  void allThreadsTogetherComputeEveryPairOnce() {
    try (CpuCores cpu = new CpuCores(AspectPolicy.classic(), 3, 1 << 28)) {
      int[] times = new int[10];
      cpu.batch(
              times.length,
              (kernel, from, to, into) -> {
                assertThat(into.scores()).hasSize(to - from);
                for (int pair = from; pair < to; pair++) {
                  times[pair]++;
                }
              })
          .run();
      assertThat(times).containsOnly(1);
    }
  }

  @Test
  void itPaysFromTheFirstSizeThatIsAsFast() {
    List<GpuFigure> figures = new ArrayList<>();
    figures.add(figure(Operation.RANKING, 500, 10.0, 5.0));
    figures.add(figure(Operation.RANKING, 1_000, 10.0, 12.0));
    figures.add(figure(Operation.RANKING, 2_000, 10.0, 31.0));
    figures.add(figure(Operation.BEST, 500, 10.0, 5.0));
    figures.add(figure(Operation.BEST, 1_000, 10.0, null));
    assertThat(GpuTables.breakEven(figures).lines())
        .containsExactly(
            "With the histogram, all against all pays from 1000 charts, threefold from 2000"
                + " charts.",
            "The ten best alone, all against all pays from no size that was measured, threefold"
                + " from no size that was measured.");
  }

  @Test
  void withoutAGpuItSaysSoShowsTheCpuAndExitsWithThree(@TempDir Path directory) throws Exception {
    assumeFalse(new CudaKernelProvider().probe().usable(), "there is a GPU here");
    Path json = directory.resolve("gpu.json");
    Path table = directory.resolve("table");
    Process process =
        new ProcessBuilder(
                new File(System.getProperty("java.home"), "bin/java").getPath(),
                "@../../deploy/jvm.options",
                "-cp",
                System.getProperty("java.class.path"),
                GpuReport.class.getName(),
                "--quick",
                "--json",
                json.toString())
            .redirectOutput(table.toFile())
            .start();
    String said = new String(process.getErrorStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor()).isEqualTo(3);
    assertThat(said.lines().filter(line -> !line.startsWith("WARNING")))
        .singleElement()
        .asString()
        .startsWith("bench gpu: no GPU can be used here: ");
    String cores = "" + Runtime.getRuntime().availableProcessors();
    List<List<String>> rows =
        Files.readString(table)
            .lines()
            .filter(line -> line.contains("| not measured: no device |"))
            .map(line -> Arrays.stream(line.split("\\|", -1)).map(String::strip).toList())
            .toList();
    assertThat(rows).hasSize(OPERATIONS_ON_PAIRS + 4);
    assertThat(rows)
        .allSatisfy(
            row -> {
              assertThat(Double.parseDouble(row.get(5))).isPositive();
              assertThat(row.get(6))
                  .isEqualTo(row.get(1).equals("score in one call") ? "1" : cores);
              assertThat(row.get(7)).isEmpty();
            });
    assertThat(Files.readString(table))
        .containsPattern("^- date: 20\\d\\d-\\d\\d-\\d\\d\\R- GPU: none")
        .contains("break-even not measured: no device");
    assertThat(Files.readString(json))
        .contains("\"date\"", "\"cpuNanos\"")
        .doesNotContain("gpuNanos");
  }

  private static GpuFigure figure(Operation operation, int size, double gpu, @Nullable Double cpu) {
    return new GpuFigure(operation, size, gpu, null, cpu, 2);
  }
}
