package io.cosmichub.kernels;

import io.cosmichub.aspect.AspectPolicy;
import io.cosmichub.aspect.AspectSet;
import io.cosmichub.chart.Body;
import io.cosmichub.chart.Longitudes;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/**
 * What both forms of the CPU kernel share: it answers on the calling thread, in blocks that stay in
 * the cache, and splits all against all over a pool. The forms compute the blocks.
 */
abstract class CpuKernel implements BatchKernel {

  private static final int LANES = ChartBlock.WIDTH;

  final PolicyBodies bodies;
  final WholeScore whole;
  private final AspectPolicy policy;
  private final KernelSettings settings;
  private final ThreadLocal<Scratch> scratch;
  private final RankingPool pool;
  private @Nullable ScreenPlan screenPlan;

  CpuKernel(AspectPolicy policy, KernelSettings settings) {
    this.policy = Objects.requireNonNull(policy, "policy");
    this.settings = settings;
    bodies = PolicyBodies.of(policy);
    whole = new WholeScore(policy);
    scratch = ThreadLocal.withInitial(() -> new Scratch(policy));
    pool = new RankingPool(settings);
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
    into.start(policy, pairs);
    for (int done = 0; done < pairs; ) {
      int now = Math.min(LANES * LANES, pairs - done);
      into.reserve(now);
      appendSets(a, i + step * done, step, b, j + done, now, into);
      into.added(now);
      done += now;
    }
  }

  @Override
  public final void touched(
      ChartBlock a, ChartBlock b, char[] movedA, char[] movedB, int from, int to, PackedSets into) {
    Ranges.check(a, b, from, to);
    Objects.checkFromToIndex(from, to, Math.min(movedA.length, movedB.length));
    into.start(policy, to - from);
    for (int at = from; at < to; ) {
      int now = Math.min(LANES * LANES, to - at);
      into.reserve(now);
      appendTouched(a.lines(), b.lines(), movedA, movedB, at, now, into);
      into.added(now);
      at += now;
    }
  }

  @Override
  public final void dense(ChartBlock a, ChartBlock b, int from, int to, DenseSets into) {
    Ranges.check(a, b, from, to);
    int[] cells = into.fill(policy, to - from);
    fillDense(a.lines(), from, 1, b.lines(), from, to - from, cells);
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
    fillScores(a, from, 1, b, from, to - from, into);
  }

  @Override
  public final void scores(ChartBlock a, int one, ChartBlock many, int from, int to, long[] into) {
    whole.require();
    Ranges.check(a, one, many, from, to);
    Objects.checkFromIndexSize(0, to - from, into.length);
    fillScores(a, one, 0, many, from, to - from, into);
  }

  // --- all against all
  // ----------------------------------------------------------------------------

  @Override
  public final Ranking rank(ChartBlock charts, int best, Progress progress) {
    whole.require();
    Ranges.checkMemory(charts.size(), best, settings.memory());
    return share(charts, best, new Tiles(charts, progress), this::rankTiles);
  }

  @Override
  public final Ranking best(ChartBlock charts, int best, Progress progress) {
    whole.require();
    Ranges.checkMemory(charts.size(), best, settings.memory());
    ScreenPlan plan = screenPlan();
    if (!plan.exists()) {
      return rank(charts, best, progress).withoutHistogram();
    }
    char[] entries = ScreenTable.entries(plan, bodies, charts);
    return share(
            charts,
            best,
            Tiles.ofLongRows(charts, progress),
            (tiles, into) -> new BestRows(this, plan, charts, entries).take(tiles, into))
        .withoutHistogram();
  }

  private Ranking share(ChartBlock charts, int best, Tiles tiles, BiConsumer<Tiles, Ranking> work) {
    return pool.share(
        tiles,
        Ranking.bytes(charts.size(), best),
        () -> new Ranking(charts.size(), best, bodies.cells()),
        work);
  }

  /** Made when it is first asked for: most kernels never are. */
  private synchronized ScreenPlan screenPlan() {
    ScreenPlan made = screenPlan;
    if (made == null) {
      made = new ScreenPlan(policy, bodies, whole);
      screenPlan = made;
    }
    return made;
  }

  @Override
  public final void rank(
      ChartBlock charts, int fromRow, int toRow, int fromColumn, int toColumn, Ranking into) {
    whole.require();
    Ranges.check(charts, fromRow, toRow, fromColumn, toColumn, into);
    for (int column = fromColumn; column < toColumn; column += Tiles.COLUMNS) {
      int end = Math.min(column + Tiles.COLUMNS, toColumn);
      for (int a = fromRow; a < Math.min(toRow, end); a++) {
        rankRow(charts, a, Math.max(column, a + 1), end, into);
      }
    }
  }

  private void rankTiles(Tiles tiles, Ranking into) {
    for (int tile = tiles.next(); tile >= 0; tile = tiles.next()) {
      int end = tiles.endOfRows(tile);
      for (int a = tiles.rows(tile); a < end; a++) {
        rankRow(
            tiles.charts(),
            a,
            Math.max(tiles.columns(tile), a + 1),
            tiles.endOfColumns(tile),
            into);
      }
      tiles.done(tile);
    }
  }

  /** Takes the scores of chart {@code a}, those of b being totals[b − first], into a ranking. */
  static void keep(int a, int first, int from, int to, long[] totals, Ranking into) {
    for (int b = from; b < to; b++) {
      into.count(totals[b - first]);
      into.offerBoth(a, b, totals[b - first]);
    }
  }

  @Override
  public void close() {
    pool.close();
  }

  // --- what a form computes
  // -----------------------------------------------------------------------

  /**
   * Writes the cells of {@code pairs} pairs of lines from charts {@code i} and {@code j}; A
   * advances by {@code step} charts a pair. May write a whole vector past the last.
   */
  abstract void fillDense(int[] a, int i, int step, int[] b, int j, int pairs, int[] cells);

  /** Appends the sets of the same pairs. */
  void appendSets(int[] a, int i, int step, int[] b, int j, int pairs, PackedSets into) {
    int[] cells = scratch.get().cells;
    for (int done = 0; done < pairs; done += LANES) {
      int now = Math.min(LANES, pairs - done);
      fillDense(a, i + step * done, step, b, j + done, now, cells);
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

  /** The scores of pairs of charts {@code i} and {@code j}; A advances by {@code step} a pair. */
  abstract void fillScores(
      ChartBlock a, int i, int step, ChartBlock b, int j, int pairs, long[] into);

  /** Takes the scores of chart {@code a} with charts {@code from} to {@code to} into a ranking. */
  abstract void rankRow(ChartBlock charts, int a, int from, int to, Ranking into);

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
