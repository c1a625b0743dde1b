package io.cosmichub.scan;

import io.cosmichub.kernels.Ranking;
import io.cosmichub.quickstart.Console;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Locale;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.flink.api.common.JobExecutionResult;
import org.apache.flink.core.execution.JobClient;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;

/** Runs the job until all blocks of a scan are done, and adds up what it took. */
final class BlockRun {

  private static final long TICK_MILLIS = 500;

  private final BlockFolder blocks;
  private final Path folder;
  private final ScanPlan plan;
  private final Console console;
  private final int subtasks;
  private final ScanKernels kernels;
  private KernelTime kernelTime = KernelTime.NONE;
  private KernelTrust trust = KernelTrust.NONE;
  private long jobNanos;

  BlockRun(
      BlockFolder blocks,
      Path folder,
      ScanPlan plan,
      int parallelism,
      ScanKernels kernels,
      Console console) {
    this.blocks = blocks;
    this.folder = folder;
    this.plan = plan;
    this.kernels = kernels;
    this.console = console;
    this.subtasks = Math.min(parallelism, plan.blocks());
  }

  int subtasks() {
    return subtasks;
  }

  KernelTime kernelTime() {
    return kernelTime;
  }

  /** What the guards of the kernels of all subtasks did. */
  KernelTrust trust() {
    return trust;
  }

  long jobNanos() {
    return jobNanos;
  }

  /** Does what is left to do; a block whose file turns out not to be whole is done again. */
  Ranking rank(String kernel, Path scratch)
      throws IOException, InterruptedException, ExecutionException {
    long before = blocks.pairsDone();
    if (before > 0) {
      console.line(String.format(Locale.ROOT, "%,d pairs were done before.", before));
    }
    while (true) {
      run(kernel, scratch);
      Ranking ranking = blocks.ranking();
      boolean whole = true;
      for (int block = 0; block < plan.blocks(); block++) {
        whole &= blocks.merge(block, ranking);
      }
      if (whole) {
        return ranking;
      }
    }
  }

  private void run(String kernel, Path scratch) throws InterruptedException, ExecutionException {
    StreamExecutionEnvironment environment =
        StreamExecutionEnvironment.createLocalEnvironment(subtasks, ScanJob.configuration(scratch));
    ScanJob.define(environment, folder, plan, kernel, kernels);
    long start = System.nanoTime();
    long before = blocks.pairsDone();
    CompletableFuture<JobExecutionResult> result = submit(environment).getJobExecutionResult();
    JobExecutionResult job;
    while (true) {
      try {
        job = result.get(TICK_MILLIS, TimeUnit.MILLISECONDS);
        break;
      } catch (TimeoutException e) {
        long nanos = System.nanoTime() - start;
        long now = blocks.pairsDone();
        console.status(progress(now, before, nanos) + left(now, before, nanos));
      }
    }
    long nanos = System.nanoTime() - start;
    jobNanos += nanos;
    long done = blocks.pairsDone();
    kernelTime =
        kernelTime.plus(
            new KernelTime(
                done - before,
                job.<Long>getAccumulatorResult(RankBlocks.KERNEL_NANOS),
                job.<Long>getAccumulatorResult(RankBlocks.FIRST_PAIRS),
                job.<Long>getAccumulatorResult(RankBlocks.FIRST_NANOS)));
    trust = trust.plus(ScanEvents.in(job));
    console.line(progress(done, before, nanos));
  }

  private String progress(long done, long before, long nanos) {
    return String.format(
        Locale.ROOT,
        "%,d of %,d pairs (%d %%), %.1f M pairs/s, %d s",
        done,
        plan.pairs(),
        100 * done / plan.pairs(),
        (done - before) * 1e3 / nanos,
        TimeUnit.NANOSECONDS.toSeconds(nanos));
  }

  /** At the rate so far; nothing before the first block of this run. */
  private String left(long done, long before, long nanos) {
    if (done == before) {
      return "";
    }
    double seconds = nanos / 1e9 * (plan.pairs() - done) / (done - before);
    return String.format(Locale.ROOT, ", about %.0f s to go", seconds);
  }

  private static JobClient submit(StreamExecutionEnvironment environment)
      throws ExecutionException {
    try {
      return environment.executeAsync("population scan");
    } catch (Exception e) {
      throw new ExecutionException(e);
    }
  }
}
