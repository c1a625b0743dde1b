package io.cosmichub.scan;

import io.cosmichub.aspect.AspectPolicy;
import io.cosmichub.kernels.BatchKernel;
import io.cosmichub.kernels.ChartBlock;
import io.cosmichub.kernels.Ranking;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.nio.file.Path;
import java.util.Objects;
import org.apache.flink.api.common.accumulators.LongCounter;
import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.api.common.functions.RichMapFunction;
import org.jspecify.annotations.Nullable;

/** Computes the blocks that it is given the numbers of, unless they are done; tells their pairs. */
final class RankBlocks extends RichMapFunction<Long, Long> {

  /**
   * The name of the accumulator of nanoseconds that kernels took, over all subtasks: processor time
   * of the threads that called them, or what passed while a device computed.
   */
  static final String KERNEL_NANOS = "kernel-nanos";

  /** What of that was the first block of each subtask, while the kernel is being compiled. */
  static final String FIRST_NANOS = "first-nanos";

  /** The pairs of these blocks. */
  static final String FIRST_PAIRS = "first-pairs";

  private static final String DEVICE = "cuda";
  private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();

  private static final long serialVersionUID = 1L;

  // --- configuration
  private final String folder;
  private final ScanPlan plan;
  private final String kernelName;
  private final ScanKernels kernels;
  private final LongCounter kernelNanos = new LongCounter();
  private final LongCounter firstNanos = new LongCounter();
  private final LongCounter firstPairs = new LongCounter();
  private final ScanEvents events = new ScanEvents();

  // --- runtime
  private transient @Nullable BlockFolder blocks;
  private transient @Nullable ChartBlock charts;
  private transient @Nullable BatchKernel kernel;

  RankBlocks(Path folder, ScanPlan plan, String kernelName, ScanKernels kernels) {
    this.folder = folder.toString();
    this.plan = plan;
    this.kernelName = kernelName;
    this.kernels = kernels;
  }

  @Override
  public void open(OpenContext context) throws IOException {
    AspectPolicy policy = AspectPolicy.classic();
    BlockFolder opened = new BlockFolder(Path.of(folder), plan, policy);
    blocks = opened;
    charts = ChartBlock.of(opened.charts());
    int subtask = getRuntimeContext().getTaskInfo().getIndexOfThisSubtask();
    // One thread: the other processors have subtasks of their own.
    kernel = kernels.open(kernelName, policy, 1, subtask, events);
    events.register(getRuntimeContext());
    getRuntimeContext().addAccumulator(KERNEL_NANOS, kernelNanos);
    getRuntimeContext().addAccumulator(FIRST_NANOS, firstNanos);
    getRuntimeContext().addAccumulator(FIRST_PAIRS, firstPairs);
  }

  @Override
  public Long map(Long number) throws IOException {
    BlockFolder into = Objects.requireNonNull(blocks);
    int block = Math.toIntExact(number);
    ScanPlan.Block cut = plan.block(block);
    if (!into.isDone(block)) {
      Ranking ranking = into.ranking();
      long wrong = events.trust().wrongPairs();
      long start = now();
      Objects.requireNonNull(kernel)
          .rank(
              Objects.requireNonNull(charts),
              cut.fromRow(),
              cut.toRow(),
              cut.fromColumn(),
              cut.toColumn(),
              ranking);
      kernelTime(cut.pairs(), now() - start);
      if (events.trust().wrongPairs() > wrong) {
        into.mistrust(block, events.trust().wrongPairs() - wrong);
      }
      into.finish(block, ranking);
    }
    return cut.pairs();
  }

  private void kernelTime(long pairs, long nanos) {
    if (kernelNanos.getLocalValuePrimitive() == 0) {
      firstNanos.add(nanos);
      firstPairs.add(pairs);
    }
    kernelNanos.add(nanos);
  }

  private long now() {
    return Objects.requireNonNull(kernel).name().equals(DEVICE)
        ? System.nanoTime()
        : THREADS.getCurrentThreadCpuTime();
  }

  @Override
  public void close() {
    if (kernel != null) {
      kernel.close();
    }
  }
}
