package io.cosmichub.kernels;

import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Supplier;

/**
 * Packs the sets of one batch on several threads: each packs a block of pairs aside, and copies it
 * to where the blocks before it end.
 */
final class PackedBlocks {

  /*
   * Blocks are taken in their order, so whoever waits for the place of one waits for a block that another thread is at. The
   * place of the next block is told before this one is copied. A block is small enough to stay in the cache until it is.
   */
  private static final int SPINS = 1_000;
  private static final long PAUSE_NANOS = 10_000;
  private static final int FAILED = -1;

  private final PackedSets into;
  private final int pairs;
  private final int size;
  private final int count;
  private final Appender appender;
  private final AtomicInteger next = new AtomicInteger();
  // The number of the block whose place is known, above the number of hits before it; or FAILED.
  private final AtomicLong known = new AtomicLong();

  private PackedBlocks(PackedSets into, int pairs, int size, Appender appender) {
    this.into = into;
    this.pairs = pairs;
    this.size = size;
    this.appender = appender;
    count = (pairs + size - 1) / size;
  }

  /** Appends the sets of some consecutive pairs. */
  @FunctionalInterface
  interface Appender {
    void append(int first, int pairs, PackedSets into);
  }

  /**
   * Packs {@code pairs} pairs into sets that are started, in blocks of {@code size}; {@code own}
   * gives each thread a buffer.
   */
  static void pack(
      KernelThreads threads,
      int pairs,
      int size,
      PackedSets into,
      Supplier<PackedSets> own,
      Appender appender) {
    into.reserve(pairs);
    PackedBlocks blocks = new PackedBlocks(into, pairs, size, appender);
    threads.share(blocks.count, number -> blocks.take(own.get()));
    into.added(pairs);
  }

  private void take(PackedSets own) {
    boolean whole = false;
    try {
      for (int block = next.getAndIncrement(); block < count; block = next.getAndIncrement()) {
        int first = block * size;
        appender.append(first, Math.min(size, pairs - first), own);
        long before = await(block);
        int place = (int) before;
        long after = (block + 1L) << Integer.SIZE | Math.addExact(place, own.hits());
        if (before == FAILED || !known.compareAndSet(before, after)) {
          break;
        }
        into.put(first, place, own);
      }
      whole = true;
    } finally {
      if (!whole) {
        known.set(FAILED);
      }
    }
  }

  /** How many hits lie before a block, below its number; {@code FAILED} if another thread did. */
  private long await(int block) {
    for (int spins = 0; ; spins++) {
      long now = known.get();
      if (now == FAILED || now >>> Integer.SIZE == block) {
        return now;
      }
      if (spins < SPINS) {
        Thread.onSpinWait();
      } else {
        LockSupport.parkNanos(this, PAUSE_NANOS);
      }
    }
  }
}
