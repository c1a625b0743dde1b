package io.cosmichub.kernels;

import io.cosmichub.chart.Body;

/**
 * Finds the best partners of charts on one thread: a pair whose bound cannot enter the best of
 * either chart is passed over, any other is scored.
 */
final class BestRows {

  /*
   * Row by row, in chunks. Where more than half of a chunk may be kept (the first rows, equal charts, charts that come better and
   * better) all of it is scored side by side, and so are the next chunks, up to 64 of them, before bounds are tried again.
   */

  /** Fewer pairs do not pay for a table. */
  private static final int LEAST = 512;

  private static final int CHUNK = 512;
  private static final int LONGEST_PAUSE = 64;

  private final CpuKernel kernel;
  private final ChartBlock charts;
  private final char[] entries;
  private final ScreenTable table;
  private final int[] reached = new int[CHUNK];
  // Chunks that are scored whole after one that bounds did not thin out, and how many are left.
  private int pause;
  private int whole;

  BestRows(CpuKernel kernel, ScreenPlan plan, ChartBlock charts, char[] entries) {
    this.kernel = kernel;
    this.charts = charts;
    this.entries = entries;
    table = new ScreenTable(plan, kernel.bodies);
  }

  /** Takes tiles into a ranking until none is left. */
  void take(Tiles tiles, Ranking into) {
    for (int tile = tiles.next(); tile >= 0; tile = tiles.next()) {
      int end = tiles.endOfRows(tile);
      for (int a = tiles.rows(tile); a < end; a++) {
        row(a, Math.max(tiles.columns(tile), a + 1), tiles.endOfColumns(tile), into);
      }
      tiles.done(tile);
    }
  }

  /** Takes chart {@code a} with charts {@code from} to {@code to} into a ranking. */
  private void row(int a, int from, int to, Ranking into) {
    if (to - from < LEAST) {
      kernel.rankRow(charts, a, from, to, into);
      return;
    }
    boolean made = false;
    for (int first = from; first < to; ) {
      int end = Math.min((first / CHUNK + 1) * CHUNK, to);
      if (whole > 0) {
        whole--;
        kernel.rankRow(charts, a, first, end, into);
      } else {
        if (!made) {
          table.of(charts, a);
          made = true;
        }
        screen(a, first, end, into);
      }
      first = end;
    }
  }

  private void screen(int a, int from, int to, Ranking into) {
    int[] thresholds = into.coarseThresholds();
    int count = table.reach(entries, from, to, thresholds[a], thresholds, reached);
    if (2 * count > to - from) {
      pause = Math.min(LONGEST_PAUSE, 2 * pause + 1);
      whole = pause;
      kernel.rankRow(charts, a, from, to, into);
      return;
    }
    pause = 0;
    int[] lines = charts.lines();
    for (int at = 0; at < count; at++) {
      int b = reached[at];
      into.offerBoth(a, b, kernel.scoreOf(lines, a * Body.COUNT, lines, b * Body.COUNT));
    }
  }
}
