package io.cosmichub.kernels.guard;

import io.cosmichub.aspect.AspectPolicy;
import io.cosmichub.aspect.AspectSet;
import io.cosmichub.chart.Body;
import io.cosmichub.chart.Longitudes;
import io.cosmichub.chart.MicroDegrees;
import io.cosmichub.kernels.BatchKernel;
import io.cosmichub.kernels.ChartBlock;
import io.cosmichub.kernels.DenseSets;
import io.cosmichub.kernels.PackedSets;
import io.cosmichub.kernels.Progress;
import io.cosmichub.kernels.Ranking;
import io.cosmichub.kernels.ReferenceKernel;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;

/** A kernel that fails as it is told; only the touched cells can be asked of it. */
public final class FaultyKernel implements BatchKernel {

  private final ReferenceKernel truth = new ReferenceKernel(AspectPolicy.classic());
  private final Supplier<Fault> next;
  private final Runnable hang;
  private boolean poisoned;

  private final AtomicInteger calls = new AtomicInteger();
  private final AtomicInteger flips = new AtomicInteger();
  private final AtomicInteger closed = new AtomicInteger();

  /** Before each call asks {@code next} what is to happen; a hang lasts as long as {@code hang}. */
  public FaultyKernel(Supplier<Fault> next, Runnable hang) {
    this.next = next;
    this.hang = hang;
  }

  /** The calls so far. */
  public int calls() {
    return calls.get();
  }

  /** The calls that answered wrongly without a sign. */
  public int flips() {
    return flips.get();
  }

  /** How often it was closed. */
  public int closed() {
    return closed.get();
  }

  @Override
  public String name() {
    return "faulty";
  }

  @Override
  public AspectPolicy policy() {
    return truth.policy();
  }

  @Override
  public CompletableFuture<AspectSet> touched(Longitudes a, Longitudes b, int movedA, int movedB) {
    Longitudes read = happen() ? flipped(a, b, movedA, movedB) : a;
    return truth.touched(read, b, movedA, movedB);
  }

  @Override
  public void touched(
      ChartBlock a, ChartBlock b, char[] movedA, char[] movedB, int from, int to, PackedSets into) {
    if (happen()) {
      ChartBlock read = new ChartBlock(a.size());
      for (int pair = 0; pair < a.size(); pair++) {
        read.add(a.at(pair));
      }
      int hit = (from + to) / 2;
      read.set(hit, flipped(a.at(hit), b.at(hit), movedA[hit], movedB[hit]));
      truth.touched(read, b, movedA, movedB, from, to, into);
    } else {
      truth.touched(a, b, movedA, movedB, from, to, into);
    }
  }

  /** Lets what is next happen; whether it is a flip. */
  private boolean happen() {
    calls.incrementAndGet();
    Fault fault = next.get();
    if (poisoned) {
      throw new IllegalStateException("error 700: an illegal memory access was encountered");
    }
    switch (fault) {
      case NONE, BIT_FLIP -> {}
      case OUT_OF_MEMORY -> throw new IllegalStateException("error 2: out of memory");
      case ILLEGAL_ADDRESS -> {
        poisoned = true;
        throw new IllegalStateException("error 700: an illegal memory access was encountered");
      }
      case LAUNCH_TIMEOUT -> throw new IllegalStateException("error 702: launch timed out");
      case ECC -> throw new IllegalStateException("error 214: uncorrectable ECC error");
      case HANG -> hang.run();
      case MISSING_LIBRARY -> throw new UnsatisfiedLinkError("no such library");
    }
    return fault == Fault.BIT_FLIP || fault == Fault.HANG;
  }

  /**
   * A with the first bit the other way round that makes a difference; counts it if there is one.
   */
  private Longitudes flipped(Longitudes a, Longitudes b, int movedA, int movedB) {
    AspectSet right = truth.aspects(a, b, movedA, movedB);
    for (int bit = 0; bit < 28; bit++) {
      for (int slot = 0; slot < Body.COUNT; slot++) {
        int value = Math.floorMod(a.at(slot) ^ 1 << bit, MicroDegrees.CIRCLE);
        Longitudes read = a.has(slot) ? a.with(slot, value) : a;
        if (!truth.aspects(read, b, movedA, movedB).equals(right)) {
          flips.incrementAndGet();
          return read;
        }
      }
    }
    return a;
  }

  @Override
  public void close() {
    closed.incrementAndGet();
  }

  // --- what no guard asks for
  // ---------------------------------------------------------------------

  @Override
  public void sets(ChartBlock a, ChartBlock b, int from, int to, PackedSets into) {
    throw new UnsupportedOperationException();
  }

  @Override
  public void sets(ChartBlock a, int one, ChartBlock many, int from, int to, PackedSets into) {
    throw new UnsupportedOperationException();
  }

  @Override
  public void dense(ChartBlock a, ChartBlock b, int from, int to, DenseSets into) {
    throw new UnsupportedOperationException();
  }

  @Override
  public long score(ChartBlock a, int i, ChartBlock b, int j) {
    throw new UnsupportedOperationException();
  }

  @Override
  public void scores(ChartBlock a, ChartBlock b, int from, int to, long[] into) {
    throw new UnsupportedOperationException();
  }

  @Override
  public void scores(ChartBlock a, int one, ChartBlock many, int from, int to, long[] into) {
    throw new UnsupportedOperationException();
  }

  @Override
  public Ranking rank(ChartBlock charts, int best, Progress progress) {
    throw new UnsupportedOperationException();
  }
}
