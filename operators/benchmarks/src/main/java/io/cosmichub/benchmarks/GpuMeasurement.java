package io.cosmichub.benchmarks;

import io.cosmichub.kernels.BatchKernel;
import io.cosmichub.kernels.ChartBlock;
import io.cosmichub.kernels.DenseSets;
import io.cosmichub.kernels.PackedSets;
import io.cosmichub.kernels.Progress;
import io.cosmichub.kernels.cuda.DeviceTimed;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Times the operations of a kernel on a device, and of one on the CPU beside it. */
final class GpuMeasurement {

  /** What the sweep over numbers of charts is called. */
  static final String RANK = "all against all, 10 best";

  private static final int BEST = 10;
  private static final int BODIES = 10;
  private static final int LEAST_CALLS = 3;
  private static final double LONGEST_CPU_NANOS = 120e9;

  private final BatchKernel gpu;
  private final BatchKernel cpu;
  private final Duration each;

  /** Every figure is the median of the calls of about {@code each}, at least three. */
  GpuMeasurement(BatchKernel gpu, BatchKernel cpu, Duration each) {
    this.gpu = gpu;
    this.cpu = cpu;
    this.each = each;
  }

  /** The operations on so many pairs: both charts of each are copied, and all results. */
  List<GpuFigure> pairs(int pairs) {
    ChartBlock a = SampleCharts.draw(pairs, BODIES, 1);
    ChartBlock b = SampleCharts.draw(pairs, BODIES, 2);
    PackedSets packed = new PackedSets(gpu.policy());
    DenseSets dense = new DenseSets(gpu.policy());
    long[] scores = new long[pairs];
    return List.of(
        figure("scores", pairs, pairs, kernel -> kernel.scores(a, b, 0, pairs, scores)),
        figure("one against many, scores", pairs, pairs, k -> k.scores(a, 0, b, 0, pairs, scores)),
        figure("packed sets", pairs, pairs, kernel -> kernel.sets(a, b, 0, pairs, packed)),
        figure("dense sets", pairs, pairs, kernel -> kernel.dense(a, b, 0, pairs, dense)));
  }

  /** All against all for each number of charts; the charts are copied once, the best come back. */
  List<GpuFigure> sweep(int... sizes) {
    List<GpuFigure> figures = new ArrayList<>();
    for (int size : sizes) {
      ChartBlock charts = SampleCharts.draw(size, BODIES, 1);
      long pairs = (long) size * (size - 1) / 2;
      figures.add(
          figure(RANK, size, pairs, kernel -> kernel.rank(charts, BEST, Progress.NONE), figures));
    }
    return figures;
  }

  private GpuFigure figure(String operation, int size, long pairs, Call call) {
    return figure(operation, size, pairs, call, List.of());
  }

  /** Leaves the CPU out where {@code before} lets one expect that it takes too long. */
  private GpuFigure figure(
      String operation, int size, long pairs, Call call, List<GpuFigure> before) {
    call.on(gpu);
    long computed = computeNanos();
    List<Double> calls = calls(() -> call.on(gpu));
    Double compute =
        gpu instanceof DeviceTimed ? (computeNanos() - computed) / (double) calls.size() : null;
    boolean tooLong =
        before.stream()
            .anyMatch(
                figure -> {
                  Double nanos = figure.cpuNanos();
                  return nanos == null || nanos * pairs / figure.pairs() > LONGEST_CPU_NANOS;
                });
    return new GpuFigure(
        operation, size, pairs, median(calls), compute, tooLong ? null : onCpu(call));
  }

  private @Nullable Double onCpu(Call call) {
    call.on(cpu);
    return median(calls(() -> call.on(cpu)));
  }

  private long computeNanos() {
    return gpu instanceof DeviceTimed timed ? timed.deviceNanos() : 0;
  }

  private List<Double> calls(Runnable call) {
    List<Double> nanos = new ArrayList<>();
    long start = System.nanoTime();
    while (nanos.size() < LEAST_CALLS || System.nanoTime() - start < each.toNanos()) {
      long before = System.nanoTime();
      call.run();
      nanos.add((double) (System.nanoTime() - before));
    }
    return nanos;
  }

  private static double median(List<Double> values) {
    double[] sorted = values.stream().mapToDouble(Double::doubleValue).toArray();
    Arrays.sort(sorted);
    return sorted[sorted.length / 2];
  }

  /** One call of an operation. */
  private interface Call {
    void on(BatchKernel kernel);
  }
}
