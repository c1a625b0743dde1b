package io.cosmichub.benchmarks;

import io.cosmichub.aspect.AspectPolicy;
import io.cosmichub.kernels.BatchKernel;
import io.cosmichub.kernels.DenseSets;
import io.cosmichub.kernels.KernelSettings;
import io.cosmichub.kernels.Kernels;
import io.cosmichub.kernels.PackedSets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/**
 * The CPU kernel on so many threads, each of which computes a slice of a batch into buffers of its
 * own: the best that the CPU can do, for nothing is put together afterwards.
 */
final class CpuCores implements AutoCloseable {

  private final int threads;
  private final BatchKernel slices;
  private final BatchKernel whole;
  private final ExecutorService pool;

  CpuCores(AspectPolicy policy, int threads, long memory) {
    this.threads = threads;
    slices = Kernels.open(SampleKernels.VECTOR, policy, new KernelSettings(1, memory));
    whole = Kernels.open(SampleKernels.VECTOR, policy, new KernelSettings(threads, memory));
    pool = Executors.newFixedThreadPool(threads);
  }

  /** Computes pairs {@code from} to {@code to} of a batch. */
  @FunctionalInterface
  interface Slice {
    void compute(BatchKernel kernel, int from, int to, Buffers into);
  }

  /** Where the results of a slice go; each grows when it is first filled. */
  static final class Buffers {
    private final PackedSets packed;
    private final DenseSets dense;
    private final long[] scores;

    Buffers(AspectPolicy policy, int pairs) {
      packed = new PackedSets(policy);
      dense = new DenseSets(policy);
      scores = new long[pairs];
    }

    PackedSets packed() {
      return packed;
    }

    DenseSets dense() {
      return dense;
    }

    long[] scores() {
      return scores;
    }
  }

  int threads() {
    return threads;
  }

  /** The kernel that shares all against all between its own threads. */
  BatchKernel kernel() {
    return whole;
  }

  /** A run of a batch of so many pairs, which can be repeated. */
  Runnable batch(int pairs, Slice slice) {
    List<Callable<Integer>> parts = new ArrayList<>();
    for (int thread = 0; thread < threads; thread++) {
      int from = (int) ((long) pairs * thread / threads);
      int to = (int) ((long) pairs * (thread + 1) / threads);
      Buffers buffers = new Buffers(slices.policy(), to - from);
      parts.add(
          () -> {
            slice.compute(slices, from, to, buffers);
            return to - from;
          });
    }
    return () -> run(parts);
  }

  private void run(List<Callable<Integer>> parts) {
    try {
      for (Future<Integer> part : pool.invokeAll(parts)) {
        part.get();
      }
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while measuring", interrupted);
    } catch (ExecutionException failed) {
      throw new IllegalStateException("a slice failed", failed.getCause());
    }
  }

  @Override
  public void close() {
    pool.shutdown();
    slices.close();
    whole.close();
  }
}
