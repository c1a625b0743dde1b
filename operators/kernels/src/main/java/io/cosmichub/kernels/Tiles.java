package io.cosmichub.kernels;

import java.util.concurrent.atomic.AtomicInteger;

/**
 * The tiles of the upper triangle of all against all, handed out one by one to any number of
 * threads.
 */
final class Tiles {

  /**
   * Columns of a tile at most: their scores with eight rows take 768 KiB of the second-level cache.
   */
  private static final int MOST_COLUMNS = 12_288;

  /** Rows of a tile: few, so that threads end at about the same time. */
  private static final int ROWS = 256;

  private static final int LONG_COLUMNS = 1 << 16;
  private static final int LONG_ROWS = 64;

  private final int width;
  private final int height;
  // Tiles of the first column of tiles; those right of it have twice as many, three times, …
  private final int inFirst;
  private final ChartBlock charts;
  private final Progress progress;
  private final int count;
  private final AtomicInteger next = new AtomicInteger();
  private long pairsDone;

  Tiles(ChartBlock charts, Progress progress) {
    this(charts, progress, width(charts.size()), ROWS);
  }

  private Tiles(ChartBlock charts, Progress progress, int width, int height) {
    this.width = width;
    this.height = height;
    inFirst = width / height;
    this.charts = charts;
    this.progress = progress;
    int full = charts.size() / width;
    int rest = charts.size() % width == 0 ? 0 : (charts.size() + height - 1) / height;
    count = inFirst * full * (full + 1) / 2 + rest;
  }

  /** How wide a tile is where so many columns are cut into tiles of about the same width. */
  static int width(int columns) {
    int tiles = Math.max(1, (columns + MOST_COLUMNS - 1) / MOST_COLUMNS);
    return Math.max(ROWS, (columns / tiles + ROWS) / ROWS * ROWS);
  }

  /** Tiles for work that prepares something for each row of one: few, and long. */
  static Tiles ofLongRows(ChartBlock charts, Progress progress) {
    return new Tiles(charts, progress, LONG_COLUMNS, LONG_ROWS);
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

  /** The first chart of the rows. */
  int rows(int tile) {
    int column = column(tile);
    return (tile - inFirst * column * (column + 1) / 2) * height;
  }

  int endOfRows(int tile) {
    return Math.min(rows(tile) + height, charts.size());
  }

  /** The first chart of the columns. */
  int columns(int tile) {
    return column(tile) * width;
  }

  int endOfColumns(int tile) {
    return Math.min(columns(tile) + width, charts.size());
  }

  /** Tile t lies in the last column of tiles c with c(c + 1)/2 · inFirst ≤ t. */
  private int column(int tile) {
    return (int) ((Math.sqrt(8.0 * tile / inFirst + 1) - 1) / 2);
  }

  /** Says that every pair of a tile is computed. */
  synchronized void done(int tile) {
    long size = charts.size();
    for (int row = rows(tile); row < endOfRows(tile); row++) {
      pairsDone += Math.max(0, endOfColumns(tile) - Math.max(columns(tile), row + 1));
    }
    progress.pairs(pairsDone, size * (size - 1) / 2);
  }
}
