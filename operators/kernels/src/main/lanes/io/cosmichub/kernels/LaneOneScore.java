package io.cosmichub.kernels;

import static io.cosmichub.kernels.LaneSpecies.FLOATS;
import static io.cosmichub.kernels.LaneSpecies.INTS;
import static io.cosmichub.kernels.LaneSpecies.LANES;
import static io.cosmichub.kernels.LaneSpecies.LAST;
import static io.cosmichub.kernels.LaneSpecies.LONGS;
import static io.cosmichub.kernels.LaneSpecies.PER_STEP;
import static io.cosmichub.kernels.LaneSpecies.SIGNED_BITS;
import static io.cosmichub.kernels.LaneSpecies.SIGNED_TO_LOWEST_BITS;
import static io.cosmichub.kernels.LaneSpecies.TO_LOWEST_BITS;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.LongVector;
import jdk.incubator.vector.VectorOperators;

/** The score of one pair, its cells in lanes; wants {@link LaneSpecies#WIDE}. */
final class LaneOneScore {

  /*
   * Where the cells of a pair fit into stacks, those of one lane are added up before they are weighed. The sums start at -2^31: as
   * unsigned numbers they are then 2^31 too large and never below zero, and the even and the odd ones are weighed as longs without
   * regard to signs. Otherwise each cell is weighed, and the sum put together as in LaneScores. A sum is an argument in its loop,
   * and operations after it are called on another vector: see LaneRuns.
   */
  private static final long LOWER_HALF = 0xFFFF_FFFFL;

  private final LanePlan plan;
  private final LaneStacks stacks;
  // Of cell c in row-major order: the slots of its row and its column, and 2wi + 2wj; 0 beyond the
  // last cell.
  private final int[] rowSlots;
  private final int[] columnSlots;
  private final int[] cellWeights;
  private final float[] cellWeightsAsFloats;

  LaneOneScore(LanePlan plan, PolicyBodies bodies, WholeScore whole) {
    this.plan = plan;
    stacks = new LaneStacks(plan, bodies, whole);
    rowSlots = bodies.rowSlots(LANES);
    columnSlots = bodies.columnSlots(LANES);
    cellWeights = new int[rowSlots.length];
    cellWeightsAsFloats = new float[rowSlots.length];
    for (int cell = 0; cell < bodies.cells(); cell++) {
      cellWeights[cell] =
          (int) (whole.doubledWeight(rowSlots[cell]) + whole.doubledWeight(columnSlots[cell]));
      cellWeightsAsFloats[cell] = cellWeights[cell];
    }
  }

  /** The score of the charts whose lines start at {@code lineA} and {@code lineB}. */
  long of(int[] a, int lineA, int[] b, int lineB) {
    return stacks.exist ? stacked(plan, stacks, a, lineA, b, lineB) : weighed(a, lineA, b, lineB);
  }

  private static long stacked(
      LanePlan plan, LaneStacks stacks, int[] a, int lineA, int[] b, int lineB) {
    IntVector center = IntVector.fromArray(INTS, plan.center, 0);
    IntVector maxOrb = IntVector.fromArray(INTS, plan.maxOrb, 0);
    IntVector multiplier = IntVector.fromArray(INTS, plan.multiplier, 0);
    int[] rows = stacks.rows;
    int[] columns = stacks.columns;
    IntVector from =
        IntVector.fromArray(INTS, a, lineA).abs().max(IntVector.fromArray(INTS, stacks.nothing, 0));
    IntVector to = IntVector.fromArray(INTS, b, lineB);
    IntVector sumOfFour = IntVector.zero(INTS);
    for (int vector = 0; vector < LaneStacks.FOUR; vector++) {
      IntVector distance =
          IntVector.fromArray(INTS, rows, vector * LANES)
              .selectFrom(from)
              .sub(IntVector.fromArray(INTS, columns, vector * LANES).selectFrom(to))
              .abs();
      IntVector k =
          ((FloatVector) distance.convert(VectorOperators.I2F, 0))
              .fma(PER_STEP, TO_LOWEST_BITS)
              .reinterpretAsInts()
              .and(LAST);
      IntVector orb = distance.sub(k.selectFrom(center)).abs();
      sumOfFour = k.selectFrom(maxOrb).sub(orb).max(0).mul(k.selectFrom(multiplier)).add(sumOfFour);
    }
    IntVector sumOfThree = IntVector.zero(INTS);
    for (int vector = LaneStacks.FOUR; vector < LaneStacks.SEVEN; vector++) {
      IntVector distance =
          IntVector.fromArray(INTS, rows, vector * LANES)
              .selectFrom(from)
              .sub(IntVector.fromArray(INTS, columns, vector * LANES).selectFrom(to))
              .abs();
      IntVector k =
          ((FloatVector) distance.convert(VectorOperators.I2F, 0))
              .fma(PER_STEP, TO_LOWEST_BITS)
              .reinterpretAsInts()
              .and(LAST);
      IntVector orb = distance.sub(k.selectFrom(center)).abs();
      sumOfThree =
          k.selectFrom(maxOrb).sub(orb).max(0).mul(k.selectFrom(multiplier)).add(sumOfThree);
    }
    IntVector least = IntVector.broadcast(INTS, Integer.MIN_VALUE);
    LongVector fours = least.add(sumOfFour).reinterpretAsLongs();
    LongVector threes = least.add(sumOfThree).reinterpretAsLongs();
    long[] weights = stacks.weights;
    return fours
            .and(LOWER_HALF)
            .mul(LongVector.fromArray(LONGS, weights, 0).and(LOWER_HALF))
            .add(
                fours
                    .lanewise(VectorOperators.LSHR, Integer.SIZE)
                    .mul(LongVector.fromArray(LONGS, weights, LANES / 2).and(LOWER_HALF)))
            .add(
                threes
                    .and(LOWER_HALF)
                    .mul(LongVector.fromArray(LONGS, weights, LANES).and(LOWER_HALF)))
            .add(
                threes
                    .lanewise(VectorOperators.LSHR, Integer.SIZE)
                    .mul(LongVector.fromArray(LONGS, weights, LANES + LANES / 2).and(LOWER_HALF)))
            .reduceLanes(VectorOperators.ADD)
        - stacks.bias;
  }

  /** Each cell weighed for itself. */
  private long weighed(int[] a, int lineA, int[] b, int lineB) {
    IntVector center = IntVector.fromArray(INTS, plan.center, 0);
    IntVector maxOrb = IntVector.fromArray(INTS, plan.maxOrb, 0);
    IntVector multiplier = IntVector.fromArray(INTS, plan.multiplier, 0);
    IntVector from = IntVector.fromArray(INTS, a, lineA).abs();
    IntVector to = IntVector.fromArray(INTS, b, lineB);
    IntVector lows = IntVector.zero(INTS);
    FloatVector highs = FloatVector.zero(FLOATS);
    for (int at = 0; at < rowSlots.length; at += LANES) {
      IntVector distance =
          IntVector.fromArray(INTS, rowSlots, at)
              .selectFrom(from)
              .sub(IntVector.fromArray(INTS, columnSlots, at).selectFrom(to))
              .abs();
      IntVector k =
          ((FloatVector) distance.convert(VectorOperators.I2F, 0))
              .fma(PER_STEP, TO_LOWEST_BITS)
              .reinterpretAsInts()
              .and(LAST);
      IntVector orb = distance.sub(k.selectFrom(center)).abs();
      IntVector cell = k.selectFrom(maxOrb).sub(orb).max(0).mul(k.selectFrom(multiplier));
      lows = cell.mul(IntVector.fromArray(INTS, cellWeights, at)).add(lows);
      highs =
          ((FloatVector) cell.convert(VectorOperators.I2F, 0))
              .fma(FloatVector.fromArray(FLOATS, cellWeightsAsFloats, at), highs);
    }
    // Both as ints: Java 17 takes longer to add the lanes of floats.
    int low = IntVector.zero(INTS).add(lows).reduceLanes(VectorOperators.ADD);
    int top =
        FloatVector.broadcast(FLOATS, 1f / (1 << LaneScores.COARSE))
            .fma(highs, FloatVector.broadcast(FLOATS, SIGNED_TO_LOWEST_BITS))
            .reinterpretAsInts()
            .sub(SIGNED_BITS)
            .reduceLanes(VectorOperators.ADD);
    return ((long) top << LaneScores.COARSE) + (low - (top << LaneScores.COARSE));
  }
}
