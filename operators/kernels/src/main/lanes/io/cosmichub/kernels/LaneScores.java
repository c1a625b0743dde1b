package io.cosmichub.kernels;

import static io.cosmichub.kernels.LaneSpecies.CARRIES;
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
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.VectorOperators;

/** Scores in lanes, sixteen pairs side by side. */
final class LaneScores {

  /*
   * A cell adds (2wi + 2wj) · m · (max - orb) in whole numbers; the last two factors fit into an int, and so does their sum over
   * a few bodies of one weight. Of the whole sum T, about 2^40, ints keep the lowest 32 bits, and floats, added alongside, keep T to
   * some millions: together they give T exactly, for T = 2^18 h + e, with h the float's 2^18th as an int, has |e| < 2^31, so that
   * the lowest 32 bits of T - 2^18 h are e itself. What leaves is T / 1024, rounded down, and those 32.
   */

  /** The upper half of a score is its 1024th, rounded down. */
  static final int SPLIT = 10;

  static final int COARSE = 18;

  private final LanePlan plan;
  private final boolean ten;

  LaneScores(LanePlan plan) {
    this.plan = plan;
    ten = plan.isOfTen();
  }

  /** The halves of the scores of sixteen pairs in columns. */
  void block(int[] a, int groupA, int[] b, int groupB, int[] high, int[] low) {
    for (int lane = 0; lane < ChartBlock.WIDTH; lane += LANES) {
      if (!CARRIES) {
        LaneRuns.halves(plan, a, groupA + lane, b, groupB + lane, high, low, lane);
      } else if (ten) {
        sumOfTen(plan, a, groupA + lane, b, groupB + lane, high, low, lane);
      } else {
        sum(plan, a, groupA + lane, b, groupB + lane, high, low, lane);
      }
    }
  }

  /** A score from its halves. */
  static long total(int high, int low) {
    return (long) high << SPLIT | low & (1 << SPLIT) - 1;
  }

  private static void sum(
      LanePlan plan, int[] a, int atA, int[] b, int atB, int[] high, int[] low, int lane) {
    IntVector center = IntVector.fromArray(INTS, plan.center, 0);
    IntVector maxOrb = IntVector.fromArray(INTS, plan.maxOrb, 0);
    IntVector multiplier = IntVector.fromArray(INTS, plan.multiplier, 0);
    IntVector lows = IntVector.zero(INTS);
    FloatVector highs = FloatVector.zero(FLOATS);
    int[] columns = plan.columns;
    int[] weights = plan.weights;
    int[] ends = plan.ends;
    for (int i = 0; i < columns.length; i++) {
      IntVector from = IntVector.fromArray(INTS, a, atA + columns[i]).abs();
      int j = 0;
      for (int end : ends) {
        int weight = weights[i] + weights[j];
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
          sum = sum.add(k.selectFrom(maxOrb).sub(orb).max(0).mul(k.selectFrom(multiplier)));
        }
        lows = lows.add(sum.mul(weight));
        highs =
            ((FloatVector) sum.convert(VectorOperators.I2F, 0))
                .fma(FloatVector.broadcast(FLOATS, (float) weight), highs);
      }
    }
    IntVector top =
        highs.fma(1f / (1 << COARSE), SIGNED_TO_LOWEST_BITS).reinterpretAsInts().sub(SIGNED_BITS);
    IntVector rest = lows.sub(top.lanewise(VectorOperators.LSHL, COARSE));
    top.lanewise(VectorOperators.LSHL, COARSE - SPLIT)
        .add(rest.lanewise(VectorOperators.ASHR, SPLIT))
        .intoArray(high, lane);
    lows.intoArray(low, lane);
  }

  /**
   * {@link #sum} for ten bodies in groups of 4, 2, 1 and 3: loops of constant length, which the
   * compiler unrolls. One sum runs through the groups of a row, and what is left to weigh it are
   * the steps of the weights.
   */
  private static void sumOfTen(
      LanePlan plan, int[] a, int atA, int[] b, int atB, int[] high, int[] low, int lane) {
    IntVector center = IntVector.fromArray(INTS, plan.center, 0);
    IntVector maxOrb = IntVector.fromArray(INTS, plan.maxOrb, 0);
    IntVector multiplier = IntVector.fromArray(INTS, plan.multiplier, 0);
    IntVector firsts = IntVector.zero(INTS);
    IntVector seconds = IntVector.zero(INTS);
    IntVector thirds = IntVector.zero(INTS);
    IntVector lows = IntVector.zero(INTS);
    FloatVector highs = FloatVector.zero(FLOATS);
    int[] weights = plan.weights;
    int[] pairWeights = plan.pairWeights;
    float[] asFloats = plan.pairWeightsAsFloats;
    for (int i = 0; i < 10; i++) {
      IntVector from = IntVector.fromArray(INTS, a, atA + ChartBlock.WIDTH * i).abs();
      IntVector first = IntVector.zero(INTS);
      for (int j = 0; j < 4; j++) {
        IntVector distance =
            from.sub(IntVector.fromArray(INTS, b, atB + ChartBlock.WIDTH * j)).abs();
        if (!WIDE) {
          distance = distance.min(distance.neg().add(MicroDegrees.CIRCLE));
        }
        IntVector k =
            ((FloatVector) distance.convert(VectorOperators.I2F, 0))
                .fma(PER_STEP, TO_LOWEST_BITS)
                .reinterpretAsInts()
                .and(LAST);
        IntVector orb = distance.sub(k.selectFrom(center)).abs();
        first = first.add(k.selectFrom(maxOrb).sub(orb).max(0).mul(k.selectFrom(multiplier)));
      }
      IntVector second = first;
      for (int j = 4; j < 6; j++) {
        IntVector distance =
            from.sub(IntVector.fromArray(INTS, b, atB + ChartBlock.WIDTH * j)).abs();
        if (!WIDE) {
          distance = distance.min(distance.neg().add(MicroDegrees.CIRCLE));
        }
        IntVector k =
            ((FloatVector) distance.convert(VectorOperators.I2F, 0))
                .fma(PER_STEP, TO_LOWEST_BITS)
                .reinterpretAsInts()
                .and(LAST);
        IntVector orb = distance.sub(k.selectFrom(center)).abs();
        second = second.add(k.selectFrom(maxOrb).sub(orb).max(0).mul(k.selectFrom(multiplier)));
      }
      IntVector third = second;
      for (int j = 6; j < 7; j++) {
        IntVector distance =
            from.sub(IntVector.fromArray(INTS, b, atB + ChartBlock.WIDTH * j)).abs();
        if (!WIDE) {
          distance = distance.min(distance.neg().add(MicroDegrees.CIRCLE));
        }
        IntVector k =
            ((FloatVector) distance.convert(VectorOperators.I2F, 0))
                .fma(PER_STEP, TO_LOWEST_BITS)
                .reinterpretAsInts()
                .and(LAST);
        IntVector orb = distance.sub(k.selectFrom(center)).abs();
        third = third.add(k.selectFrom(maxOrb).sub(orb).max(0).mul(k.selectFrom(multiplier)));
      }
      IntVector fourth = third;
      for (int j = 7; j < 10; j++) {
        IntVector distance =
            from.sub(IntVector.fromArray(INTS, b, atB + ChartBlock.WIDTH * j)).abs();
        if (!WIDE) {
          distance = distance.min(distance.neg().add(MicroDegrees.CIRCLE));
        }
        IntVector k =
            ((FloatVector) distance.convert(VectorOperators.I2F, 0))
                .fma(PER_STEP, TO_LOWEST_BITS)
                .reinterpretAsInts()
                .and(LAST);
        IntVector orb = distance.sub(k.selectFrom(center)).abs();
        fourth = fourth.add(k.selectFrom(maxOrb).sub(orb).max(0).mul(k.selectFrom(multiplier)));
      }
      firsts = firsts.add(first);
      seconds = seconds.add(second);
      thirds = thirds.add(third);
      lows = lows.add(fourth.mul(pairWeights[4 * i + 3]));
      highs =
          ((FloatVector) first.convert(VectorOperators.I2F, 0))
              .fma(FloatVector.broadcast(FLOATS, asFloats[4 * i]), highs);
      highs =
          ((FloatVector) second.sub(first).convert(VectorOperators.I2F, 0))
              .fma(FloatVector.broadcast(FLOATS, asFloats[4 * i + 1]), highs);
      highs =
          ((FloatVector) third.sub(second).convert(VectorOperators.I2F, 0))
              .fma(FloatVector.broadcast(FLOATS, asFloats[4 * i + 2]), highs);
      highs =
          ((FloatVector) fourth.sub(third).convert(VectorOperators.I2F, 0))
              .fma(FloatVector.broadcast(FLOATS, asFloats[4 * i + 3]), highs);
    }
    lows =
        lows.add(firsts.mul(weights[0] - weights[4]))
            .add(seconds.mul(weights[4] - weights[6]))
            .add(thirds.mul(weights[6] - weights[7]));
    IntVector top =
        highs.fma(1f / (1 << COARSE), SIGNED_TO_LOWEST_BITS).reinterpretAsInts().sub(SIGNED_BITS);
    IntVector rest = lows.sub(top.lanewise(VectorOperators.LSHL, COARSE));
    top.lanewise(VectorOperators.LSHL, COARSE - SPLIT)
        .add(rest.lanewise(VectorOperators.ASHR, SPLIT))
        .intoArray(high, lane);
    lows.intoArray(low, lane);
  }

  /**
   * Sorts sixteen upper halves into bins of {@code width} from {@code -half} on, and tells which of
   * them are at or above a threshold: {@code row}, or their own of {@code thresholds}.
   */
  static long sort(
      int[] high, int half, int width, int[] bins, int row, int[] thresholds, int first) {
    long reached = 0;
    IntVector last = IntVector.broadcast(INTS, Ranking.BINS - 1);
    for (int lane = 0; lane < ChartBlock.WIDTH; lane += LANES) {
      IntVector score = IntVector.fromArray(INTS, high, lane);
      IntVector above = score.add(half);
      IntVector bin =
          ((FloatVector) above.convert(VectorOperators.I2F, 0))
              .fma(1f / width, SIGNED_TO_LOWEST_BITS)
              .reinterpretAsInts()
              .sub(SIGNED_BITS);
      IntVector rest = above.sub(bin.mul(width));
      bin.add(rest.lanewise(VectorOperators.ASHR, Integer.SIZE - 1))
          .max(0)
          .min(last)
          .intoArray(bins, lane);
      if (CARRIES) {
        reached |=
            score
                    .compare(
                        VectorOperators.GE,
                        IntVector.fromArray(INTS, thresholds, first + lane).min(row))
                    .toLong()
                << lane;
      }
    }
    return CARRIES ? reached : LaneRuns.reached(high, row, thresholds, first);
  }
}
