package io.cosmichub.kernels;

import java.util.concurrent.atomic.AtomicInteger;

/**
 * The tiles of the upper triangle of all against all, handed out one by one to any number of
 * threads.
 */
final class Tiles {

  /** Rows and columns of a tile: columns of 10 bodies take 160 KiB of the second-level cache. */
  private static final int TILE = 256 * ChartBlock.WIDTH;

  private final ChartBlock charts;
  private final Progress progress;
  private final int count;
  private final AtomicInteger next = new AtomicInteger();
  private long pairsDone;

  Tiles(ChartBlock charts, Progress progress) {
    this.charts = charts;
    this.progress = progress;
    int side = (charts.size() + TILE - 1) / TILE;
    count = side * (side + 1) / 2;
  }

  ChartBlock charts() {
    return charts;
  }

  int count() {
    return count;
  }

  /** A tile that nobody has yet, or −1. */
  int next() {
    int tile = next.getAndIncrement();
    return tile < count ? tile : -1;
  }

  /** The first chart of the rows. Tile t lies in the column c of tiles with c(c + 1)/2 ≤ t. */
  int rows(int tile) {
    int column = columns(tile) / TILE;
    return (tile - column * (column + 1) / 2) * TILE;
  }

  int endOfRows(int tile) {
    return Math.min(rows(tile) + TILE, charts.size());
  }

  int columns(int tile) {
    int column = (int) ((Math.sqrt(8.0 * tile + 1) - 1) / 2);
    return column * TILE;
  }

  int endOfColumns(int tile) {
    return Math.min(columns(tile) + TILE, charts.size());
  }

  /** Says that every pair of a tile is computed. */
  synchronized void done(int tile) {
    long rows = (long) endOfRows(tile) - rows(tile);
    long columns = (long) endOfColumns(tile) - columns(tile);
    long all = charts.size() * (charts.size() - 1L) / 2;
    pairsDone += rows(tile) == columns(tile) ? rows * (rows - 1) / 2 : rows * columns;
    progress.pairs(pairsDone, all);
  }
}
