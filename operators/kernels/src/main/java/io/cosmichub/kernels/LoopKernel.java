package io.cosmichub.kernels;

import io.cosmichub.aspect.AspectPolicy;
import io.cosmichub.aspect.Hit;
import io.cosmichub.chart.Body;

/** The CPU kernel without the Vector API, in loops that the compiler vectorizes; for any policy. */
final class LoopKernel extends CpuKernel {

  /** From how many pairs on they are laid side by side. */
  private static final int MANY = 6;

  private final AspectLoops loops;
  private final LoopWeights weights;
  private final boolean sums;
  private final ThreadLocal<Scratch> scratch;

  LoopKernel(AspectPolicy policy, KernelSettings settings) {
    super(policy, settings);
    loops = new AspectLoops(policy, whole);
    weights = new LoopWeights(policy, bodies, whole);
    sums = weights.fit() && loops.areApart();
    scratch = ThreadLocal.withInitial(() -> new Scratch(loops, bodies, weights));
  }

  @Override
  void appendSets(int[] a, int i, int step, int[] b, int j, int pairs, PackedSets into) {
    Scratch mine = scratch.get();
    for (int done = 0; done < pairs; done += PairBlock.PAIRS) {
      int now = Math.min(PairBlock.PAIRS, pairs - done);
      int first = into.size() + done;
      if (now < MANY) {
        mine.list(a, i + step * done, step, b, j + done, now)
            .append(into, first, into.endArray()[first]);
      } else {
        mine.block.load(a, i + step * done, step, b, j + done, now);
        mine.block.append(now, into, first);
      }
    }
  }

  @Override
  void fillDense(int[] a, int i, int step, int[] b, int j, int pairs, int[] cells, int from) {
    Scratch mine = scratch.get();
    int side = bodies.cells();
    for (int done = 0; done < pairs; done += PairBlock.PAIRS) {
      int now = Math.min(PairBlock.PAIRS, pairs - done);
      if (now < MANY) {
        int[] hits = mine.list(a, i + step * done, step, b, j + done, now).hits();
        System.arraycopy(hits, 0, cells, from + done * side, now * side);
      } else {
        mine.block.load(a, i + step * done, step, b, j + done, now);
        mine.block.dense(now, cells, from + done * side);
      }
    }
  }

  @Override
  void appendTouched(
      int[] a, int[] b, char[] movedA, char[] movedB, int from, int pairs, PackedSets into) {
    CellList cells = scratch.get().cells;
    int end = into.hits();
    for (int done = 0; done < pairs; done += CellList.PAIRS) {
      int to = from + Math.min(done + CellList.PAIRS, pairs);
      cells.clear();
      for (int at = from + done; at < to; at++) {
        int line = at * Body.COUNT;
        cells.add(a, line, b, line, movedA[at], movedB[at]);
      }
      end = cells.append(into, into.size() + done, end);
    }
  }

  /** Appends the touched cells of one pair, whose hits start at {@code end}; the new end. */
  int append(
      int[] a,
      int lineA,
      int[] b,
      int lineB,
      int movedA,
      int movedB,
      PackedSets into,
      int pair,
      int end) {
    CellList cells = scratch.get().cells;
    cells.clear();
    cells.add(a, lineA, b, lineB, movedA, movedB);
    return cells.append(into, pair, end);
  }

  @Override
  long scoreOf(int[] a, int lineA, int[] b, int lineB) {
    CellList cells = scratch.get().cells;
    cells.clear();
    cells.add(a, lineA, b, lineB, Body.ALL_MASK, Body.ALL_MASK);
    return sums ? weighed(cells.strengths()) : ofHits(cells.hits());
  }

  private long weighed(int[] strengths) {
    long[] weighing = weights.ofCells();
    long total = 0;
    for (int cell = 0; cell < weighing.length; cell++) {
      total += weighing[cell] * strengths[cell];
    }
    return total;
  }

  private long ofHits(int[] hits) {
    long[] weighing = weights.ofCells();
    long total = 0;
    for (int cell = 0; cell < weighing.length; cell++) {
      int code = Hit.code(hits[cell]);
      if (code != 0) {
        int left = policy().aspect(code).maxOrb() - Hit.orb(hits[cell]);
        total += weighing[cell] * whole.multiplier(code) * left;
      }
    }
    return total;
  }

  @Override
  void fillScores(
      ChartBlock a, int i, int step, ChartBlock b, int j, int pairs, long[] into, int at) {
    Scratch mine = scratch.get();
    for (int done = 0; done < pairs; done += PairBlock.PAIRS) {
      int now = Math.min(PairBlock.PAIRS, pairs - done);
      fillScores(mine, a, i + step * done, step, b, j + done, now, into, at + done);
    }
  }

  @Override
  void rankRow(ChartBlock charts, int a, int from, int to, Ranking into) {
    Scratch mine = scratch.get();
    for (int first = from; first < to; first += PairBlock.PAIRS) {
      int now = Math.min(PairBlock.PAIRS, to - first);
      fillScores(mine, charts, a, 0, charts, first, now, mine.totals, 0);
      keep(a, first, first, first + now, mine.totals, into);
    }
  }

  private void fillScores(
      Scratch mine,
      ChartBlock a,
      int i,
      int step,
      ChartBlock b,
      int j,
      int pairs,
      long[] into,
      int at) {
    if (sums && pairs >= MANY) {
      mine.block.load(a.lines(), i, step, b.lines(), j, pairs);
      mine.block.scores(pairs, into, at);
      return;
    }
    for (int pair = 0; pair < pairs; pair++) {
      int lineA = (i + step * pair) * Body.COUNT;
      into[at + pair] = scoreOf(a.lines(), lineA, b.lines(), (j + pair) * Body.COUNT);
    }
  }

  /** What one thread needs while it computes. */
  private static final class Scratch {
    private final PairBlock block;
    private final CellList cells;
    private final long[] totals = new long[PairBlock.PAIRS];

    private Scratch(AspectLoops loops, PolicyBodies bodies, LoopWeights weights) {
      block = new PairBlock(loops, bodies, weights);
      cells = new CellList(loops, bodies);
    }

    private CellList list(int[] a, int i, int step, int[] b, int j, int pairs) {
      cells.clear();
      for (int pair = 0; pair < pairs; pair++) {
        int lineA = (i + step * pair) * Body.COUNT;
        cells.add(a, lineA, b, (j + pair) * Body.COUNT, Body.ALL_MASK, Body.ALL_MASK);
      }
      return cells;
    }
  }
}
