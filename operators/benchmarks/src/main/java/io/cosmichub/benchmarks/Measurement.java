package io.cosmichub.benchmarks;

import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
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

  private static final String ALLOCATED = "gc.alloc.rate.norm";
  private static final int WARMUPS = 3;

  private final int forks;
  private final Lengths lengths;
  private final @Nullable Path java;

  /**
   * {@code forks} fresh processes each (0: this one), run by {@code java}, null for the one that
   * runs this.
   */
  Measurement(int forks, Lengths lengths, @Nullable Path java) {
    this.forks = forks;
    this.lengths = lengths;
    this.java = java;
  }

  /**
   * How long a figure is measured.
   *
   * @param warmupMillis to warm up, for vectors; whatever else takes a third of it
   * @param parts in how many parts, of which the median counts
   * @param partMillis how long a part is, at least: it ends with a call
   */
  record Lengths(int warmupMillis, int parts, int partMillis) {

    /** A second and a half to warm up, ten parts of 50 ms. */
    static final Lengths WHOLE = new Lengths(1_500, 10, 50);

    /** Enough to see whether all is well. */
    static final Lengths QUICK = new Lengths(900, 4, 50);

    /** All against all takes a second a call and more. */
    private static final int PARTS_OF_ALL = 5;

    private int parts(Operation operation) {
      return operation.ofAllPairs() ? Math.min(PARTS_OF_ALL, parts) : parts;
    }

    private int warmupMillis(String kernel) {
      return kernel.equals(SampleKernels.VECTOR) ? warmupMillis : warmupMillis / 3;
    }

    /** In words, for whoever reads the tables. */
    String words() {
      return String.format(
          Locale.ROOT,
          "A row is the median of %d parts of %d ms (all against all: of %d, a call or more each),"
              + " after %.1f s to warm up (reference and loops: %.1f s), in a process of its own.",
          parts,
          partMillis,
          parts(Operation.RANKING),
          warmupMillis / 1e3,
          warmupMillis / 3e3);
    }
  }

  Figure measure(KernelCase wanted) throws RunnerException {
    Operation operation = wanted.operation();
    TimeValue warmup = TimeValue.milliseconds(lengths.warmupMillis(wanted.kernel()) / WARMUPS);
    ChainedOptionsBuilder options =
        new OptionsBuilder()
            .include("^" + operation.benchmark().getName().replace(".", "\\.") + "\\.")
            .param("kernelName", wanted.kernel())
            .param(operation.ofAllPairs() ? "charts" : "pairs", "" + wanted.size())
            .param("bodies", "" + wanted.bodies())
            .param("threads", "" + wanted.threads())
            .forks(forks)
            .warmupIterations(WARMUPS)
            .warmupTime(warmup)
            .measurementIterations(lengths.parts(operation))
            .measurementTime(TimeValue.milliseconds(lengths.partMillis()))
            .addProfiler(GCProfiler.class)
            .shouldFailOnError(true)
            .verbosity(VerboseMode.SILENT);
    if (java != null) {
      options = options.jvm(java.toString());
    }
    if (wanted.kernel().equals(SampleKernels.LOOPS)) {
      options = options.jvmArgs(flagsWithoutVectors());
    }
    return figure(wanted, new Runner(options.build()).runSingle());
  }

  /** The flags of this process, but not the module of the Vector API. */
  private static String[] flagsWithoutVectors() {
    List<String> flags = ManagementFactory.getRuntimeMXBean().getInputArguments();
    return flags.stream()
        .filter(flag -> !flag.contains(SampleKernels.MODULE))
        .toArray(String[]::new);
  }

  private static Figure figure(KernelCase wanted, RunResult run) {
    double pairs = wanted.operation().pairs(wanted.size());
    Statistics nanos = run.getPrimaryResult().getStatistics();
    double quartiles =
        pairs * 1e9 / nanos.getPercentile(25) - pairs * 1e9 / nanos.getPercentile(75);
    Result<?> allocated = run.getSecondaryResults().get(ALLOCATED);
    return new Figure(
        wanted.operation(),
        wanted.kernel(),
        "Java " + Runtime.Version.parse(run.getParams().getJdkVersion()).feature(),
        wanted.size(),
        wanted.bodies(),
        wanted.threads(),
        pairs * 1e9 / nanos.getPercentile(50),
        nanos.getN() > 1 ? quartiles : null,
        allocated == null ? null : allocated.getScore() / pairs);
  }
}
