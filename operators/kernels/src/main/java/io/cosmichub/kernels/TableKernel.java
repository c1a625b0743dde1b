package io.cosmichub.kernels;

import io.cosmichub.aspect.AspectPolicy;
import io.cosmichub.chart.Body;

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
  void appendSets(int[] a, int i, int step, int[] b, int j, int pairs, PackedSets into) {
    int end = into.hits();
    for (int pair = 0; pair < pairs; pair++) {
      end =
          append(
              a,
              (i + step * pair) * Body.COUNT,
              b,
              (j + pair) * Body.COUNT,
              Body.ALL_MASK,
              Body.ALL_MASK,
              into,
              into.size() + pair,
              end);
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

  /** Appends one set, whose hits start at {@code end}; the new end. */
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
    int word = pair * bodies.words();
    int next = end;
    long found = 0;
    int cell = 0;
    for (int slotA : slots) {
      int at = Math.abs(a[lineA + slotA]);
      int columns = (movedA >> slotA & 1) != 0 ? Body.ALL_MASK : movedB;
      for (int slotB : slots) {
        int distance = Math.abs(at - b[lineB + slotB]);
        int piece = table.piece[distance >> PieceTable.SHIFT];
        int hit;
        int one = columns >> slotB & 1;
        if (piece == PieceTable.MIXED) {
          hit = table.hit(distance);
          one &= hit == 0 ? 0 : 1;
        } else {
          hit = table.hitBase[piece] + table.hitSlope[piece] * distance;
          one &= table.present[piece];
        }
        hits[next] = hit;
        next += one;
        found |= (long) one << cell;
        cell++;
        if ((cell & Long.SIZE - 1) == 0) {
          bits[word++] = found;
          found = 0;
        }
      }
    }
    if ((cell & Long.SIZE - 1) != 0) {
      bits[word] = found;
    }
    into.endArray()[pair + 1] = next;
    return next;
  }

  @Override
  void fillDense(int[] a, int[] b, int from, int pairs, int[] cells) {
    int next = 0;
    for (int pair = from; pair < from + pairs; pair++) {
      int line = pair * Body.COUNT;
      for (int slotA : slots) {
        int at = Math.abs(a[line + slotA]);
        for (int slotB : slots) {
          int distance = Math.abs(at - b[line + slotB]);
          int piece = table.piece[distance >> PieceTable.SHIFT];
          cells[next++] =
              piece == PieceTable.MIXED
                  ? table.hit(distance)
                  : table.hitBase[piece] + table.hitSlope[piece] * distance;
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
    long[] lines = table.scoreLines;
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
                : lines[2 * piece] + lines[2 * piece + 1] * distance;
        total += (weight + weighing[j]) * cell;
      }
    }
    return total;
  }
}
