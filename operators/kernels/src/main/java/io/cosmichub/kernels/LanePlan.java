package io.cosmichub.kernels;

import io.cosmichub.aspect.Aspect;
import io.cosmichub.aspect.AspectPolicy;
import io.cosmichub.aspect.Hit;
import java.util.Arrays;
import java.util.Comparator;
import java.util.stream.IntStream;

/**
 * A policy of multiples of 30° as tables of sixteen entries, and the order of bodies in which sums
 * fit into an int.
 */
final class LanePlan {

  /** Nearest to a multiple of 30°, whatever a float made of the quotient close to half-way. */
  private static final int WIDEST_ORB = 14_900_000;

  private static final int STEP = 30_000_000;
  private static final int MULTIPLES = 12;
  private static final int ENTRIES = 16;

  /**
   * Exact sums stay below this: a 1024th of them is an int, and the error of a float sum far below
   * 2³¹.
   */
  private static final long LARGEST_TOTAL = 1L << 40;

  /**
   * By multiple of 30°, 0 to 12: the angle, the largest orb (−1 for none), m, and the code in
   * place.
   */
  final int[] center = new int[ENTRIES];

  final int[] maxOrb = new int[ENTRIES];
  final int[] multiplier = new int[ENTRIES];
  final int[] code = new int[ENTRIES];

  /** Whether scores can be summed in ints. */
  final boolean sums;

  /** How many cells' products fit into an int together. */
  final int mostCells;

  /** Offsets in a group of columns of the bodies by descending weight, and 2w of each. */
  final int[] columns;

  final int[] weights;

  /** The sum of the weights of each body with that of each group of {@link #ends}, row by row. */
  final int[] pairWeights;

  final float[] pairWeightsAsFloats;

  /**
   * Bodies {@code ends[g − 1]} to {@code ends[g]} have the same weight and a sum that fits into an
   * int.
   */
  final int[] ends;

  LanePlan(AspectPolicy policy, PolicyBodies bodies, WholeScore whole) {
    Arrays.fill(maxOrb, -1);
    long largest = 1;
    for (int k = 0; k <= MULTIPLES; k++) {
      center[k] = k * STEP;
    }
    for (Aspect aspect : policy.aspects()) {
      int k = aspect.angle() / STEP;
      long m = whole.multiplier(aspect.code());
      largest = Math.max(largest, Math.abs(m) * aspect.maxOrb());
      for (int entry : new int[] {k, MULTIPLES - k}) {
        maxOrb[entry] = aspect.maxOrb();
        multiplier[entry] = (int) m;
        code[entry] = Hit.of(aspect.code(), 0);
      }
    }
    int[] slots =
        IntStream.range(0, bodies.count())
            .mapToObj(bodies::slot)
            .sorted(Comparator.comparingLong((Integer slot) -> -whole.doubledWeight(slot)))
            .mapToInt(Integer::intValue)
            .toArray();
    long heaviest =
        IntStream.of(slots).mapToLong(slot -> Math.abs(whole.doubledWeight(slot))).max().orElse(0);
    sums =
        whole.exists()
            && largest <= Integer.MAX_VALUE
            && heaviest < 1 << 15
            && largest * (2 * heaviest) < LARGEST_TOTAL / bodies.cells();
    columns = IntStream.of(slots).map(slot -> ChartBlock.row(slot) * ChartBlock.WIDTH).toArray();
    weights = IntStream.of(slots).map(slot -> (int) whole.doubledWeight(slot)).toArray();
    mostCells = (int) Math.max(1, Integer.MAX_VALUE / largest);
    ends = ends(weights, mostCells);
    pairWeights = new int[weights.length * ends.length];
    pairWeightsAsFloats = new float[pairWeights.length];
    for (int pair = 0; pair < pairWeights.length; pair++) {
      pairWeights[pair] = weights[pair / ends.length] + weights[ends[pair % ends.length] - 1];
      pairWeightsAsFloats[pair] = pairWeights[pair];
    }
  }

  /** Whether every angle is a multiple of 30° and no orb comes near half-way to the next. */
  static boolean fits(AspectPolicy policy) {
    return policy.aspects().stream()
        .allMatch(aspect -> aspect.angle() % STEP == 0 && aspect.maxOrb() <= WIDEST_ORB);
  }

  /**
   * Whether the bodies are the first ten rows of a group of columns, in groups of 4, 2, 1 and 3 of
   * one weight.
   */
  boolean isOfTen() {
    return Arrays.equals(ends, new int[] {4, 6, 7, 10})
        && Arrays.equals(
            columns, IntStream.range(0, 10).map(row -> row * ChartBlock.WIDTH).toArray());
  }

  private static int[] ends(int[] weights, int most) {
    IntStream.Builder ends = IntStream.builder();
    int start = 0;
    for (int body = 1; body <= weights.length; body++) {
      if (body == weights.length || weights[body] != weights[start] || body - start == most) {
        ends.add(body);
        start = body;
      }
    }
    return ends.build().toArray();
  }
}
