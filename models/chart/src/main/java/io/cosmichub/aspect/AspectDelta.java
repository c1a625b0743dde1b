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
   * The set after the changes, each of which must find its {@code before}; {@link
   * IllegalStateException} if one does not.
   */
  public static AspectSet fold(AspectSet before, List<CellChange> changes) {
    Cells cells = new Cells(before);
    for (CellChange change : changes) {
      cells.replace(change, change.before(), change.after());
    }
    return cells.toSet(before.size() + changes.size());
  }

  /**
   * The set before the changes, each of which must find its {@code after}; {@link
   * IllegalStateException} if one does not.
   */
  public static AspectSet unfold(AspectSet after, List<CellChange> changes) {
    Cells cells = new Cells(after);
    for (CellChange change : changes) {
      cells.replace(change, change.after(), change.before());
    }
    return cells.toSet(after.size() + changes.size());
  }

  /** A set spread out, to change cells in any order. */
  private static final class Cells {
    private final char[] rows = new char[Body.COUNT];
    private final int[] hits = new int[Body.COUNT * Body.COUNT];

    Cells(AspectSet set) {
      int next = 0;
      for (int row = 0; row < Body.COUNT; row++) {
        rows[row] = (char) set.rowMask(row);
        for (int mask = rows[row]; mask != 0; mask &= mask - 1) {
          hits[row * Body.COUNT + Integer.numberOfTrailingZeros(mask)] = set.hitAt(next++);
        }
      }
    }

    void replace(CellChange change, int from, int to) {
      int cell = change.row() * Body.COUNT + change.col();
      if (hits[cell] != from) {
        throw new IllegalStateException(
            "a change of cell (" + change.row() + ", " + change.col() + ") does not fit");
      }
      hits[cell] = to;
      int bit = 1 << change.col();
      rows[change.row()] =
          (char) (to == Hit.NONE ? rows[change.row()] & ~bit : rows[change.row()] | bit);
    }

    AspectSet toSet(int atMost) {
      int[] packed = new int[atMost];
      int size = 0;
      for (int row = 0; row < Body.COUNT; row++) {
        for (int mask = rows[row]; mask != 0; mask &= mask - 1) {
          packed[size++] = hits[row * Body.COUNT + Integer.numberOfTrailingZeros(mask)];
        }
      }
      return AspectSet.of(rows, packed, 0, size);
    }
  }
}
