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
    int[] cells = new int[Body.COUNT * Body.COUNT];
    before.forEach((row, col, hit) -> cells[row * Body.COUNT + col] = hit);
    for (CellChange change : changes) {
      int cell = change.row() * Body.COUNT + change.col();
      if (cells[cell] != change.before()) {
        throw new IllegalStateException(
            "a change of cell (" + change.row() + ", " + change.col() + ") does not fit");
      }
      cells[cell] = change.after();
    }
    AspectSet.Builder after = AspectSet.builder();
    for (int cell = 0; cell < cells.length; cell++) {
      if (cells[cell] != Hit.NONE) {
        after.put(cell / Body.COUNT, cell % Body.COUNT, cells[cell]);
      }
    }
    return after.build();
  }
}
