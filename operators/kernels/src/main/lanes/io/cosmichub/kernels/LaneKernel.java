package io.cosmichub.kernels;

import io.cosmichub.aspect.AspectPolicy;

/**
 * The CPU kernel with the Vector API, for policies of multiples of 30°; what it does not do faster
 * is left to tables.
 */
final class LaneKernel extends CpuKernel {

  /*
   * One cell. The distance d of two longitudes, 0 to 360°, not folded, lies nearest to the multiple k = round(d / 30°): d as a
   * float, times 1/30°, plus 2^23, has k in its lowest bits. Looked up by k are the angle, the largest orb and m of the
   * aspect; the orb is |d - angle| in whole micro-degrees. Close to half-way between two multiples the float may name either,
   * and no orb reaches that far. A missing body makes d so large that no orb is small enough, whatever k. In registers of 256
   * bits, tables have 8 entries: there d is folded to 0 to 180° first.
   */
  private static final boolean PACKS = LaneSpecies.WIDE && LaneSpecies.COMPRESSES;

  private final TableKernel tables;
  private final LaneScores scores;
  private final LaneSets sets;
  private final boolean sums;

  LaneKernel(AspectPolicy policy, KernelSettings settings) {
    super(policy, settings);
    LanePlan plan = new LanePlan(policy, bodies, whole);
    tables = new TableKernel(policy, settings);
    scores = new LaneScores(plan, bodies, whole);
    sets = new LaneSets(plan, bodies);
    sums = plan.sums;
  }

  @Override
  void block(int[] a, int groupA, int[] b, int groupB, Sums into) {
    if (!sums) {
      tables.block(a, groupA, b, groupB, into);
      return;
    }
    scores.block(a, groupA, b, groupB, into.high, into.low);
    for (int lane = 0; lane < ChartBlock.WIDTH; lane++) {
      into.totals[lane] = LaneScores.total(into.high[lane], into.low[lane]);
    }
  }

  @Override
  void rankBlock(int[] row, ChartBlock charts, int a, int first, Sums halves, Ranking into) {
    int width = into.coarseWidth();
    if (!sums || width == 0) {
      super.rankBlock(row, charts, a, first, halves, into);
      return;
    }
    scores.block(row, 0, charts.columns(), ChartBlock.group(first), halves.high, halves.low);
    int[] thresholds = into.coarseThresholds();
    long reached =
        LaneScores.sort(
            halves.high, into.coarseHalf(), width, halves.bins, thresholds[a], thresholds, first);
    into.count(halves.bins);
    for (; reached != 0; reached &= reached - 1) {
      int lane = Long.numberOfTrailingZeros(reached);
      into.offerBoth(a, first + lane, LaneScores.total(halves.high[lane], halves.low[lane]));
    }
  }

  @Override
  long scoreOf(int[] a, int lineA, int[] b, int lineB) {
    return sums && LaneSpecies.WIDE
        ? scores.one(a, lineA, b, lineB)
        : tables.scoreOf(a, lineA, b, lineB);
  }

  @Override
  void fillDense(int[] a, int i, int step, int[] b, int j, int pairs, int[] cells) {
    if (LaneSpecies.WIDE) {
      sets.dense(a, i, step, b, j, pairs, cells);
    } else {
      tables.fillDense(a, i, step, b, j, pairs, cells);
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
      sets.appendTouched(a, b, movedA, movedB, from, pairs, into, tables);
    } else {
      tables.appendTouched(a, b, movedA, movedB, from, pairs, into);
    }
  }
}
