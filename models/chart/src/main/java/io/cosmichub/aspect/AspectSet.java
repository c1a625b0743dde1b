package io.cosmichub.aspect;

import io.cosmichub.chart.Body;
import io.cosmichub.layout.LayoutReader;
import io.cosmichub.layout.LayoutWriter;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Every aspect that holds in a pair: a sparse 16 × 16 matrix, rows the bodies of A, columns those
 * of B. Immutable, equal by value.
 */
public final class AspectSet {
  /*
   * In memory: one 16-bit column mask for each of the 16 rows, and the hits in row-major order, so
   * that a cell is found by counting bits.
   *
   * Layout v1 (integers big-endian):
   *
   *   1    version
   *   2    mask of rows that hold a hit
   *   2*   mask of columns of each of those rows, never 0
   *   4*   hits in row-major order: code << 27 | orb, the code never 0
   *
   * About 40 aspects of ten bodies take 183 bytes.
   */
  private static final int VERSION = 1;

  /** No aspect. */
  public static final AspectSet EMPTY = new AspectSet(new char[Body.COUNT], new int[0]);

  private final char[] rows;
  private final int[] hits;

  private AspectSet(char[] rows, int[] hits) {
    this.rows = rows;
    this.hits = hits;
  }

  /** How many aspects hold. */
  public int size() {
    return hits.length;
  }

  /** Whether none holds. */
  public boolean isEmpty() {
    return hits.length == 0;
  }

  /** The hit of a cell, or 0. */
  public int hit(int row, int col) {
    int mask = rows[row];
    if ((mask >> col & 1) == 0) {
      return Hit.NONE;
    }
    int index = Integer.bitCount(mask & ((1 << col) - 1));
    for (int above = 0; above < row; above++) {
      index += Integer.bitCount(rows[above]);
    }
    return hits[index];
  }

  /** The hit of an index in row-major order, 0 to {@link #size} − 1. */
  public int hitAt(int index) {
    return hits[index];
  }

  /** One bit for each column that holds a hit in a row. */
  public int rowMask(int row) {
    return rows[row];
  }

  /** Gives every cell that holds a hit to the consumer, in row-major order. */
  public void forEach(CellConsumer consumer) {
    int next = 0;
    for (int row = 0; row < Body.COUNT; row++) {
      for (int mask = rows[row]; mask != 0; mask &= mask - 1) {
        consumer.accept(row, Integer.numberOfTrailingZeros(mask), hits[next++]);
      }
    }
  }

  /**
   * The set whose cells with a row in {@code rowsMask} or a column in {@code colsMask} are those of
   * {@code touched}, and whose other cells are those of this set.
   */
  public AspectSet replaceCells(int rowsMask, int colsMask, AspectSet touched) {
    char[] mergedRows = new char[Body.COUNT];
    int[] merged = new int[Math.min(hits.length + touched.hits.length, Body.COUNT * Body.COUNT)];
    int size = 0;
    int kept = 0;
    int taken = 0;
    for (int row = 0; row < Body.COUNT; row++) {
      int replaced = (rowsMask >> row & 1) != 0 ? Body.ALL_MASK : colsMask & Body.ALL_MASK;
      int old = rows[row];
      int fresh = touched.rows[row];
      mergedRows[row] = (char) ((old & ~replaced) | (fresh & replaced));
      for (int rest = old | fresh; rest != 0; rest &= rest - 1) {
        int bit = rest & -rest;
        int oldHit = (old & bit) != 0 ? hits[kept++] : Hit.NONE;
        int freshHit = (fresh & bit) != 0 ? touched.hits[taken++] : Hit.NONE;
        int hit = (replaced & bit) != 0 ? freshHit : oldHit;
        if (hit != Hit.NONE) {
          merged[size++] = hit;
        }
      }
    }
    return size == 0 ? EMPTY : new AspectSet(mergedRows, Arrays.copyOf(merged, size));
  }

  /** The versioned bytes. */
  public byte[] toBytes() {
    int present = 0;
    for (int row = 0; row < Body.COUNT; row++) {
      present |= rows[row] != 0 ? 1 << row : 0;
    }
    LayoutWriter out =
        new LayoutWriter(VERSION, 3 + 2 * Integer.bitCount(present) + 4 * hits.length);
    out.putShort(present);
    for (char row : rows) {
      if (row != 0) {
        out.putShort(row);
      }
    }
    for (int hit : hits) {
      out.putInt(hit);
    }
    return out.toBytes();
  }

  /** Reads {@link #toBytes}; {@link IllegalArgumentException} on anything else. */
  public static AspectSet fromBytes(byte[] bytes) {
    LayoutReader in = new LayoutReader("AspectSet", bytes, VERSION);
    int present = in.getShort();
    char[] rows = new char[Body.COUNT];
    int size = 0;
    for (int row = 0; row < Body.COUNT; row++) {
      if ((present >> row & 1) != 0) {
        rows[row] = (char) in.getShort();
        if (rows[row] == 0) {
          throw in.broken("a row without columns");
        }
        size += Integer.bitCount(rows[row]);
      }
    }
    int[] hits = new int[size];
    for (int i = 0; i < size; i++) {
      hits[i] = in.getInt();
      if (Hit.code(hits[i]) == 0) {
        throw in.broken("a hit without code");
      }
    }
    in.end();
    return size == 0 ? EMPTY : new AspectSet(rows, hits);
  }

  /**
   * The set with these column masks, one for each of the 16 rows, and the hits {@code from} to
   * {@code to}, in row-major order; {@link IllegalArgumentException} if their numbers differ or a
   * hit has no code.
   */
  public static AspectSet of(char[] rows, int[] hits, int from, int to) {
    int cells = 0;
    for (int row = 0; row < Body.COUNT; row++) {
      cells += Integer.bitCount(rows[row]);
    }
    boolean coded = true;
    for (int i = from; i < to; i++) {
      coded &= Hit.code(hits[i]) != 0;
    }
    if (cells != to - from || !coded) {
      throw new IllegalArgumentException(
          cells + " cells and " + (to - from) + " hits, or one without a code");
    }
    return cells == 0 ? EMPTY : new AspectSet(rows.clone(), Arrays.copyOfRange(hits, from, to));
  }

  /** Starts a set; the builder may be used again after {@link Builder#build}. */
  public static Builder builder() {
    return new Builder();
  }

  @Override
  public boolean equals(@Nullable Object object) {
    return object instanceof AspectSet other
        && Arrays.equals(rows, other.rows)
        && Arrays.equals(hits, other.hits);
  }

  @Override
  public int hashCode() {
    return 31 * Arrays.hashCode(rows) + Arrays.hashCode(hits);
  }

  /** Names how many aspects hold. */
  @Override
  public String toString() {
    return "AspectSet[" + hits.length + " aspects]";
  }

  /** Takes the cells of a set in row-major order. Reusable; not thread-safe. */
  public static final class Builder {
    private final char[] rows = new char[Body.COUNT];
    private final int[] hits = new int[Body.COUNT * Body.COUNT];
    private int size;
    private int lastCell = -1;

    private Builder() {}

    /**
     * Adds a cell; {@link IllegalArgumentException} if it does not come after the last one, lies
     * outside 16 × 16, or the hit has no code.
     */
    public Builder put(int row, int col, int hit) {
      int cell = row * Body.COUNT + col;
      if ((row | col) >>> 4 != 0 || cell <= lastCell || Hit.code(hit) == 0) {
        throw new IllegalArgumentException(
            "cell (" + row + ", " + col + ") is out of order or range, or holds no hit");
      }
      rows[row] |= (char) (1 << col);
      hits[size++] = hit;
      lastCell = cell;
      return this;
    }

    /** The set; the builder is empty again. */
    public AspectSet build() {
      AspectSet built = size == 0 ? EMPTY : new AspectSet(rows.clone(), Arrays.copyOf(hits, size));
      Arrays.fill(rows, (char) 0);
      size = 0;
      lastCell = -1;
      return built;
    }
  }
}
