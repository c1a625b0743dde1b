package io.cosmichub.kernels;

import io.cosmichub.aspect.AspectPolicy;
import io.cosmichub.chart.Body;
import java.util.Arrays;

/**
 * The CPU kernel with the Vector API, for policies of multiples of 30°; what it does not do faster
 * is left to loops.
 */
final class LaneKernel extends CpuKernel {

  /*
   * One cell. The distance d of two longitudes, 0 to 360°, not folded, lies nearest to the multiple k = round(d / 30°): d as a
   * float, times 1/30°, plus 2^23, has k in its lowest bits. Looked up by k are the angle, the largest orb and m of the
   * aspect; the orb is |d - angle| in whole micro-degrees. Close to half-way between two multiples the float may name either,
   * and no orb reaches that far. A missing body makes d so large that no orb is small enough, whatever k. In registers of 256
   * bits, tables have 8 entries: there d is folded to 0 to 180° first.
   */
  private static final int WIDTH = ChartBlock.WIDTH;

  /** Up to so many pairs are scored sooner one by one than as a block of sixteen. */
  private static final int FEW = 8;

  private static final boolean PACKS = LaneSpecies.WIDE && LaneSpecies.COMPRESSES;

  private final LoopKernel loops;
  private final LaneScores scores;
  private final LaneOneScore one;
  private final LaneSets sets;
  private final SweepPlan sweepPlan;
  private final boolean sums;
  private final ThreadLocal<Scratch> scratch = ThreadLocal.withInitial(Scratch::new);
  private final ThreadLocal<LaneSweep> sweep;

  LaneKernel(AspectPolicy policy, KernelSettings settings) {
    super(policy, settings);
    LanePlan plan = new LanePlan(policy, bodies, whole);
    loops = new LoopKernel(policy, settings);
    scores = new LaneScores(plan);
    one = new LaneOneScore(plan, bodies, whole);
    sets = new LaneSets(plan, bodies);
    sweepPlan = new SweepPlan(policy, bodies, whole);
    sweep = ThreadLocal.withInitial(() -> new LaneSweep(this, sweepPlan));
    sums = plan.sums;
  }

  @Override
  void fillScores(
      ChartBlock a, int i, int step, ChartBlock b, int j, int pairs, long[] into, int at) {
    if (!sums) {
      loops.fillScores(a, i, step, b, j, pairs, into, at);
      return;
    }
    Scratch mine = scratch.get();
    if (step == 0) {
      spread(a.lines(), i, mine.row);
    }
    int end = j + pairs;
    for (int first = j / WIDTH * WIDTH; first < end; first += WIDTH) {
      int start = Math.max(first, j);
      int length = Math.min(first + WIDTH, end) - start;
      if (length <= FEW && LaneSpecies.WIDE) {
        fillFew(a, i + step * (start - j), step, b, start, length, into, at + start - j);
        continue;
      }
      int group = ChartBlock.group(first);
      if (step == 0) {
        block(mine.row, 0, b.columns(), group, mine);
      } else {
        block(a.columns(), group, b.columns(), group, mine);
      }
      System.arraycopy(mine.totals, start - first, into, at + start - j, length);
    }
  }

  /** One pair after another. */
  private void fillFew(
      ChartBlock a, int i, int step, ChartBlock b, int j, int pairs, long[] into, int at) {
    for (int pair = 0; pair < pairs; pair++) {
      into[at + pair] =
          one.of(a.lines(), (i + step * pair) * Body.COUNT, b.lines(), (j + pair) * Body.COUNT);
    }
  }

  @Override
  TileRanker tileRanker() {
    return sums && sweepPlan.exists ? sweep.get().fresh() : super.tileRanker();
  }

  @Override
  void rankRow(ChartBlock charts, int a, int from, int to, Ranking into) {
    if (!sums) {
      loops.rankRow(charts, a, from, to, into);
      return;
    }
    Scratch mine = scratch.get();
    spread(charts.lines(), a, mine.row);
    for (int first = from / WIDTH * WIDTH; first < to; first += WIDTH) {
      if (first < from || first + WIDTH > to || into.coarseWidth() == 0) {
        block(mine.row, 0, charts.columns(), ChartBlock.group(first), mine);
        int end = Math.min(first + WIDTH, to);
        keep(a, first, Math.max(first, from), end, mine.totals, into);
      } else {
        rankBlock(charts, a, first, mine, into);
      }
    }
  }

  /** The scores of sixteen pairs in columns. */
  private void block(int[] a, int groupA, int[] b, int groupB, Scratch into) {
    scores.block(a, groupA, b, groupB, into.high, into.low);
    for (int lane = 0; lane < WIDTH; lane++) {
      into.totals[lane] = LaneScores.total(into.high[lane], into.low[lane]);
    }
  }

  private void rankBlock(ChartBlock charts, int a, int first, Scratch mine, Ranking into) {
    scores.block(mine.row, 0, charts.columns(), ChartBlock.group(first), mine.high, mine.low);
    int width = into.coarseWidth();
    int[] thresholds = into.coarseThresholds();
    long reached =
        LaneScores.sort(
            mine.high, into.coarseHalf(), width, mine.bins, thresholds[a], thresholds, first);
    into.count(mine.bins);
    for (; reached != 0; reached &= reached - 1) {
      int lane = Long.numberOfTrailingZeros(reached);
      into.offerBoth(a, first + lane, LaneScores.total(mine.high[lane], mine.low[lane]));
    }
  }

  /** Sixteen copies of one chart, side by side. */
  private void spread(int[] lines, int chart, int[] into) {
    for (int index = 0; index < bodies.count(); index++) {
      int slot = bodies.slot(index);
      int at = ChartBlock.row(slot) * WIDTH;
      Arrays.fill(into, at, at + WIDTH, lines[chart * Body.COUNT + slot]);
    }
  }

  @Override
  long scoreOf(int[] a, int lineA, int[] b, int lineB) {
    return sums && LaneSpecies.WIDE
        ? one.of(a, lineA, b, lineB)
        : loops.scoreOf(a, lineA, b, lineB);
  }

  @Override
  void fillDense(int[] a, int i, int step, int[] b, int j, int pairs, int[] cells, int from) {
    if (LaneSpecies.WIDE) {
      sets.dense(a, i, step, b, j, pairs, cells, from);
    } else {
      loops.fillDense(a, i, step, b, j, pairs, cells, from);
    }
  }

  @Override
  void appendSets(int[] a, int i, int step, int[] b, int j, int pairs, PackedSets into) {
    if (PACKS) {
      sets.append(a, i, step, b, j, pairs, into);
    } else {
      super.appendSets(a, i, step, b, j, pairs, into);
    }
  }

  @Override
  void appendTouched(
      int[] a, int[] b, char[] movedA, char[] movedB, int from, int pairs, PackedSets into) {
    if (PACKS) {
      sets.appendTouched(a, b, movedA, movedB, from, pairs, into, loops);
    } else {
      loops.appendTouched(a, b, movedA, movedB, from, pairs, into);
    }
  }

  /**
   * What one thread needs: sixteen copies of a chart, and of sixteen pairs the scores, the two
   * halves that they are put together from, and their bins.
   */
  private static final class Scratch {
    private final int[] row = new int[Body.COUNT * WIDTH];
    private final long[] totals = new long[WIDTH];
    private final int[] high = new int[WIDTH];
    private final int[] low = new int[WIDTH];
    private final int[] bins = new int[WIDTH];
  }
}
