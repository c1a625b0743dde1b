package io.cosmichub.kernels;

import io.cosmichub.chart.Body;
import java.util.Arrays;

/**
 * What one chart may score at most with any other: ten look-ups for a chart of ten bodies, where
 * the score itself takes a hundred cells. One thread's.
 */
final class ScreenTable {

  private final ScreenPlan plan;
  private final PolicyBodies bodies;
  private final short[] table;
  private final int[] slice = new int[ScreenPlan.BINS];
  private final int[] sums = new int[ScreenPlan.BINS];
  private final int[] weighted = new int[ScreenPlan.BINS];

  ScreenTable(ScreenPlan plan, PolicyBodies bodies) {
    this.plan = plan;
    this.bodies = bodies;
    table = new short[plan.weights.length * ScreenPlan.BINS + 1];
  }

  /** All charts as the entries that their bodies have in a table; chart by chart. */
  static char[] entries(ScreenPlan plan, PolicyBodies bodies, ChartBlock charts) {
    char[] entries = new char[Math.multiplyExact(charts.size(), bodies.count())];
    for (int chart = 0; chart < charts.size(); chart++) {
      enter(plan, bodies, charts, chart, entries);
    }
    return entries;
  }

  /** Writes the entries of one chart where {@link #entries} has them. */
  static void enter(
      ScreenPlan plan, PolicyBodies bodies, ChartBlock charts, int chart, char[] entries) {
    int side = bodies.count();
    int missing = plan.weights.length * ScreenPlan.BINS;
    for (int index = 0; index < side; index++) {
      int longitude = charts.lines()[chart * Body.COUNT + bodies.slot(index)];
      entries[chart * side + index] =
          (char)
              (longitude == ChartBlock.ABSENT
                  ? missing
                  : plan.weightOf[index] * ScreenPlan.BINS + longitude / ScreenPlan.WIDTH);
    }
  }

  /** Makes this the table of a chart. */
  void of(ChartBlock charts, int chart) {
    Arrays.fill(sums, 0);
    Arrays.fill(weighted, 0);
    for (int index = 0; index < bodies.count(); index++) {
      int longitude = charts.lines()[chart * Body.COUNT + bodies.slot(index)];
      if (longitude != ChartBlock.ABSENT) {
        plan.bounds(longitude, slice);
        add(slice, plan.weights[plan.weightOf[index]], sums, weighted);
      }
    }
    for (int w = 0; w < plan.weights.length; w++) {
      weigh(sums, weighted, plan.weights[w], plan.entryBits, slice);
      for (int bin = 0; bin < slice.length; bin++) {
        table[w * ScreenPlan.BINS + bin] = (short) slice[bin];
      }
    }
  }

  private static void add(int[] slice, int weight, int[] sums, int[] weighted) {
    for (int bin = 0; bin < ScreenPlan.BINS; bin++) {
      sums[bin] += slice[bin];
      weighted[bin] += weight * slice[bin];
    }
  }

  private static void weigh(int[] sums, int[] weighted, int weight, int bits, int[] into) {
    int up = (1 << bits) - 1;
    for (int bin = 0; bin < ScreenPlan.BINS; bin++) {
      into[bin] = (weighted[bin] + weight * sums[bin] + up) >> bits;
    }
  }

  /**
   * Which charts {@code from} to {@code to} may reach a threshold, {@code row} or their own; how
   * many.
   */
  int reach(char[] entries, int from, int to, int row, int[] thresholds, int[] reached) {
    return bodies.count() == 10
        ? reachOfTen(table, entries, from, to, row, thresholds, plan.thresholdBits, reached)
        : reachOfAny(
            table, entries, bodies.count(), from, to, row, thresholds, plan.thresholdBits, reached);
  }

  private static int reachOfTen(
      short[] table,
      char[] entries,
      int from,
      int to,
      int row,
      int[] thresholds,
      int bits,
      int[] reached) {
    int count = 0;
    for (int chart = from; chart < to; chart++) {
      int bound =
          table[entries[chart * 10]]
              + table[entries[chart * 10 + 1]]
              + table[entries[chart * 10 + 2]]
              + table[entries[chart * 10 + 3]]
              + table[entries[chart * 10 + 4]]
              + table[entries[chart * 10 + 5]]
              + table[entries[chart * 10 + 6]]
              + table[entries[chart * 10 + 7]]
              + table[entries[chart * 10 + 8]]
              + table[entries[chart * 10 + 9]];
      if (bound >= Math.min(row, thresholds[chart]) >> bits) {
        reached[count++] = chart;
      }
    }
    return count;
  }

  private static int reachOfAny(
      short[] table,
      char[] entries,
      int side,
      int from,
      int to,
      int row,
      int[] thresholds,
      int bits,
      int[] reached) {
    int count = 0;
    for (int chart = from; chart < to; chart++) {
      int bound = 0;
      for (int at = chart * side; at < chart * side + side; at++) {
        bound += table[entries[at]];
      }
      if (bound >= Math.min(row, thresholds[chart]) >> bits) {
        reached[count++] = chart;
      }
    }
    return count;
  }
}
