package io.cosmichub.aspect;

import io.cosmichub.chart.Body;
import java.util.ArrayList;
import java.util.List;

/** Differences between two aspect sets of one pair, and their folding. */
public final class AspectDelta {
  private AspectDelta() {}

  /** The cells that differ, in row-major order; empty if the sets are equal. Unmodifiable. */
  public static List<CellChange> between(AspectSet before, AspectSet after) {
    List<CellChange> changes = new ArrayList<>();
    int left = 0;
    int right = 0;
    for (int row = 0; row < Body.COUNT; row++) {
      int old = before.rowMask(row);
      int fresh = after.rowMask(row);
      for (int rest = old | fresh; rest != 0; rest &= rest - 1) {
        int bit = rest & -rest;
        int from = (old & bit) != 0 ? before.hitAt(left++) : Hit.NONE;
        int to = (fresh & bit) != 0 ? after.hitAt(right++) : Hit.NONE;
        if (from != to) {
          changes.add(new CellChange(row, Integer.numberOfTrailingZeros(bit), from, to));
        }
      }
    }
    return List.copyOf(changes);
  }

  /**
   * The set after the changes, which are in row-major order and each of which must find its {@code
   * before}; {@link IllegalStateException} otherwise.
   */
  public static AspectSet fold(AspectSet before, List<CellChange> changes) {
    Merge merge = new Merge(before, changes.size());
    for (CellChange change : changes) {
      merge.replace(change, change.before(), change.after());
    }
    return merge.toSet();
  }

  /**
   * The set before the changes, which are in row-major order and each of which must find its {@code
   * after}; {@link IllegalStateException} otherwise.
   */
  public static AspectSet unfold(AspectSet after, List<CellChange> changes) {
    Merge merge = new Merge(after, changes.size());
    for (CellChange change : changes) {
      merge.replace(change, change.after(), change.before());
    }
    return merge.toSet();
  }

  /** One walk along a set: what lies between two changes is copied as it is. */
  private static final class Merge {
    private final AspectSet set;
    private final char[] rows = new char[Body.COUNT];
    private final int[] hits;
    private int size;
    private int read;
    private int row;
    private int startOfRow;
    private int lastCell = -1;

    Merge(AspectSet set, int changes) {
      this.set = set;
      hits = new int[set.size() + changes];
      rows[0] = (char) set.rowMask(0);
    }

    void replace(CellChange change, int from, int to) {
      int cell = change.row() * Body.COUNT + change.col();
      if (cell <= lastCell) {
        throw new IllegalStateException("changes are not in row-major order");
      }
      lastCell = cell;
      walkTo(change.row());
      int mask = set.rowMask(row);
      int bit = 1 << change.col();
      int index = startOfRow + Integer.bitCount(mask & (bit - 1));
      boolean held = (mask & bit) != 0;
      if (from != (held ? set.hitAt(index) : Hit.NONE)) {
        throw new IllegalStateException(
            "a change of cell (" + change.row() + ", " + change.col() + ") does not fit");
      }
      copyTo(index);
      read += held ? 1 : 0;
      if (to == Hit.NONE) {
        rows[row] &= (char) ~bit;
      } else {
        rows[row] |= (char) bit;
        hits[size++] = to;
      }
    }

    AspectSet toSet() {
      walkTo(Body.COUNT - 1);
      copyTo(set.size());
      return AspectSet.of(rows, hits, 0, size);
    }

    private void walkTo(int wanted) {
      while (row < wanted) {
        startOfRow += Integer.bitCount(set.rowMask(row));
        row++;
        rows[row] = (char) set.rowMask(row);
      }
    }

    private void copyTo(int index) {
      while (read < index) {
        hits[size++] = set.hitAt(read++);
      }
    }
  }
}
