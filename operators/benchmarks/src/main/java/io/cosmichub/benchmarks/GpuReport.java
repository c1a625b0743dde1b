package io.cosmichub.benchmarks;

import com.fasterxml.jackson.databind.json.JsonMapper;
import io.cosmichub.aspect.AspectPolicy;
import io.cosmichub.kernels.AspectKernelProvider.Probe;
import io.cosmichub.kernels.BatchKernel;
import io.cosmichub.kernels.KernelSettings;
import io.cosmichub.kernels.cuda.CudaKernelProvider;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/**
 * {@code ./run bench gpu}: each operation on the GPU, its copies counted and not, with the CPU
 * kernel on all cores beside it, and from how many charts on all against all pays. Where there is
 * no GPU it says so, shows the rows with the CPU alone and exits with 3.
 */
@Command(
    name = "./run bench gpu",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    description =
        "Measures each operation on the GPU, its copies counted and not, with the CPU kernel on all"
            + " cores beside it, and from how many charts on all against all pays; some minutes."
            + " Without a GPU: the CPU alone, and exit status 3.")
public final class GpuReport implements Callable<Integer> {

  private static final int NO_DEVICE = 3;
  private static final long MEMORY = 1L << 30;
  private static final int[] SWEEP = {
    500, 1_000, 2_000, 5_000, 10_000, 20_000, 50_000, 100_000, 200_000
  };
  private static final int[] QUICK_SWEEP = {100, 300};
  private static final int PAIRS = 1_000_000;
  private static final int QUICK_PAIRS = 2_000;

  @Option(names = "--json", paramLabel = "FILE", description = "all figures as JSON")
  private @Nullable Path json;

  @Option(
      names = "--quick",
      description = "little of everything, in seconds: shows that it works, no figures to keep")
  private boolean quick;

  private GpuReport() {}

  /** Measures all. */
  public static void main(String[] args) {
    System.exit(new CommandLine(new GpuReport()).execute(args));
  }

  @Override
  public Integer call() throws IOException {
    CudaKernelProvider provider = new CudaKernelProvider();
    Probe probe = provider.probe();
    if (!probe.usable()) {
      System.err.println("bench gpu: no GPU can be used here: " + probe.reason());
    }
    int cores = Runtime.getRuntime().availableProcessors();
    AspectPolicy policy = AspectPolicy.classic();
    String date = LocalDate.now(ZoneOffset.UTC).toString();
    System.out.printf(
        "- date: %s%n- GPU: %s%n- CPU: %s, %d cores, Java %s%n%n",
        date,
        probe.usable() ? probe.reason() : "none",
        KernelReport.processor(),
        cores,
        Runtime.version());
    try (BatchKernel gpu =
            probe.usable() ? provider.open(policy, new KernelSettings(cores, MEMORY)) : null;
        CpuCores cpu = new CpuCores(policy, cores, MEMORY)) {
      List<GpuFigure> figures = measure(gpu, cpu);
      System.out.println(GpuTables.figures(figures));
      System.out.println(GpuTables.breakEven(figures));
      if (json != null) {
        Results results =
            new Results(date, probe.reason(), cores, Runtime.version().toString(), figures);
        new JsonMapper().writerWithDefaultPrettyPrinter().writeValue(json.toFile(), results);
      }
    }
    return probe.usable() ? CommandLine.ExitCode.OK : NO_DEVICE;
  }

  private List<GpuFigure> measure(@Nullable BatchKernel gpu, CpuCores cpu) {
    Duration each = quick ? Duration.ofMillis(20) : Duration.ofSeconds(1);
    GpuMeasurement measurement = new GpuMeasurement(gpu, cpu, each);
    List<GpuFigure> figures = new ArrayList<>(measurement.pairs(quick ? QUICK_PAIRS : PAIRS));
    figures.addAll(measurement.sweep(quick ? QUICK_SWEEP : SWEEP));
    return figures;
  }

  /**
   * All that a run found.
   *
   * @param date of the run, in UTC
   * @param gpu the device, or why there is none
   * @param cores those of the CPU
   * @param java the version
   * @param figures a row each
   */
  private record Results(
      String date, String gpu, int cores, String java, List<GpuFigure> figures) {}
}
