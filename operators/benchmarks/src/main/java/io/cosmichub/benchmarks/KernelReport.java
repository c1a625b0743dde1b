package io.cosmichub.benchmarks;

import io.cosmichub.kernels.VectorKernelProvider;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.TimeValue;

/**
 * {@code ./run bench kernels}: each kernel and operation, NumPy beside them, one table and one
 * plot. Arguments: the script of the baseline, the plot to write, then {@code --json FILE} or
 * nothing.
 */
public final class KernelReport {

  private static final int MANY = 4_096;
  private static final double BASELINE_SECONDS = 3;

  private KernelReport() {}

  /** Measures all, about four minutes. */
  public static void main(String[] args) throws RunnerException, IOException, InterruptedException {
    boolean wantsJson = args.length == 4 && args[2].equals("--json");
    if (args.length != 2 && !wantsJson) {
      System.err.println("bench kernels: takes --json FILE or nothing");
      System.exit(2);
    }
    List<Figure> figures = measure(new Measurement(1, 3, TimeValue.seconds(1)));
    figures.add(new NumpyBaseline(Path.of(args[0])).measure(MANY, BASELINE_SECONDS));
    Map<String, String> environment = environment();
    environment.forEach((name, value) -> System.out.println(name + ": " + value));
    System.out.println();
    System.out.print(FigureOutput.table(figures));
    Files.writeString(
        Path.of(args[1]),
        FigureOutput.svg("Pairs a second, Java " + Runtime.version().feature(), figures));
    System.out.println();
    System.out.println("plot: " + args[1]);
    if (wantsJson) {
      FigureOutput.json(Path.of(args[3]), environment, figures);
      System.out.println("figures: " + args[3]);
    }
  }

  private static List<Figure> measure(Measurement measurement) throws RunnerException {
    List<Figure> figures = new ArrayList<>();
    figures.addAll(measurement.batches("scores", ScoresBenchmark.class, 10, 1, 16, 256, MANY));
    figures.addAll(measurement.batches("scores", ScoresBenchmark.class, 16, MANY));
    figures.addAll(measurement.batches("score", SingleScoreBenchmark.class, 10, 1));
    figures.addAll(measurement.batches("packed sets", SparseSetsBenchmark.class, 10, 256, MANY));
    figures.addAll(measurement.batches("dense sets", DenseSetsBenchmark.class, 10, 256, MANY));
    figures.addAll(measurement.batches("one body moved", MovedBodyBenchmark.class, 10, 256, MANY));
    figures.addAll(measurement.ranking("reference", 1_000, 1));
    for (int threads = 1; threads <= Runtime.getRuntime().availableProcessors(); threads++) {
      figures.addAll(measurement.ranking("vector", 10_000, threads));
    }
    return figures;
  }

  private static Map<String, String> environment() throws IOException {
    Map<String, String> environment = new LinkedHashMap<>();
    environment.put("java", System.getProperty("java.vm.name") + " " + Runtime.version());
    environment.put("processor", processor());
    environment.put("processors", Integer.toString(Runtime.getRuntime().availableProcessors()));
    environment.put("vector", new VectorKernelProvider().probe().reason());
    return environment;
  }

  private static String processor() throws IOException {
    Path info = Path.of("/proc/cpuinfo");
    if (!Files.isReadable(info)) {
      return System.getProperty("os.arch");
    }
    try (var lines = Files.lines(info)) {
      return lines
          .filter(line -> line.startsWith("model name"))
          .map(line -> line.substring(line.indexOf(':') + 1).strip())
          .findFirst()
          .orElse(System.getProperty("os.arch"));
    }
  }
}
