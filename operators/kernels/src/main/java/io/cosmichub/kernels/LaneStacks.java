package io.cosmichub.kernels;

import io.cosmichub.chart.Body;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.LongStream;

/**
 * The cells of a pair in lanes of seven vectors, four and three of which are added up before they
 * are weighed: all cells that meet in a lane weigh the same.
 */
final class LaneStacks {

  private static final int LANES = ChartBlock.WIDTH;

  /** How many vectors the first stack has, and both. */
  static final int FOUR = 4;

  static final int SEVEN = 7;

  /** Of each lane of each vector, the slots of its cell. */
  final int[] rows = new int[SEVEN * LANES];

  final int[] columns = new int[SEVEN * LANES];

  /** 2wi + 2wj of the even lanes of the first stack, of its odd lanes, and of the second's. */
  final long[] weights = new long[2 * LANES];

  /** What 2³¹ in each lane would add. */
  final long bias;

  /** By slot: more than any longitude where the policy has no body, else 0. */
  final int[] nothing = new int[Body.COUNT];

  /** Whether all cells found a place, and four of them fit into an int. */
  final boolean exist;

  LaneStacks(LanePlan plan, PolicyBodies bodies, WholeScore whole) {
    int without = Integer.numberOfTrailingZeros(~bodies.mask());
    exist = without < Body.COUNT && plan.mostCells >= FOUR && place(bodies, whole, without);
    bias = LongStream.of(weights).sum() << (Integer.SIZE - 1);
    for (int slot = 0; slot < Body.COUNT; slot++) {
      nothing[slot] = bodies.index(slot) < 0 ? -ChartBlock.ABSENT : 0;
    }
  }

  private boolean place(PolicyBodies bodies, WholeScore whole, int without) {
    int[] rowSlots = bodies.rowSlots(1);
    int[] columnSlots = bodies.columnSlots(1);
    long[] ofCells = new long[rowSlots.length];
    for (int cell = 0; cell < ofCells.length; cell++) {
      ofCells[cell] = whole.doubledWeight(rowSlots[cell]) + whole.doubledWeight(columnSlots[cell]);
    }
    List<Integer> heaviestFirst =
        IntStream.range(0, ofCells.length)
            .boxed()
            .sorted(Comparator.comparingLong((Integer cell) -> -ofCells[cell]))
            .toList();
    Arrays.fill(rows, without);
    int lane = -1;
    int room = 0;
    long weight = 0;
    for (int cell : heaviestFirst) {
      if (room == 0 || ofCells[cell] != weight) {
        lane++;
        if (lane == 2 * LANES || ofCells[cell] < 0) {
          return false;
        }
        room = lane < LANES ? FOUR : SEVEN - FOUR;
        weight = ofCells[cell];
        weights[lane / LANES * LANES + lane % 2 * (LANES / 2) + lane % LANES / 2] = weight;
      }
      room--;
      int at = (lane < LANES ? room : FOUR + room) * LANES + lane % LANES;
      rows[at] = rowSlots[cell];
      columns[at] = columnSlots[cell];
    }
    return true;
  }
}
