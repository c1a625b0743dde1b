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
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;

/** A kernel that fails as it is told. */
public final class FaultyKernel implements BatchKernel {

  private final ReferenceKernel truth = new ReferenceKernel(AspectPolicy.classic());
  private final Supplier<Fault> next;
  private final Runnable hang;
  private boolean poisoned;

  private final AtomicInteger calls = new AtomicInteger();
  private final AtomicInteger flips = new AtomicInteger();
  private final AtomicInteger closed = new AtomicInteger();
  private final List<String> distrusted = new CopyOnWriteArrayList<>();

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

  /** Why it was said to be wrong, each time. */
  List<String> distrusted() {
    return distrusted;
  }

  @Override
  public void distrust(String why) {
    distrusted.add(why);
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
  public long memory() {
    return truth.memory();
  }

  @Override
  public CompletableFuture<AspectSet> touched(Longitudes a, Longitudes b, int movedA, int movedB) {
    Longitudes read = happen() ? flipped(a, b, movedA, movedB) : a;
    return truth.touched(read, b, movedA, movedB);
  }

  @Override
  public void touched(
      ChartBlock a, ChartBlock b, char[] movedA, char[] movedB, int from, int to, PackedSets into) {
    int hit = (from + to) / 2;
    ChartBlock read = happen() ? flipped(a, hit, b, hit, movedA[hit], movedB[hit]) : a;
    truth.touched(read, b, movedA, movedB, from, to, into);
  }

  @Override
  public void sets(ChartBlock a, ChartBlock b, int from, int to, PackedSets into) {
    truth.sets(read(a, (from + to) / 2, b, (from + to) / 2), b, from, to, into);
  }

  @Override
  public void sets(ChartBlock a, int one, ChartBlock many, int from, int to, PackedSets into) {
    truth.sets(read(a, one, many, from), one, many, from, to, into);
  }

  @Override
  public void dense(ChartBlock a, ChartBlock b, int from, int to, DenseSets into) {
    truth.dense(read(a, (from + to) / 2, b, (from + to) / 2), b, from, to, into);
  }

  @Override
  public long score(ChartBlock a, int i, ChartBlock b, int j) {
    return truth.score(read(a, i, b, j), i, b, j);
  }

  @Override
  public void scores(ChartBlock a, ChartBlock b, int from, int to, long[] into) {
    truth.scores(read(a, (from + to) / 2, b, (from + to) / 2), b, from, to, into);
  }

  @Override
  public void scores(ChartBlock a, int one, ChartBlock many, int from, int to, long[] into) {
    truth.scores(read(a, one, many, from), one, many, from, to, into);
  }

  @Override
  public Ranking rank(ChartBlock charts, int best, Progress progress) {
    return truth.rank(read(charts, 0, charts, charts.size() - 1), best, progress);
  }

  @Override
  public void rank(
      ChartBlock charts, int fromRow, int toRow, int fromColumn, int toColumn, Ranking into) {
    ChartBlock read = read(charts, fromRow, charts, toColumn - 1);
    truth.rank(read, fromRow, toRow, fromColumn, toColumn, into);
  }

  /** Charts as this kernel reads them, after what happens next. */
  private ChartBlock read(ChartBlock a, int i, ChartBlock b, int j) {
    return happen() ? flipped(a, i, b, j, Body.ALL_MASK, Body.ALL_MASK) : a;
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

  private ChartBlock flipped(ChartBlock a, int i, ChartBlock b, int j, int movedA, int movedB) {
    ChartBlock read = new ChartBlock(a.size());
    for (int chart = 0; chart < a.size(); chart++) {
      read.add(a.at(chart));
    }
    read.set(i, flipped(a.at(i), b.at(j), movedA, movedB));
    return read;
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
}
