package io.cosmichub.benchmarks;

import io.cosmichub.aspect.AspectPolicy;
import io.cosmichub.kernels.BatchKernel;
import io.cosmichub.kernels.ChartBlock;
import io.cosmichub.kernels.KernelSettings;
import io.cosmichub.kernels.Kernels;
import io.cosmichub.kernels.Progress;
import io.cosmichub.kernels.Ranking;
import io.cosmichub.kernels.ReferenceKernel;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

/**
 * How long do all pairs of a set of charts take, with the ten best of each and the histogram, on
 * some threads?
 */
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@State(Scope.Benchmark)
public class RankBenchmark {

  private static final int BEST = 10;
  private static final int BODIES = 10;

  /** The kernel, as a configuration names it. */
  @Param({"reference", "vector"})
  public String kernelName = "";

  /** Charts in all. */
  @Param({"1000"})
  public int charts;

  /** Threads that share the pairs. */
  @Param({"1"})
  public int threads;

  private BatchKernel kernel = new ReferenceKernel(AspectPolicy.classic());
  private ChartBlock block = new ChartBlock(0);

  /** Opens the kernel and draws the charts. */
  @Setup(Level.Trial)
  public void open() {
    kernel =
        Kernels.open(
            kernelName,
            SampleCharts.policy(BODIES),
            new KernelSettings(threads, KernelSettings.DEFAULT.memory()));
    block = SampleCharts.draw(charts, BODIES, 1);
  }

  /** All pairs. */
  @Benchmark
  public Ranking rank() {
    return kernel.rank(block, BEST, Progress.NONE);
  }

  /** Closes the kernel. */
  @TearDown(Level.Trial)
  public void close() {
    kernel.close();
  }
}
