package io.cosmichub.kernels;

import io.cosmichub.chart.MicroDegrees;
import java.util.Arrays;

/** Any cells of some pairs, one behind the other, by {@link AspectLoops}; for one thread. */
final class CellList {

  /** How many whole pairs there is room for. */
  static final int PAIRS = 32;

  private final AspectLoops loops;
  private final PolicyBodies bodies;
  private final int[] separations;
  private final int[] found;
  private final char[] cells;
  private final int[] ends = new int[PAIRS + 1];
  private int pairs;
  private int count;

  CellList(AspectLoops loops, PolicyBodies bodies) {
    this.loops = loops;
    this.bodies = bodies;
    separations = new int[PAIRS * bodies.cells()];
    found = new int[separations.length];
    cells = new char[separations.length];
  }

  void clear() {
    pairs = 0;
    count = 0;
  }

  /** Adds the touched cells of one pair. */
  void add(int[] a, int lineA, int[] b, int lineB, int movedA, int movedB) {
    int side = bodies.count();
    int next = count;
    for (int i = 0; i < side; i++) {
      int slotA = bodies.slot(i);
      boolean all = (movedA >> slotA & 1) != 0;
      if (!all && movedB == 0) {
        continue;
      }
      int at = Math.abs(a[lineA + slotA]);
      for (int j = 0; j < side; j++) {
        int slotB = bodies.slot(j);
        if (all || (movedB >> slotB & 1) != 0) {
          int arc = Math.abs(at - b[lineB + slotB]);
          separations[next] = MicroDegrees.HALF - Math.abs(arc - MicroDegrees.HALF);
          cells[next++] = (char) (i * side + j);
        }
      }
    }
    count = next;
    ends[++pairs] = next;
  }

  /** The hits of all cells, one pair behind the other. */
  int[] hits() {
    loops.hits(separations, found, count);
    return found;
  }

  /** The strengths of all cells. */
  int[] strengths() {
    loops.strengths(separations, found, count);
    return found;
  }

  /** Appends the sets of these pairs, the first as number {@code first} from {@code end} on. */
  int append(PackedSets into, int first, int end) {
    int[] hit = hits();
    int[] hits = into.hitArray();
    long[] bits = into.bitArray();
    int words = bodies.words();
    Arrays.fill(bits, first * words, (first + pairs) * words, 0);
    int next = end;
    for (int pair = 0; pair < pairs; pair++) {
      int word = (first + pair) * words;
      for (int at = ends[pair]; at < ends[pair + 1]; at++) {
        int one = (hit[at] | -hit[at]) >>> (Integer.SIZE - 1);
        hits[next] = hit[at];
        next += one;
        bits[word + cells[at] / Long.SIZE] |= (long) one << cells[at];
      }
      into.endArray()[first + pair + 1] = next;
    }
    return next;
  }
}
