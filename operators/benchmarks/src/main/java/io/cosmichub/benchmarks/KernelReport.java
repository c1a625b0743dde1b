package io.cosmichub.benchmarks;

import io.cosmichub.benchmarks.Measurement.Lengths;
import io.cosmichub.kernels.VectorKernelProvider;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.openjdk.jmh.runner.RunnerException;
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
        "Measures pairs a second by kernel, operation, batch, bodies and threads, on each JDK, with"
            + " NumPy beside them; about six minutes a JDK.")
public final class KernelReport implements Callable<Integer> {

  private static final int BATCH = 4_096;
  private static final List<Integer> FOOTPRINTS = List.of(1_000, 10_000);

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
      names = "--markdown",
      paramLabel = "FILE",
      description = "the tables in a file too, as they are in docs/performance.md")
  private @Nullable Path markdown;

  @Option(
      names = "--from",
      paramLabel = "FILE",
      description = "show the figures of an earlier --json again; measures nothing")
  private @Nullable Path from;

  @Option(
      names = "--java",
      paramLabel = "FILE",
      description = "a java to measure, instead of all that are found; may be given several times")
  private List<Path> javas = new ArrayList<>();

  @Option(
      names = "--product",
      paramLabel = "DIR",
      description = "a checkout of the product, whose own vectorized code is then measured too")
  private @Nullable Path product;

  @Option(
      names = "--quick",
      description = "one batch of ten bodies, short: about a minute a JDK, no figures to keep")
  private boolean quick;

  private KernelReport() {}

  /** Measures all. */
  public static void main(String[] args) {
    System.exit(
        new CommandLine(new KernelReport()).setOverwrittenOptionsAllowed(true).execute(args));
  }

  @Override
  public Integer call() throws RunnerException, IOException, InterruptedException {
    KernelResults results = from == null ? measure() : KernelResults.read(from);
    String page = new KernelTables(results).page();
    System.out.println(page);
    Files.writeString(plot, KernelPlot.svg("Pairs a second", results.figures()));
    System.out.println("plot: " + plot);
    if (markdown != null) {
      Files.writeString(markdown, "\n" + page + "\n");
      System.out.println("tables: " + markdown);
    }
    if (json != null) {
      results.write(json);
      System.out.println("figures: " + json);
    }
    return CommandLine.ExitCode.OK;
  }

  private KernelResults measure() throws RunnerException, IOException, InterruptedException {
    Lengths lengths = quick ? Lengths.QUICK : Lengths.WHOLE;
    List<Figure> figures = new ArrayList<>();
    List<@Nullable Path> runtimes = new ArrayList<>(javas);
    if (runtimes.isEmpty()) {
      runtimes.add(null);
    }
    for (Path java : runtimes) {
      System.err.println(java == null ? "this java" : java.toString());
      figures.addAll(kernels(new Measurement(1, lengths, java)));
    }
    System.err.println("Python");
    figures.addAll(baselines());
    Long productBytes =
        product == null ? null : PythonBaseline.product(scripts, product).bytesPerPair();
    List<Footprint> footprints = new ArrayList<>();
    for (int charts : FOOTPRINTS) {
      footprints.add(Footprint.of(charts, productBytes));
    }
    return new KernelResults(environment(), lengths.words(), figures, footprints);
  }

  private List<Figure> kernels(Measurement measurement) throws RunnerException {
    int processors = Runtime.getRuntime().availableProcessors();
    List<KernelCase> cases = quick ? KernelGrid.quick(processors) : KernelGrid.whole(processors);
    List<Figure> figures = new ArrayList<>();
    for (KernelCase next : cases) {
      boolean first =
          figures.isEmpty() || figures.get(figures.size() - 1).operation() != next.operation();
      if (first) {
        System.err.printf(
            "  %3d of %d: %s%n", figures.size(), cases.size(), next.operation().label());
      }
      figures.add(measurement.measure(next));
    }
    return figures;
  }

  private List<Figure> baselines() throws IOException, InterruptedException {
    double seconds = quick ? 0.5 : 2;
    PythonBaseline numpy = PythonBaseline.numpy(scripts);
    List<Figure> figures = new ArrayList<>();
    for (int pairs : KernelGrid.PRODUCT_BATCHES) {
      figures.add(numpy.measure(Operation.SCORES, pairs, seconds));
    }
    figures.add(numpy.measure(Operation.SCORES, BATCH, seconds));
    figures.add(numpy.measure(Operation.ALL_SCORES, KernelGrid.NUMPY_CHARTS, seconds));
    if (product != null) {
      PythonBaseline own = PythonBaseline.product(scripts, product);
      for (Operation operation : KernelGrid.PRODUCT_OPERATIONS) {
        for (int pairs : KernelGrid.PRODUCT_BATCHES) {
          figures.add(own.measure(operation, pairs, seconds));
        }
      }
    }
    return figures;
  }

  private Map<String, String> environment() throws IOException {
    Map<String, String> environment = new LinkedHashMap<>();
    environment.put("command", command(quick, product != null));
    environment.put("date", LocalDate.now(ZoneOffset.UTC).toString());
    environment.put("processor", processor());
    environment.put("processors", Integer.toString(Runtime.getRuntime().availableProcessors()));
    environment.put("vector", new VectorKernelProvider().probe().reason());
    return environment;
  }

  /** What to type for such a run; where files lie is not told. */
  static String command(boolean quick, boolean besideProduct) {
    return "`./run bench kernels"
        + (quick ? " --quick" : "")
        + (besideProduct ? " --product DIR" : "")
        + "`";
  }

  static String processor() throws IOException {
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
