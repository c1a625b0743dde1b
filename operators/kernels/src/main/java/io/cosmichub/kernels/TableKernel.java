package io.cosmichub.kernels;

import io.cosmichub.aspect.AspectPolicy;
import io.cosmichub.chart.Body;
import java.util.Arrays;

/** The CPU kernel without vectors: one look-up a cell, hardly a branch, for any policy. */
final class TableKernel extends CpuKernel {

  private final PieceTable table;
  // Of each body: where it is in a line and in a group of columns, and 2w.
  private final int[] slots;
  private final int[] columns;
  private final long[] weights;

  TableKernel(AspectPolicy policy, KernelSettings settings) {
    super(policy, settings);
    table = new PieceTable(policy, whole);
    slots = new int[bodies.count()];
    columns = new int[bodies.count()];
    weights = new long[bodies.count()];
    for (int index = 0; index < slots.length; index++) {
      slots[index] = bodies.slot(index);
      columns[index] = ChartBlock.row(slots[index]) * ChartBlock.WIDTH;
      weights[index] = whole.doubledWeight(slots[index]);
    }
  }

  @Override
  void appendTouched(
      int[] a, int[] b, char[] movedA, char[] movedB, int from, int pairs, PackedSets into) {
    int end = into.hits();
    for (int pair = 0; pair < pairs; pair++) {
      int at = from + pair;
      end =
          append(
              a,
              at * Body.COUNT,
              b,
              at * Body.COUNT,
              movedA[at],
              movedB[at],
              into,
              into.size() + pair,
              end);
    }
  }

  /** Appends the touched cells of one pair, whose hits start at {@code end}; the new end. */
  int append(
      int[] a,
      int lineA,
      int[] b,
      int lineB,
      int movedA,
      int movedB,
      PackedSets into,
      int pair,
      int end) {
    long[] bits = into.bitArray();
    int[] hits = into.hitArray();
    int side = slots.length;
    int first = pair * bodies.words();
    Arrays.fill(bits, first, first + bodies.words(), 0);
    int next = end;
    for (int i = 0; i < side; i++) {
      boolean moved = (movedA >> slots[i] & 1) != 0;
      if (!moved && movedB == 0) {
        continue;
      }
      int at = Math.abs(a[lineA + slots[i]]);
      for (int j = 0; j < side; j++) {
        if (moved || (movedB >> slots[j] & 1) != 0) {
          int hit = table.find(Math.abs(at - b[lineB + slots[j]]));
          int one = (hit | -hit) >>> (Integer.SIZE - 1);
          int cell = i * side + j;
          hits[next] = hit;
          next += one;
          bits[first + cell / Long.SIZE] |= (long) one << cell;
        }
      }
    }
    into.endArray()[pair + 1] = next;
    return next;
  }

  @Override
  void fillDense(int[] a, int i, int step, int[] b, int j, int pairs, int[] cells) {
    int next = 0;
    for (int pair = 0; pair < pairs; pair++) {
      int lineA = (i + step * pair) * Body.COUNT;
      int lineB = (j + pair) * Body.COUNT;
      for (int slotA : slots) {
        int at = Math.abs(a[lineA + slotA]);
        for (int slotB : slots) {
          cells[next++] = table.find(Math.abs(at - b[lineB + slotB]));
        }
      }
    }
  }

  @Override
  long scoreOf(int[] a, int lineA, int[] b, int lineB) {
    return total(a, lineA, b, lineB, slots);
  }

  @Override
  void block(int[] a, int groupA, int[] b, int groupB, Sums sums) {
    for (int lane = 0; lane < ChartBlock.WIDTH; lane++) {
      sums.totals[lane] = total(a, groupA + lane, b, groupB + lane, columns);
    }
  }

  private long total(int[] a, int startA, int[] b, int startB, int[] places) {
    byte[] pieces = table.piece;
    long[] bases = table.scoreBase;
    long[] slopes = table.scoreSlope;
    long[] weighing = weights;
    long total = 0;
    for (int i = 0; i < places.length; i++) {
      int at = Math.abs(a[startA + places[i]]);
      long weight = weighing[i];
      for (int j = 0; j < places.length; j++) {
        int distance = Math.abs(at - b[startB + places[j]]);
        int piece = pieces[distance >> PieceTable.SHIFT];
        long cell =
            piece == PieceTable.MIXED
                ? table.score(distance)
                : bases[piece] + slopes[piece] * distance;
        total += (weight + weighing[j]) * cell;
      }
    }
    return total;
  }
}
