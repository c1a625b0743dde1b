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

/**
 * A kernel and pairs, of which each call takes the next batch: a processor learns the branches of a
 * few pairs that come again and again, and no stream does that.
 */
@State(Scope.Thread)
public class PairsState {

  private static final int LEAST = 32_768;

  /** The kernel, as the tables name it. */
  @Param({"reference", "vector"})
  public String kernelName = "";

  /** Pairs in a batch. */
  @Param({"1", "16", "256", "4096"})
  public int pairs;

  /** Bodies of a chart. */
  @Param({"10"})
  public int bodies;

  /** Threads that the kernel may share a batch with. */
  @Param({"1"})
  public int threads;

  BatchKernel kernel = new ReferenceKernel(AspectPolicy.classic());
  ChartBlock a = new ChartBlock(0);
  ChartBlock b = new ChartBlock(0);

  /** Where the batch of this call starts. */
  int from;

  /** And where it ends. */
  int to;

  /** Opens the kernel and draws the charts. */
  @Setup(Level.Trial)
  public void open() {
    kernel = SampleKernels.open(kernelName, bodies, threads);
    a = SampleCharts.draw(Math.max(pairs, LEAST), bodies, 1);
    b = SampleCharts.draw(a.size(), bodies, 2);
    to = 0;
  }

  /** Goes on to the next batch, and after the last to the first. */
  void next() {
    from = to + pairs <= a.size() ? to : 0;
    to = from + pairs;
  }

  /** Closes the kernel. */
  @TearDown(Level.Trial)
  public void close() {
    kernel.close();
  }
}
