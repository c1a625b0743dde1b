package io.cosmichub.benchmarks;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import io.cosmichub.aspect.AspectPolicy;
import io.cosmichub.kernels.AspectKernelProvider.Probe;
import io.cosmichub.kernels.BatchKernel;
import io.cosmichub.kernels.KernelSettings;
import io.cosmichub.kernels.Kernels;
import io.cosmichub.kernels.cuda.CudaKernelProvider;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * {@code ./run bench gpu}: each operation on the GPU, its copies counted and not, with the CPU
 * kernel on all cores beside it, and from how many charts on all against all pays. Takes {@code
 * --json FILE} or nothing; where there is no GPU it says so and exits with 3.
 */
public final class GpuReport {

  private static final int NO_DEVICE = 3;
  private static final int MISUSE = 2;
  private static final long MEMORY = 1L << 30;
  private static final int[] SWEEP = {
    500, 1_000, 2_000, 5_000, 10_000, 20_000, 50_000, 100_000, 200_000
  };
  private static final int PAIRS = 1_000_000;

  private GpuReport() {}

  /** Measures all, some minutes. */
  public static void main(String[] args) throws IOException {
    boolean wantsJson = args.length == 2 && args[0].equals("--json");
    if (args.length != 0 && !wantsJson) {
      System.err.println("bench gpu: takes --json FILE or nothing");
      System.exit(MISUSE);
    }
    CudaKernelProvider provider = new CudaKernelProvider();
    Probe probe = provider.probe();
    if (!probe.usable()) {
      System.err.println("bench gpu: no GPU can be used here: " + probe.reason());
      System.exit(NO_DEVICE);
    }
    int cores = Runtime.getRuntime().availableProcessors();
    KernelSettings settings = new KernelSettings(cores, MEMORY);
    System.out.printf(
        "GPU: %s%nCPU: %d cores, Java %s%n%n", probe.reason(), cores, Runtime.version());
    try (BatchKernel gpu = provider.open(AspectPolicy.classic(), settings);
        BatchKernel cpu = Kernels.open("vector", AspectPolicy.classic(), settings)) {
      GpuMeasurement measurement = new GpuMeasurement(gpu, cpu, Duration.ofSeconds(2));
      List<GpuFigure> figures = new ArrayList<>(measurement.pairs(PAIRS));
      figures.addAll(measurement.sweep(SWEEP));
      System.out.print(table(figures));
      System.out.println();
      System.out.println(breakEven(figures));
      if (wantsJson) {
        json(Path.of(args[1]), probe.reason(), cores, figures);
      }
    }
  }

  /** A table of fixed columns, which is Markdown too. */
  static String table(List<GpuFigure> figures) {
    StringBuilder table = new StringBuilder();
    table.append(line("operation", "size", "GPU M/s", "less copies M/s", "CPU M/s", "GPU/CPU"));
    table.append(line("---", "---:", "---:", "---:", "---:", "---:"));
    for (GpuFigure figure : figures) {
      table.append(
          line(
              figure.operation(),
              Integer.toString(figure.size()),
              millions(figure, figure.gpuNanos()),
              millions(figure, figure.gpuComputeNanos()),
              millions(figure, figure.cpuNanos()),
              ratio(figure) == 0 ? "-" : number(ratio(figure))));
    }
    return table.toString();
  }

  /** From how many charts on the GPU is as fast as the CPU, and three times as fast. */
  static String breakEven(List<GpuFigure> figures) {
    return "All against all pays from "
        + firstAtLeast(figures, 1)
        + ", threefold from "
        + firstAtLeast(figures, 3)
        + ".";
  }

  private static String firstAtLeast(List<GpuFigure> figures, double times) {
    return figures.stream()
        .filter(figure -> figure.operation().equals(GpuMeasurement.RANK))
        .filter(figure -> ratio(figure) >= times)
        .findFirst()
        .map(figure -> figure.size() + " charts")
        .orElse("no size that was measured");
  }

  /** How many times as fast the GPU was, or 0 if the CPU was left out. */
  private static double ratio(GpuFigure figure) {
    Double cpu = figure.cpuNanos();
    return cpu == null ? 0 : cpu / figure.gpuNanos();
  }

  private static void json(Path file, String gpu, int cores, List<GpuFigure> figures)
      throws IOException {
    try (JsonGenerator json = new JsonFactory().createGenerator(Files.newBufferedWriter(file))) {
      json.useDefaultPrettyPrinter().writeStartObject();
      json.writeStringField("gpu", gpu);
      json.writeNumberField("cores", cores);
      json.writeStringField("java", Runtime.version().toString());
      json.writeArrayFieldStart("figures");
      for (GpuFigure figure : figures) {
        json.writeStartObject();
        json.writeStringField("operation", figure.operation());
        json.writeNumberField("size", figure.size());
        json.writeNumberField("pairs", figure.pairs());
        json.writeNumberField("gpuNanos", figure.gpuNanos());
        write(json, "gpuComputeNanos", figure.gpuComputeNanos());
        write(json, "cpuNanos", figure.cpuNanos());
        json.writeEndObject();
      }
      json.writeEndArray();
      json.writeEndObject();
    }
  }

  private static void write(JsonGenerator json, String name, @Nullable Double nanos)
      throws IOException {
    if (nanos != null) {
      json.writeNumberField(name, nanos);
    }
  }

  private static String millions(GpuFigure figure, @Nullable Double nanos) {
    return nanos == null ? "-" : number(1e3 * figure.pairs() / nanos);
  }

  private static String line(Object... columns) {
    return String.format("| %-26s | %8s | %10s | %15s | %9s | %8s |%n", columns);
  }

  private static String number(double value) {
    return String.format(Locale.ROOT, value < 10 ? "%.2f" : "%.1f", value);
  }
}
