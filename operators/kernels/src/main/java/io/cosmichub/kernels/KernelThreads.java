package io.cosmichub.kernels;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.IntConsumer;
import org.jspecify.annotations.Nullable;

/**
 * The threads of a kernel: whichever one calls, and others of a pool, which help it where there is
 * enough to do. A caller never waits for help that has not begun; with a closed pool it is alone.
 */
final class KernelThreads {

  /** Pairs that a thread takes at a time: some microseconds of work. */
  static final int BLOCK = 512;

  /** From how many pairs on work is split; fewer are done before another thread is of much help. */
  static final int LEAST_PAIRS = 16 * BLOCK;

  /** What those of the pool are called. */
  static final String NAME = "cosmichub-kernel";

  private final int most;
  private final ExecutorService others;

  /** {@code most} threads together, the calling one among them. */
  KernelThreads(int most) {
    this(most, pool(Math.max(1, most - 1)));
  }

  /** The others are those of a pool that drops what it is handed after its end. */
  KernelThreads(int most, ExecutorService others) {
    this.most = most;
    this.others = others;
  }

  private static ExecutorService pool(int threads) {
    return new ThreadPoolExecutor(
        threads,
        threads,
        0,
        TimeUnit.SECONDS,
        new LinkedBlockingQueue<>(),
        KernelThreads::start,
        new ThreadPoolExecutor.DiscardPolicy());
  }

  private static Thread start(Runnable work) {
    Thread thread = new Thread(work, NAME);
    thread.setDaemon(true);
    return thread;
  }

  /** How many there are, the calling thread among them. */
  int most() {
    return most;
  }

  /** Whether so many pairs are worth more than the calling thread. */
  boolean split(long pairs) {
    return most > 1 && pairs >= LEAST_PAIRS;
  }

  /** What is done for some consecutive pairs. */
  @FunctionalInterface
  interface Block {
    void compute(int first, int pairs);
  }

  /** Has each block of {@code pairs} pairs computed once, by any thread and in any order. */
  void shareBlocks(int pairs, Block work) {
    AtomicInteger next = new AtomicInteger();
    int blocks = (pairs + BLOCK - 1) / BLOCK;
    share(
        blocks,
        number -> {
          for (int block = next.getAndIncrement(); block < blocks; block = next.getAndIncrement()) {
            int first = block * BLOCK;
            work.compute(first, Math.min(BLOCK, pairs - first));
          }
        });
  }

  /**
   * Does {@code work} on the calling thread, as number 0, and meanwhile on those of the pool that
   * are free, up to {@code workers} together. Returns when all that began have ended, and throws
   * what one of them threw; so {@code work} is to take pieces until none is left.
   */
  void share(int workers, IntConsumer work) {
    List<Help> helps = new ArrayList<>();
    Throwable failure = tried(() -> begin(helps, Math.min(most, workers), work));
    for (Help help : helps) {
      Throwable its = help.end();
      failure = failure == null ? its : failure;
    }
    if (failure instanceof Error error) {
      throw error;
    }
    if (failure != null) {
      throw (RuntimeException) failure;
    }
  }

  private void begin(List<Help> helps, int workers, IntConsumer work) {
    for (int number = 1; number < workers; number++) {
      Help help = new Help(work, number);
      helps.add(help);
      others.execute(help);
    }
    work.accept(0);
  }

  private static @Nullable Throwable tried(Runnable work) {
    try {
      work.run();
      return null;
    } catch (RuntimeException | Error thrown) {
      return thrown;
    }
  }

  /** Ends the pool once what has begun is done. */
  void close() {
    others.shutdown();
  }

  /** What one thread of the pool is asked for: it begins, or is withdrawn before. */
  private static final class Help implements Runnable {
    private final int number;
    // Null once it is taken: a busy pool may hold one that is withdrawn for long.
    private final AtomicReference<@Nullable IntConsumer> work;
    private final CountDownLatch ended = new CountDownLatch(1);
    // Read after the latch.
    private @Nullable Throwable failure;

    private Help(IntConsumer work, int number) {
      this.work = new AtomicReference<>(work);
      this.number = number;
    }

    @Override
    public void run() {
      IntConsumer taken = work.getAndSet(null);
      if (taken != null) {
        failure = tried(() -> taken.accept(number));
        ended.countDown();
      }
    }

    /**
     * Withdraws it, or waits for its end and tells its failure: even if interrupted, for it writes
     * to what is the caller's.
     */
    @Nullable Throwable end() {
      if (work.getAndSet(null) != null) {
        return null;
      }
      boolean interrupted = false;
      while (true) {
        try {
          ended.await();
          break;
        } catch (InterruptedException again) {
          interrupted = true;
        }
      }
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
      return failure;
    }
  }
}
