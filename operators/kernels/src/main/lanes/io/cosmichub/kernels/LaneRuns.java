package io.cosmichub.kernels;

import static io.cosmichub.kernels.LaneSpecies.FLOATS;
import static io.cosmichub.kernels.LaneSpecies.INTS;
import static io.cosmichub.kernels.LaneSpecies.LANES;
import static io.cosmichub.kernels.LaneSpecies.LAST;
import static io.cosmichub.kernels.LaneSpecies.PER_STEP;
import static io.cosmichub.kernels.LaneSpecies.SIGNED_BITS;
import static io.cosmichub.kernels.LaneSpecies.SIGNED_TO_LOWEST_BITS;
import static io.cosmichub.kernels.LaneSpecies.TO_LOWEST_BITS;
import static io.cosmichub.kernels.LaneSpecies.WIDE;

import io.cosmichub.chart.MicroDegrees;
import java.util.Arrays;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.VectorOperators;

/**
 * What {@link LaneScores} does, for a compiler that puts vectors on the heap: see {@link
 * LaneSpecies#CARRIES}.
 */
final class LaneRuns {

  /*
   * A vector stays in a register as long as it goes around the innermost loop only: that loop adds up a run of cells of one
   * weight, and what outlives it is written down, ints as they are and floats by their bits. And an operation must be called on
   * a vector whose class the compiler knows: that of one that went around a loop Java 17 knows in time or not, depending on what
   * was compiled before. So the sum is an argument in its loop, and added to zero after it.
   */
  private LaneRuns() {}

  /** The halves of the scores of one vector of pairs. */
  static void halves(
      LanePlan plan, int[] a, int atA, int[] b, int atB, int[] high, int[] low, int lane) {
    Arrays.fill(high, lane, lane + LANES, 0);
    Arrays.fill(low, lane, lane + LANES, 0);
    sum(plan, a, atA, b, atB, high, low, lane);
    split(high, low, lane);
  }

  /** Adds what all cells add: in {@code low} as ints, in {@code high} as the bits of floats. */
  private static void sum(
      LanePlan plan, int[] a, int atA, int[] b, int atB, int[] high, int[] low, int lane) {
    IntVector center = IntVector.fromArray(INTS, plan.center, 0);
    IntVector maxOrb = IntVector.fromArray(INTS, plan.maxOrb, 0);
    IntVector multiplier = IntVector.fromArray(INTS, plan.multiplier, 0);
    int[] columns = plan.columns;
    int[] pairWeights = plan.pairWeights;
    int[] ends = plan.ends;
    int run = 0;
    for (int i = 0; i < columns.length; i++) {
      IntVector from = IntVector.fromArray(INTS, a, atA + columns[i]).abs();
      int j = 0;
      for (int end : ends) {
        IntVector sum = IntVector.zero(INTS);
        for (; j < end; j++) {
          IntVector distance = from.sub(IntVector.fromArray(INTS, b, atB + columns[j])).abs();
          if (!WIDE) {
            distance = distance.min(distance.neg().add(MicroDegrees.CIRCLE));
          }
          IntVector k =
              ((FloatVector) distance.convert(VectorOperators.I2F, 0))
                  .fma(PER_STEP, TO_LOWEST_BITS)
                  .reinterpretAsInts()
                  .and(LAST);
          IntVector orb = distance.sub(k.selectFrom(center)).abs();
          sum = k.selectFrom(maxOrb).sub(orb).max(0).mul(k.selectFrom(multiplier)).add(sum);
        }
        IntVector whole = IntVector.zero(INTS).add(sum);
        int weight = pairWeights[run++];
        IntVector.fromArray(INTS, low, lane).add(whole.mul(weight)).intoArray(low, lane);
        ((FloatVector) whole.convert(VectorOperators.I2F, 0))
            .fma(
                FloatVector.broadcast(FLOATS, (float) weight),
                IntVector.fromArray(INTS, high, lane).reinterpretAsFloats())
            .reinterpretAsInts()
            .intoArray(high, lane);
      }
    }
  }

  private static void split(int[] high, int[] low, int lane) {
    IntVector lows = IntVector.fromArray(INTS, low, lane);
    IntVector top =
        IntVector.fromArray(INTS, high, lane)
            .reinterpretAsFloats()
            .fma(1f / (1 << LaneScores.COARSE), SIGNED_TO_LOWEST_BITS)
            .reinterpretAsInts()
            .sub(SIGNED_BITS);
    IntVector rest = lows.sub(top.lanewise(VectorOperators.LSHL, LaneScores.COARSE));
    top.lanewise(VectorOperators.LSHL, LaneScores.COARSE - LaneScores.SPLIT)
        .add(rest.lanewise(VectorOperators.ASHR, LaneScores.SPLIT))
        .intoArray(high, lane);
  }

  /**
   * Which scores are at or above a threshold, as {@link LaneScores#sort} tells it, lane by lane:
   * Java 17 takes the bits of a mask from an array that it makes for them.
   */
  static long reached(int[] high, int row, int[] thresholds, int first) {
    long reached = 0;
    for (int lane = 0; lane < ChartBlock.WIDTH; lane++) {
      long one = high[lane] >= Math.min(thresholds[first + lane], row) ? 1 : 0;
      reached |= one << lane;
    }
    return reached;
  }
}
