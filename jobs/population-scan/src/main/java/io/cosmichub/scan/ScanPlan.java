package io.cosmichub.scan;

import io.cosmichub.kernels.Ranking;
import java.io.Serializable;

/**
 * All against all, cut into blocks: the upper triangle of a square of charts, in squares of its
 * own, row by row.
 *
 * @param charts how many charts there are
 * @param side how many charts a block has on a side, at most
 * @param best how many partners are kept of each chart
 */
record ScanPlan(int charts, int side, int best) implements Serializable {

  private static final int STRIPS = 8;
  private static final int LEAST_SIDE = 256;
  private static final int MOST_SIDE = 8_192;
  private static final long CHART_IN_KERNEL = 256;
  private static final long CHART_WITH_ID = 320;

  /** Eight strips, or more where blocks would be too big to be done again. */
  static ScanPlan of(int charts, int best) {
    int side = (charts + STRIPS - 1) / STRIPS;
    return new ScanPlan(charts, Math.max(LEAST_SIDE, Math.min(MOST_SIDE, side)), best);
  }

  /**
   * A block: charts {@code fromRow} to {@code toRow} with those of {@code fromColumn} to {@code
   * toColumn} that come after them.
   */
  record Block(int fromRow, int toRow, int fromColumn, int toColumn) {

    boolean isDiagonal() {
      return fromRow == fromColumn;
    }

    long pairs() {
      long rows = (long) toRow - fromRow;
      return isDiagonal() ? rows * (rows - 1) / 2 : rows * (toColumn - fromColumn);
    }
  }

  int blocks() {
    int strips = strips();
    return strips * (strips + 1) / 2;
  }

  Block block(int number) {
    int row = 0;
    int rest = number;
    for (int width = strips(); rest >= width; width--) {
      rest -= width;
      row++;
    }
    int column = row + rest;
    return new Block(row * side, end(row), column * side, end(column));
  }

  long pairs() {
    return (long) charts * (charts - 1) / 2;
  }

  /**
   * About how much memory a scan in so many subtasks takes at most: each has the charts and a
   * ranking, and whoever puts the blocks together has two rankings and the charts with their ids.
   */
  long bytes(int subtasks) {
    long rankings = (subtasks + 2) * Ranking.bytes(charts, best);
    return rankings + (long) charts * (subtasks * CHART_IN_KERNEL + CHART_WITH_ID);
  }

  private int strips() {
    return (charts + side - 1) / side;
  }

  private int end(int strip) {
    return Math.min(charts, (strip + 1) * side);
  }
}
