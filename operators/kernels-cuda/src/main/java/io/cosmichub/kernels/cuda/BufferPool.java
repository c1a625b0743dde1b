package io.cosmichub.kernels.cuda;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.Iterator;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.LongFunction;
import java.util.function.LongUnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * Memory that is expensive to allocate, lent again and again. Any thread may lease and return; what
 * is lent is counted, so that a test can tell a leak.
 */
final class BufferPool<M> {

  private static final long LEAST_BYTES = 4096;

  private final long kept;
  private final LongUnaryOperator sizes;
  private final LongFunction<M> allocate;
  private final Consumer<M> free;
  // Those that came back last are first.
  private final Deque<Idle<M>> idle = new ArrayDeque<>();
  private long idleBytes;
  private int leased;

  /**
   * Keeps up to {@code kept} bytes for the next lease and frees what is beyond, what lay idle the
   * longest first; {@code sizes} says how many bytes are allocated for so many.
   */
  BufferPool(long kept, LongUnaryOperator sizes, LongFunction<M> allocate, Consumer<M> free) {
    this.kept = kept;
    this.sizes = sizes;
    this.allocate = allocate;
    this.free = free;
  }

  /** The next power of two, so that leases of about one size can follow each other. */
  static long powerOfTwo(long bytes) {
    return Math.max(LEAST_BYTES, Long.highestOneBit(Math.max(1, bytes - 1)) * 2);
  }

  /** Memory of at least so many bytes, with whatever it held before. */
  Lease<M> lease(long bytes) {
    long size = sizes.applyAsLong(bytes);
    M memory = takeIdle(size);
    Lease<M> lease = new Lease<>(this, memory == null ? allocate.apply(size) : memory, size);
    synchronized (this) {
      leased++;
    }
    return lease;
  }

  /** How many leases are not returned. */
  synchronized int leased() {
    return leased;
  }

  /** Frees all that is not lent. */
  void clear() {
    List<M> all = new ArrayList<>();
    synchronized (this) {
      idle.forEach(each -> all.add(each.memory));
      idle.clear();
      idleBytes = 0;
    }
    all.forEach(free);
  }

  private synchronized @Nullable M takeIdle(long size) {
    for (Iterator<Idle<M>> all = idle.iterator(); all.hasNext(); ) {
      Idle<M> each = all.next();
      if (each.size == size) {
        all.remove();
        idleBytes -= size;
        return each.memory;
      }
    }
    return null;
  }

  private void giveBack(M memory, long size) {
    List<M> beyond = new ArrayList<>();
    synchronized (this) {
      leased--;
      if (size > kept) {
        beyond.add(memory);
      } else {
        idle.addFirst(new Idle<>(memory, size));
        idleBytes += size;
      }
      while (idleBytes > kept) {
        Idle<M> last = idle.removeLast();
        idleBytes -= last.size;
        beyond.add(last.memory);
      }
    }
    beyond.forEach(free);
  }

  /** Memory that waits for its next lease. */
  private record Idle<M>(M memory, long size) {}

  /** Memory on loan until closed; closing twice is an error. */
  static final class Lease<M> implements AutoCloseable {
    private final BufferPool<M> pool;
    private final M memory;
    private final long size;
    private boolean returned;

    private Lease(BufferPool<M> pool, M memory, long size) {
      this.pool = pool;
      this.memory = memory;
      this.size = size;
    }

    M memory() {
      if (returned) {
        throw new IllegalStateException("returned");
      }
      return memory;
    }

    @Override
    public void close() {
      if (returned) {
        throw new IllegalStateException("returned twice");
      }
      returned = true;
      pool.giveBack(memory, size);
    }
  }
}
