package io.cosmichub.benchmarks;

import io.cosmichub.benchmarks.CpuCores.Buffers;
import io.cosmichub.benchmarks.CpuCores.Slice;
import io.cosmichub.chart.Body;
import io.cosmichub.kernels.BatchKernel;
import io.cosmichub.kernels.ChartBlock;
import io.cosmichub.kernels.Progress;
import io.cosmichub.kernels.cuda.DeviceTimed;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Times the operations of a kernel on a device, if there is one, and of one on all CPU cores. */
final class GpuMeasurement {

  private static final int BEST = 10;
  private static final int BODIES = 10;
  private static final int LEAST_CALLS = 3;
  private static final int CALLS_OF_ONE = 1_000;
  private static final double LONG_NANOS = 5e9;
  private static final double LONGEST_NANOS = 60e9;

  private final @Nullable BatchKernel gpu;
  private final CpuCores cpu;
  private final Duration each;

  /**
   * Every figure is the median of the calls of about {@code each}, at least three, after as long to
   * warm up; a call of five seconds and more counts alone.
   */
  GpuMeasurement(@Nullable BatchKernel gpu, CpuCores cpu, Duration each) {
    this.gpu = gpu;
    this.cpu = cpu;
    this.each = each;
  }

  /** The operations on so many pairs: both charts of each are copied, and all results. */
  List<GpuFigure> pairs(int pairs) {
    ChartBlock a = SampleCharts.draw(pairs, BODIES, 1);
    ChartBlock b = SampleCharts.draw(pairs, BODIES, 2);
    char[] moved = new char[pairs];
    Arrays.fill(moved, (char) Body.MARS.bit());
    char[] still = new char[pairs];
    return List.of(
        batch(
            Operation.SCORES,
            pairs,
            (k, from, to, into) -> k.scores(a, b, from, to, into.scores())),
        one(a, b),
        batch(
            Operation.SCORES_OF_ONE,
            pairs,
            (k, from, to, into) -> k.scores(a, 0, b, from, to, into.scores())),
        batch(
            Operation.PACKED_OF_ONE,
            pairs,
            (k, from, to, into) -> k.sets(a, 0, b, from, to, into.packed())),
        batch(
            Operation.PACKED, pairs, (k, from, to, into) -> k.sets(a, b, from, to, into.packed())),
        batch(Operation.DENSE, pairs, (k, from, to, into) -> k.dense(a, b, from, to, into.dense())),
        batch(
            Operation.MOVED,
            pairs,
            (k, from, to, into) -> k.touched(a, b, moved, still, from, to, into.packed())));
  }

  /**
   * All against all for each number of charts, with the histogram and without; the charts are
   * copied once, the best come back. The CPU is left out where the size before lets one expect that
   * it takes more than a minute.
   */
  List<GpuFigure> sweep(int... sizes) {
    List<GpuFigure> figures = new ArrayList<>();
    for (Operation operation : List.of(Operation.RANKING, Operation.BEST)) {
      GpuFigure before = null;
      for (int size : sizes) {
        ChartBlock charts = SampleCharts.draw(size, BODIES, 1);
        Consumer<BatchKernel> call =
            operation == Operation.RANKING
                ? kernel -> kernel.rank(charts, BEST, Progress.NONE)
                : kernel -> kernel.best(charts, BEST, Progress.NONE);
        Runnable onCpu = isTooLong(before, size) ? null : () -> call.accept(cpu.kernel());
        before = figure(operation, size, 1, call, onCpu, cpu.threads());
        figures.add(before);
      }
    }
    return figures;
  }

  private static boolean isTooLong(@Nullable GpuFigure before, int size) {
    if (before == null) {
      return false;
    }
    Double nanos = before.cpuNanos();
    Operation operation = before.operation();
    return nanos == null
        || nanos * operation.pairs(size) / operation.pairs(before.size()) > LONGEST_NANOS;
  }

  /** A call for one pair has nothing to share. */
  private GpuFigure one(ChartBlock a, ChartBlock b) {
    long[] kept = new long[1];
    Consumer<BatchKernel> calls =
        kernel -> {
          for (int call = 0; call < CALLS_OF_ONE; call++) {
            kept[0] += kernel.score(a, call % a.size(), b, call % b.size());
          }
        };
    Runnable onCpu = () -> calls.accept(cpu.kernel());
    return figure(Operation.ONE_SCORE, 1, CALLS_OF_ONE, calls, onCpu, 1);
  }

  private GpuFigure batch(Operation operation, int pairs, Slice slice) {
    Buffers buffers = new Buffers(cpu.kernel().policy(), pairs);
    Consumer<BatchKernel> onGpu = kernel -> slice.compute(kernel, 0, pairs, buffers);
    return figure(operation, pairs, 1, onGpu, cpu.batch(pairs, slice), cpu.threads());
  }

  private GpuFigure figure(
      Operation operation,
      int size,
      int repeated,
      Consumer<BatchKernel> onGpu,
      @Nullable Runnable onCpu,
      int cpuThreads) {
    Double compute = null;
    Double total = null;
    BatchKernel device = gpu;
    if (device != null) {
      long before = computeNanos();
      Times times = times(() -> onGpu.accept(device));
      total = times.median / repeated;
      compute =
          device instanceof DeviceTimed
              ? (computeNanos() - before) / (double) times.calls / repeated
              : null;
    }
    Double cpuNanos = onCpu == null ? null : (Double) (times(onCpu).median / repeated);
    return new GpuFigure(operation, size, total, compute, cpuNanos, cpuThreads);
  }

  private long computeNanos() {
    return gpu instanceof DeviceTimed timed ? timed.deviceNanos() : 0;
  }

  /**
   * What calls took.
   *
   * @param median of those that count
   * @param calls how many there were, to warm up too
   */
  private record Times(double median, int calls) {}

  private Times times(Runnable call) {
    double[] warm = calls(call, 1);
    if (warm[warm.length - 1] > LONG_NANOS) {
      return new Times(warm[warm.length - 1], warm.length);
    }
    double[] sorted = calls(call, LEAST_CALLS);
    Arrays.sort(sorted);
    return new Times(sorted[sorted.length / 2], warm.length + sorted.length);
  }

  private double[] calls(Runnable call, int least) {
    List<Double> nanos = new ArrayList<>();
    long start = System.nanoTime();
    while (nanos.size() < least || System.nanoTime() - start < each.toNanos()) {
      long before = System.nanoTime();
      call.run();
      nanos.add((double) (System.nanoTime() - before));
    }
    return nanos.stream().mapToDouble(Double::doubleValue).toArray();
  }
}
