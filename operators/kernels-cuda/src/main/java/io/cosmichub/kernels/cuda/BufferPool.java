package io.cosmichub.kernels.cuda;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
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
  private final Map<Long, Deque<M>> idle = new HashMap<>();
  private long idleBytes;
  private int leased;

  /**
   * Keeps up to {@code kept} bytes for the next lease and frees what is beyond; {@code sizes} says
   * how many bytes are allocated for so many.
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
      idle.values().forEach(all::addAll);
      idle.clear();
      idleBytes = 0;
    }
    all.forEach(free);
  }

  private synchronized @Nullable M takeIdle(long size) {
    Deque<M> ofSize = idle.get(size);
    M memory = ofSize == null ? null : ofSize.pollFirst();
    idleBytes -= memory == null ? 0 : size;
    return memory;
  }

  private void giveBack(M memory, long size) {
    synchronized (this) {
      leased--;
      if (idleBytes + size <= kept) {
        idleBytes += size;
        idle.computeIfAbsent(size, none -> new ArrayDeque<>()).addFirst(memory);
        return;
      }
    }
    free.accept(memory);
  }

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
