package io.cosmichub.kernels;

import io.cosmichub.aspect.Aspect;
import io.cosmichub.aspect.AspectPolicy;

/** What the cells of a policy weigh, 2wᵢ + 2wⱼ, in the orders in which loops go over them. */
final class LoopWeights {

  /** Strengths are summed in ints, their lowest bits apart. */
  static final int LOW_BITS = 10;

  private final int[][] ofTurns;
  private final long[] ofCells;
  private final boolean fit;

  LoopWeights(AspectPolicy policy, PolicyBodies bodies, WholeScore whole) {
    int side = bodies.count();
    ofTurns = new int[side][side * PairBlock.PAIRS];
    ofCells = new long[bodies.cells()];
    long sum = 0;
    for (int cell = 0; cell < ofCells.length; cell++) {
      ofCells[cell] =
          whole.doubledWeight(bodies.slot(cell / side))
              + whole.doubledWeight(bodies.slot(cell % side));
      sum += Math.abs(ofCells[cell]);
    }
    for (int turn = 0; turn < side; turn++) {
      for (int at = 0; at < ofTurns[turn].length; at++) {
        int row = at / ChartBlock.WIDTH % side;
        ofTurns[turn][at] = (int) ofCells[row * side + (row + turn) % side];
      }
    }
    long largest = 0;
    for (Aspect aspect : policy.aspects()) {
      largest = Math.max(largest, Math.abs(whole.multiplier(aspect.code())) * aspect.maxOrb());
    }
    fit =
        whole.exists()
            && largest <= Integer.MAX_VALUE
            && sum
                <= Integer.MAX_VALUE / (1 + (Math.max(largest, 1 << (2 * LOW_BITS)) >> LOW_BITS));
  }

  /** Whether strengths and both halves of a sum are ints. */
  boolean fit() {
    return fit;
  }

  /** The cells of one turn of a {@link PairBlock}. */
  int[] ofTurn(int turn) {
    return ofTurns[turn];
  }

  /** All cells in row-major order. */
  long[] ofCells() {
    return ofCells;
  }
}
