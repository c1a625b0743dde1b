package io.cosmichub.benchmarks;

import io.cosmichub.kernels.VectorKernelProvider;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.TimeValue;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/**
 * {@code ./run bench kernels}: each kernel and operation, Python beside them, tables and a plot.
 */
@Command(
    name = "./run bench kernels",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    description =
        "Measures pairs a second by kernel, operation and batch, on each JDK, with NumPy beside"
            + " them; about four minutes a JDK.")
public final class KernelReport implements Callable<Integer> {

  private static final int MANY = 4_096;
  private static final double BASELINE_SECONDS = 5;
  private static final String REFERENCE = "reference";
  private static final String VECTOR = "vector";

  @Option(names = "--scripts", hidden = true, required = true)
  private Path scripts = Path.of("");

  @Option(
      names = "--plot",
      paramLabel = "FILE",
      required = true,
      description = "where the plot goes, as SVG")
  private Path plot = Path.of("");

  @Option(names = "--json", paramLabel = "FILE", description = "all figures as JSON")
  private @Nullable Path json;

  @Option(
      names = "--java",
      paramLabel = "FILE",
      description = "a java to measure; may be given several times")
  private List<Path> javas = new ArrayList<>();

  @Option(
      names = "--product",
      paramLabel = "DIR",
      description = "a checkout of the product, whose own batch scoring is then measured too")
  private @Nullable Path product;

  private KernelReport() {}

  /** Measures all. */
  public static void main(String[] args) {
    System.exit(new CommandLine(new KernelReport()).execute(args));
  }

  @Override
  public Integer call() throws RunnerException, IOException, InterruptedException {
    List<Figure> figures = new ArrayList<>();
    List<@Nullable Path> runtimes = new ArrayList<>(javas);
    if (runtimes.isEmpty()) {
      runtimes.add(null);
    }
    for (Path java : runtimes) {
      System.err.println("measuring " + (java == null ? "this java" : java) + " …");
      figures.addAll(kernels(new Measurement(1, 3, TimeValue.seconds(1), java)));
    }
    System.err.println("measuring Python …");
    figures.addAll(baselines());
    List<Footprint> footprints = List.of(Footprint.of(1_000), Footprint.of(10_000));
    Map<String, String> environment = environment();
    environment.forEach((name, value) -> System.out.println(name + ": " + value));
    System.out.println();
    System.out.println(FigureOutput.table(figures));
    System.out.println(Ratios.table(figures));
    System.out.println(FigureOutput.footprints(footprints));
    Files.writeString(plot, FigureOutput.svg("Pairs a second", figures));
    System.out.println("plot: " + plot);
    if (json != null) {
      FigureOutput.json(json, environment, figures, footprints);
      System.out.println("figures: " + json);
    }
    return CommandLine.ExitCode.OK;
  }

  private static List<Figure> kernels(Measurement measurement) throws RunnerException {
    List<Figure> figures = new ArrayList<>();
    figures.addAll(measurement.batches("scores", ScoresBenchmark.class, 10, 16, 256, MANY));
    figures.addAll(measurement.batches("scores", ScoresBenchmark.class, 16, MANY));
    figures.addAll(measurement.batches("score in one call", SingleScoreBenchmark.class, 10, 1));
    figures.addAll(measurement.batches("packed sets", SparseSetsBenchmark.class, 10, 256, MANY));
    figures.addAll(measurement.batches("packed sets", SparseSetsBenchmark.class, 16, 256));
    figures.addAll(measurement.batches("dense sets", DenseSetsBenchmark.class, 10, 256, MANY));
    figures.addAll(measurement.batches("one body moved", MovedBodyBenchmark.class, 10, 256, MANY));
    figures.addAll(measurement.ranking(REFERENCE, 1_000, 1));
    for (int threads = 1; threads <= Runtime.getRuntime().availableProcessors(); threads *= 2) {
      figures.addAll(measurement.ranking(VECTOR, 10_000, threads));
      figures.addAll(measurement.best(VECTOR, 10_000, threads));
    }
    return figures;
  }

  private List<Figure> baselines() throws IOException, InterruptedException {
    List<Figure> figures = new ArrayList<>();
    figures.add(
        new PythonBaseline("NumPy float32", scripts.resolve("numpy_baseline.py"))
            .measure("all against all, scores only", MANY, BASELINE_SECONDS));
    if (product != null) {
      figures.add(
          new PythonBaseline("product", scripts.resolve("product_baseline.py"), product.toString())
              .measure("batches of 1000, scores only", MANY, BASELINE_SECONDS));
    }
    return figures;
  }

  static Map<String, String> environment() throws IOException {
    Map<String, String> environment = new LinkedHashMap<>();
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
