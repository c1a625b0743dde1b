package io.cosmichub.benchmarks;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import org.openjdk.jmh.profile.GCProfiler;
import org.openjdk.jmh.results.Result;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.ChainedOptionsBuilder;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;
import org.openjdk.jmh.runner.options.VerboseMode;
import org.openjdk.jmh.util.Statistics;

/** Runs the benchmarks of kernels with fixed lengths and turns their times into pairs a second. */
final class Measurement {

  /** All against all, as {@link Ratios} finds it. */
  static final String RANKING = "all against all, 10 best";

  /** The same, where pairs need no score that are among nobody's best. */
  static final String BEST = "all against all, 10 best only";

  private static final String ALLOCATED = "gc.alloc.rate.norm";

  private static final int PARTS = 5;

  private final int forks;
  private final int iterations;
  private final TimeValue time;
  private final @Nullable Path java;

  /**
   * {@code forks} fresh processes each (0: this one), {@code iterations} of {@code time} to warm up
   * and as many to measure, in five parts each, of which the median counts; {@code java} runs the
   * processes, null for the one that runs this.
   */
  Measurement(int forks, int iterations, TimeValue time, @Nullable Path java) {
    this.forks = forks;
    this.iterations = iterations;
    this.time = time;
    this.java = java;
  }

  /** A benchmark over batches of pairs. */
  List<Figure> batches(String operation, Class<?> benchmark, int bodies, int... pairs)
      throws RunnerException {
    String[] sizes = Arrays.stream(pairs).mapToObj(Integer::toString).toArray(String[]::new);
    List<Figure> figures = new ArrayList<>();
    for (RunResult run :
        run(benchmark, b -> b.param("pairs", sizes).param("bodies", "" + bodies))) {
      int batch = Integer.parseInt(run.getParams().getParam("pairs"));
      String size = batch == 1 ? "one pair" : "batches of " + batch;
      figures.add(figure(operation, run, size + ", " + bodies + " bodies", 1, batch));
    }
    return figures;
  }

  /** All against all, the best of each and the histogram. */
  List<Figure> ranking(String kernel, int charts, int threads) throws RunnerException {
    return all(RANKING, RankBenchmark.class, kernel, charts, threads);
  }

  /** All against all, only the best of each. */
  List<Figure> best(String kernel, int charts, int threads) throws RunnerException {
    return all(BEST, BestBenchmark.class, kernel, charts, threads);
  }

  private List<Figure> all(
      String operation, Class<?> benchmark, String kernel, int charts, int threads)
      throws RunnerException {
    List<Figure> figures = new ArrayList<>();
    Collection<RunResult> runs =
        run(
            benchmark,
            b ->
                b.param("kernelName", kernel)
                    .param("charts", "" + charts)
                    .param("threads", "" + threads));
    for (RunResult run : runs) {
      double pairs = (double) charts * (charts - 1) / 2;
      figures.add(figure(operation, run, charts + " charts", threads, pairs));
    }
    return figures;
  }

  private Figure figure(String operation, RunResult run, String size, int threads, double pairs) {
    Statistics nanos = run.getPrimaryResult().getStatistics();
    double perSecond = pairs * 1e9 / nanos.getPercentile(50);
    double quartiles =
        pairs * 1e9 / nanos.getPercentile(25) - pairs * 1e9 / nanos.getPercentile(75);
    Result<?> allocated = run.getSecondaryResults().get(ALLOCATED);
    return new Figure(
        operation,
        run.getParams().getParam("kernelName"),
        "Java " + Runtime.Version.parse(run.getParams().getJdkVersion()).feature(),
        size,
        threads,
        perSecond,
        nanos.getN() > 1 ? quartiles : null,
        allocated == null ? null : allocated.getScore() / pairs);
  }

  private Collection<RunResult> run(Class<?> benchmark, UnaryOperator<ChainedOptionsBuilder> params)
      throws RunnerException {
    ChainedOptionsBuilder options =
        new OptionsBuilder()
            .include("^" + benchmark.getName().replace(".", "\\.") + "\\.")
            .forks(forks)
            .warmupIterations(iterations)
            .warmupTime(time)
            .measurementIterations(iterations * PARTS)
            .measurementTime(TimeValue.nanoseconds(time.convertTo(TimeUnit.NANOSECONDS) / PARTS))
            .addProfiler(GCProfiler.class)
            .shouldFailOnError(true)
            .verbosity(VerboseMode.SILENT);
    if (java != null) {
      options = options.jvm(java.toString());
    }
    return new Runner(params.apply(options).build()).run();
  }
}
