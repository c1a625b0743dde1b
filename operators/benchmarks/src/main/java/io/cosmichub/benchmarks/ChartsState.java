package io.cosmichub.benchmarks;

import io.cosmichub.aspect.AspectPolicy;
import io.cosmichub.kernels.BatchKernel;
import io.cosmichub.kernels.ChartBlock;
import io.cosmichub.kernels.ReferenceKernel;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

/** A kernel and charts that are all compared with each other. */
@State(Scope.Benchmark)
public class ChartsState {

  static final int BEST = 10;

  /** The kernel, as the tables name it. */
  @Param({"reference", "vector"})
  public String kernelName = "";

  /** Charts in all. */
  @Param({"1000"})
  public int charts;

  /** Bodies of a chart. */
  @Param({"10"})
  public int bodies;

  /** Threads that share the pairs. */
  @Param({"1"})
  public int threads;

  BatchKernel kernel = new ReferenceKernel(AspectPolicy.classic());
  ChartBlock block = new ChartBlock(0);

  /** Opens the kernel and draws the charts. */
  @Setup(Level.Trial)
  public void open() {
    kernel = SampleKernels.open(kernelName, bodies, threads);
    block = SampleCharts.draw(charts, bodies, 1);
  }

  /** Closes the kernel. */
  @TearDown(Level.Trial)
  public void close() {
    kernel.close();
  }
}
