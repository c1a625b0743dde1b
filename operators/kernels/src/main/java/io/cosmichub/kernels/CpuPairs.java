package io.cosmichub.kernels;

import io.cosmichub.aspect.AspectPolicy;
import io.cosmichub.aspect.AspectSet;
import io.cosmichub.chart.Body;
import io.cosmichub.chart.Longitudes;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;

/**
 * What both forms of the CPU kernel do with pairs: they answer on the calling thread, in blocks
 * that stay in the cache, which other threads share where there are many. The forms compute the
 * blocks.
 */
abstract class CpuPairs implements BatchKernel {

  private static final int LANES = ChartBlock.WIDTH;

  /** How many pairs with a moved body take about as long as one whole pair. */
  static final int TOUCHED_AS_ONE = 4;

  final PolicyBodies bodies;
  final WholeScore whole;
  final AspectPolicy policy;
  private final KernelSettings settings;
  private final ThreadLocal<Scratch> scratch;
  final KernelThreads threads;

  CpuPairs(AspectPolicy policy, KernelSettings settings) {
    this.policy = Objects.requireNonNull(policy, "policy");
    this.settings = settings;
    bodies = PolicyBodies.of(policy);
    whole = new WholeScore(policy);
    scratch = ThreadLocal.withInitial(() -> new Scratch(policy));
    threads = new KernelThreads(settings.threads());
  }

  @Override
  public String name() {
    return VectorKernelProvider.NAME;
  }

  @Override
  public AspectPolicy policy() {
    return policy;
  }

  @Override
  public final long memory() {
    return settings.memory();
  }

  @Override
  public boolean answersAtOnce() {
    return true;
  }

  @Override
  public CompletableFuture<AspectSet> touched(Longitudes a, Longitudes b, int movedA, int movedB) {
    Scratch mine = scratch.get();
    ChartBlock.line(a, mine.lineA);
    ChartBlock.line(b, mine.lineB);
    mine.set.start(policy, 1);
    mine.set.reserve(1);
    if ((movedA & bodies.mask()) == bodies.mask() || (movedB & bodies.mask()) == bodies.mask()) {
      appendSets(mine.lineA, 0, 1, mine.lineB, 0, 1, mine.set);
    } else {
      mine.movedA[0] = (char) movedA;
      mine.movedB[0] = (char) movedB;
      appendTouched(mine.lineA, mine.lineB, mine.movedA, mine.movedB, 0, 1, mine.set);
    }
    mine.set.added(1);
    return CompletableFuture.completedFuture(mine.set.set(0));
  }

  @Override
  public final void sets(ChartBlock a, ChartBlock b, int from, int to, PackedSets into) {
    Ranges.check(a, b, from, to);
    fillSets(a.lines(), from, 1, b.lines(), from, to - from, into);
  }

  @Override
  public final void sets(
      ChartBlock a, int one, ChartBlock many, int from, int to, PackedSets into) {
    Ranges.check(a, one, many, from, to);
    fillSets(a.lines(), one, 0, many.lines(), from, to - from, into);
  }

  private void fillSets(int[] a, int i, int step, int[] b, int j, int pairs, PackedSets into) {
    into.start(policy, pairs, settings.memory());
    if (threads.split(pairs)) {
      pack(
          pairs,
          KernelThreads.BLOCK,
          into,
          (first, now, own) -> append(a, i + step * first, step, b, j + first, now, own));
    } else {
      append(a, i, step, b, j, pairs, into);
    }
  }

  private void append(int[] a, int i, int step, int[] b, int j, int pairs, PackedSets into) {
    for (int done = 0; done < pairs; ) {
      int now = Math.min(LANES * LANES, pairs - done);
      into.reserve(now);
      appendSets(a, i + step * done, step, b, j + done, now, into);
      into.added(now);
      done += now;
    }
  }

  private void pack(int pairs, int block, PackedSets into, PackedBlocks.Appender appender) {
    PackedBlocks.pack(
        threads,
        pairs,
        block,
        into,
        () -> scratch.get().set,
        (first, now, own) -> {
          own.start(policy, now);
          appender.append(first, now, own);
        });
  }

  @Override
  public final void touched(
      ChartBlock a, ChartBlock b, char[] movedA, char[] movedB, int from, int to, PackedSets into) {
    Ranges.check(a, b, from, to);
    Objects.checkFromToIndex(from, to, Math.min(movedA.length, movedB.length));
    int pairs = to - from;
    into.start(policy, pairs, settings.memory());
    if (threads.split(pairs / TOUCHED_AS_ONE)) {
      pack(
          pairs,
          TOUCHED_AS_ONE * KernelThreads.BLOCK,
          into,
          (first, now, own) -> append(a, b, movedA, movedB, from + first, now, own));
    } else {
      append(a, b, movedA, movedB, from, pairs, into);
    }
  }

  private void append(
      ChartBlock a,
      ChartBlock b,
      char[] movedA,
      char[] movedB,
      int from,
      int pairs,
      PackedSets into) {
    for (int done = 0; done < pairs; ) {
      int now = Math.min(LANES * LANES, pairs - done);
      into.reserve(now);
      appendTouched(a.lines(), b.lines(), movedA, movedB, from + done, now, into);
      into.added(now);
      done += now;
    }
  }

  @Override
  public final void dense(ChartBlock a, ChartBlock b, int from, int to, DenseSets into) {
    Ranges.check(a, b, from, to);
    int pairs = to - from;
    int[] cells = into.fill(policy, pairs, settings.memory());
    if (threads.split(pairs)) {
      threads.shareBlocks(
          pairs, (first, now) -> fillOnly(a.lines(), b.lines(), from + first, now, cells, first));
    } else {
      fillDense(a.lines(), from, 1, b.lines(), from, pairs, cells, 0);
    }
  }

  /** As {@link #fillDense}, and nothing past the last cell: there another thread writes. */
  private void fillOnly(int[] a, int[] b, int from, int pairs, int[] cells, int first) {
    int side = bodies.cells();
    int aside = Math.min(pairs, (LANES + side - 2) / side);
    int direct = pairs - aside;
    fillDense(a, from, 1, b, from, direct, cells, first * side);
    int[] last = scratch.get().cells;
    fillDense(a, from + direct, 1, b, from + direct, aside, last, 0);
    System.arraycopy(last, 0, cells, (first + direct) * side, aside * side);
  }

  @Override
  public final long score(ChartBlock a, int i, ChartBlock b, int j) {
    whole.require();
    return scoreOf(
        a.lines(),
        Objects.checkIndex(i, a.size()) * Body.COUNT,
        b.lines(),
        Objects.checkIndex(j, b.size()) * Body.COUNT);
  }

  @Override
  public final void scores(ChartBlock a, ChartBlock b, int from, int to, long[] into) {
    whole.require();
    Ranges.check(a, b, from, to);
    Objects.checkFromIndexSize(0, to - from, into.length);
    score(a, from, 1, b, from, to - from, into);
  }

  @Override
  public final void scores(ChartBlock a, int one, ChartBlock many, int from, int to, long[] into) {
    whole.require();
    Ranges.check(a, one, many, from, to);
    Objects.checkFromIndexSize(0, to - from, into.length);
    score(a, one, 0, many, from, to - from, into);
  }

  private void score(ChartBlock a, int i, int step, ChartBlock b, int j, int pairs, long[] into) {
    if (threads.split(pairs)) {
      threads.shareBlocks(
          pairs,
          (first, now) -> fillScores(a, i + step * first, step, b, j + first, now, into, first));
    } else {
      fillScores(a, i, step, b, j, pairs, into, 0);
    }
  }

  @Override
  public void close() {
    threads.close();
  }

  // --- what a form computes
  // -----------------------------------------------------------------------

  /**
   * Writes the cells of {@code pairs} pairs of lines from charts {@code i} and {@code j} to {@code
   * cells[from]} and on; A advances by {@code step} charts a pair. May write a whole vector past
   * the last.
   */
  abstract void fillDense(
      int[] a, int i, int step, int[] b, int j, int pairs, int[] cells, int from);

  /** Appends the sets of the same pairs. */
  void appendSets(int[] a, int i, int step, int[] b, int j, int pairs, PackedSets into) {
    int[] cells = scratch.get().cells;
    for (int done = 0; done < pairs; done += LANES) {
      int now = Math.min(LANES, pairs - done);
      fillDense(a, i + step * done, step, b, j + done, now, cells, 0);
      for (int pair = 0; pair < now; pair++) {
        into.put(into.size() + done + pair, cells, pair * bodies.cells());
      }
    }
  }

  /** Appends the touched cells of the pairs {@code from} to {@code from + pairs}. */
  abstract void appendTouched(
      int[] a, int[] b, char[] movedA, char[] movedB, int from, int pairs, PackedSets into);

  /** The score of the charts whose lines start at {@code lineA} and {@code lineB}. */
  abstract long scoreOf(int[] a, int lineA, int[] b, int lineB);

  /**
   * The scores of pairs of charts {@code i} and {@code j}, to {@code into[at]} and on; A advances
   * by {@code step} a pair.
   */
  abstract void fillScores(
      ChartBlock a, int i, int step, ChartBlock b, int j, int pairs, long[] into, int at);

  /** What one thread needs while it computes. */
  private static final class Scratch {
    private final int[] lineA = new int[Body.COUNT];
    private final int[] lineB = new int[Body.COUNT];
    private final char[] movedA = new char[1];
    private final char[] movedB = new char[1];
    private final int[] cells;
    private final PackedSets set;

    private Scratch(AspectPolicy policy) {
      cells = new int[LANES * (PolicyBodies.of(policy).cells() + 1)];
      set = new PackedSets(policy);
    }
  }
}
