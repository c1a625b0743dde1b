package io.cosmichub.kernels;

import static io.cosmichub.kernels.LaneSpecies.DOUBLES;

import java.nio.LongBuffer;
import java.util.Arrays;
import jdk.incubator.vector.DoubleVector;
import jdk.incubator.vector.VectorOperators;

/**
 * All pairs of some charts with many others, eight rows side by side: not cell by cell, but once
 * round the circle. Of one thread.
 */
final class LaneSweep implements TileRanker {

  /*
   * Against a fixed chart A, what body j of B adds is a function of its longitude x alone: the sum over A's bodies i of
   * (2wi + 2wj) · m · (max orb - orb), made of straight lines. With S the sum without weights and W that weighed by 2wi it is
   * W(x) + 2wj · S(x). The bodies of all B are taken by ascending longitude. Between two turns of any of the eight charts A lines
   * stay the same, as slope and value at 0°; a body then takes three multiplications for all eight. All are whole numbers below
   * 2^53, exact as doubles in any order.
   *
   * No vector goes around a loop: Java 17 would put it on the heap (see LaneRuns).
   */

  private static final int ROWS = DOUBLES.length();

  /** With fewer columns than this the turns cost more than the cells that they spare. */
  private static final int LEAST = 768;

  /** Added to a double below 2⁵¹, leaves the nearest whole number in the lowest bits. */
  private static final double TO_LOWEST_BITS = 3L << 51;

  private static final long BITS = Double.doubleToRawLongBits(TO_LOWEST_BITS);

  /** Of each lane, a vector that has 1 there and 0 elsewhere. */
  private static final double[] ONES = new double[ROWS * ROWS];

  static {
    for (int lane = 0; lane < ROWS; lane++) {
      ONES[lane * ROWS + lane] = 1;
    }
  }

  private final CpuKernel kernel;
  private final SweepPlan plan;
  private final SweepPoints points;
  private final SweepTurns turns;
  // Column by column, the scores with each row; 0 but while a sweep adds them up.
  private double[] totals = new double[0];
  private final double[] limits = new double[ROWS];
  private final double[] found = new double[ROWS];
  private final long[] bins = new long[ROWS];
  private final long[] histogram = new long[Ranking.BINS];

  LaneSweep(CpuKernel kernel, SweepPlan plan) {
    this.kernel = kernel;
    this.plan = plan;
    points = new SweepPoints(kernel.bodies, plan);
    turns = new SweepTurns(kernel.bodies, plan, ROWS);
  }

  /** This, which knows nothing of what charts were before. */
  LaneSweep fresh() {
    points.clear();
    Arrays.fill(totals, 0);
    Arrays.fill(histogram, 0);
    return this;
  }

  @Override
  public void rank(
      ChartBlock charts, int fromRow, int toRow, int fromColumn, int toColumn, Ranking into) {
    int end = Math.min(toRow, toColumn);
    int first = Math.max(fromColumn, fromRow);
    int row = fromRow;
    if (toColumn - first >= LEAST && fromRow + ROWS <= end) {
      points.take(charts, fromColumn, toColumn, first);
      totals =
          totals.length < (toColumn - fromColumn) * ROWS
              ? new double[(toColumn - fromColumn) * ROWS]
              : totals;
      for (; row + ROWS <= end; row += ROWS) {
        turns.take(charts, row);
        sweep();
        keep(row, fromColumn, toColumn, first, into);
      }
      into.count(LongBuffer.wrap(histogram));
      Arrays.fill(histogram, 0);
    }
    for (; row < end; row++) {
      kernel.rankRow(charts, row, Math.max(fromColumn, row + 1), toColumn, into);
    }
  }

  /** Adds up the scores of the rows with all columns. */
  private void sweep() {
    double[] longitudes = points.longitudes();
    double[] weights = points.weights();
    int[] columns = points.charts();
    double[] lines = turns.lines();
    double[] into = totals;
    int point = 0;
    for (long turn : turns.sorted()) {
      double longitude = SweepTurns.longitude(turn);
      DoubleVector slope = DoubleVector.fromArray(DOUBLES, lines, 0);
      DoubleVector value = DoubleVector.fromArray(DOUBLES, lines, ROWS);
      DoubleVector weighedSlope = DoubleVector.fromArray(DOUBLES, lines, 2 * ROWS);
      DoubleVector weighedValue = DoubleVector.fromArray(DOUBLES, lines, 3 * ROWS);
      for (; longitudes[point] < longitude; point++) {
        DoubleVector weight = DoubleVector.broadcast(DOUBLES, weights[point]);
        int at = columns[point] * ROWS;
        slope
            .fma(weight, weighedSlope)
            .fma(
                DoubleVector.broadcast(DOUBLES, longitudes[point]),
                value.fma(weight, weighedValue).add(DoubleVector.fromArray(DOUBLES, into, at)))
            .intoArray(into, at);
      }
      if (longitudes[point] == Double.POSITIVE_INFINITY) {
        return;
      }
      DoubleVector one = DoubleVector.fromArray(DOUBLES, ONES, SweepTurns.lane(turn) * ROWS);
      double bend = plan.bends[SweepTurns.bend(turn)];
      double weighed = bend * plan.weights[SweepTurns.slot(turn)];
      one.fma(DoubleVector.broadcast(DOUBLES, bend), slope).intoArray(lines, 0);
      one.fma(DoubleVector.broadcast(DOUBLES, -bend * longitude), value).intoArray(lines, ROWS);
      one.fma(DoubleVector.broadcast(DOUBLES, weighed), weighedSlope).intoArray(lines, 2 * ROWS);
      one.fma(DoubleVector.broadcast(DOUBLES, -weighed * longitude), weighedValue)
          .intoArray(lines, 3 * ROWS);
    }
  }

  /** Takes the scores of the rows from {@code a} on with all columns, and clears them. */
  private void keep(int a, int fromColumn, int toColumn, int first, Ranking into) {
    int b = Math.max(first, a + 1);
    int beyond = Math.max(first, Math.min(toColumn, a + ROWS));
    for (; b < beyond; b++) {
      for (int lane = 0; lane < b - a; lane++) {
        long total = (long) totals[(b - fromColumn) * ROWS + lane];
        into.count(total);
        into.offerBoth(a + lane, b, total);
      }
    }
    Arrays.fill(totals, (first - fromColumn) * ROWS, (beyond - fromColumn) * ROWS, 0);
    int[] thresholds = into.coarseThresholds();
    while (true) {
      for (int lane = 0; lane < ROWS; lane++) {
        limits[lane] = Ranking.fine(thresholds[a + lane]);
      }
      b = count(fromColumn, b, toColumn, into);
      if (b == toColumn) {
        return;
      }
      for (int lane = 0; lane < ROWS; lane++) {
        if (found[lane] >= limits[lane] || found[lane] >= Ranking.fine(thresholds[b])) {
          into.offerBoth(a + lane, b, (long) found[lane]);
        }
      }
      b++;
    }
  }

  /**
   * Counts and clears the scores of column {@code b} and the ones after it, up to one with a score
   * that may be kept: that is left in {@code found}, and the column returned; else the end.
   */
  private int count(int fromColumn, int b, int toColumn, Ranking into) {
    double[] scores = totals;
    int[] thresholds = into.coarseThresholds();
    double half = into.half();
    double width = into.width();
    DoubleVector ofRows = DoubleVector.fromArray(DOUBLES, limits, 0);
    double perWidth = 1 / width;
    int column = b;
    for (; column < toColumn; column++) {
      int at = (column - fromColumn) * ROWS;
      DoubleVector total = DoubleVector.fromArray(DOUBLES, scores, at);
      DoubleVector.zero(DOUBLES).intoArray(scores, at);
      DoubleVector above = total.add(half);
      // The nearest whole number, or one less where that is above.
      DoubleVector bin =
          above.fma(
              DoubleVector.broadcast(DOUBLES, perWidth),
              DoubleVector.broadcast(DOUBLES, TO_LOWEST_BITS));
      bin.reinterpretAsLongs()
          .sub(BITS)
          .add(
              bin.sub(TO_LOWEST_BITS)
                  .fma(DoubleVector.broadcast(DOUBLES, -width), above)
                  .reinterpretAsLongs()
                  .lanewise(VectorOperators.ASHR, Long.SIZE - 1))
          .max(0)
          .min(Ranking.BINS - 1)
          .intoArray(bins, 0);
      for (int lane = 0; lane < ROWS; lane++) {
        histogram[(int) bins[lane]]++;
      }
      if (total
          .compare(VectorOperators.GE, ofRows)
          .or(total.compare(VectorOperators.GE, Ranking.fine(thresholds[column])))
          .anyTrue()) {
        total.intoArray(found, 0);
        break;
      }
    }
    return column;
  }
}
