package io.cosmichub.kernels;

import io.cosmichub.aspect.Aspect;
import io.cosmichub.aspect.AspectPolicy;
import io.cosmichub.aspect.Hit;
import io.cosmichub.chart.MicroDegrees;
import java.util.Arrays;
import java.util.stream.IntStream;

/**
 * What a cell of a policy may add at most, by how far apart two bodies are of which one is known to
 * a bin: the part of {@link ScreenTable} that is the same for all charts.
 */
final class ScreenPlan {

  /*
   * Against a fixed chart A, what body j of B adds is a function of its longitude alone: the sum over A's bodies i of
   * (2wi + 2wj) · m · (max orb - orb). Bodies of one weight share it. A table has, for each weight and bin of the circle, the most that it
   * reaches in the bin, or more.
   *
   * A longitude b lies in bin b / WIDTH; a longitude a is known to a quarter of a bin, its phase. Both leave their distance in a window of
   * five quarters less two micro-degrees. The most that m · (max orb - orb) reaches there is that at one of the ends or
   * where it turns, for it is made of straight lines. In units of 2^q, rounded up, and by phase and distance in bins, twice
   * round the circle, so that what a body adds in every bin is one slice.
   */

  /** Bins of the circle. */
  static final int BINS = 1_920;

  /** Micro-degrees of a bin. */
  static final int WIDTH = MicroDegrees.CIRCLE / BINS;

  private static final int PHASES = 4;
  private static final int PHASE = WIDTH / PHASES;

  /** Sums of bounds in units of 2^q stay below this. */
  private static final long LARGEST_SUM = 1L << 30;

  /** Scores stay below this, so that the 1024th of one is an int. */
  private static final long LARGEST_TOTAL = 1L << 41;

  private static final int LARGEST_ENTRY = Short.MAX_VALUE;

  /** Thresholds of a {@link Ranking} are 1024ths. */
  private static final int THRESHOLD_BITS = 10;

  /** The different 2w of the bodies. */
  final int[] weights;

  /** By index of a body, the place of its 2w in {@link #weights}. */
  final int[] weightOf;

  /** How many bits an entry of a table is shifted further than a sum of bounds. */
  final int entryBits;

  /** How many bits an entry is shifted further than a threshold of a {@link Ranking}. */
  final int thresholdBits;

  private final boolean exists;
  private final int[] bounds;

  ScreenPlan(AspectPolicy policy, PolicyBodies bodies, WholeScore whole) {
    long[] doubled =
        IntStream.range(0, bodies.count())
            .mapToLong(index -> whole.doubledWeight(bodies.slot(index)))
            .toArray();
    long[] different = Arrays.stream(doubled).distinct().sorted().toArray();
    long peak = 1;
    for (Aspect aspect : policy.aspects()) {
      peak = Math.max(peak, Math.abs(whole.multiplier(aspect.code()) * aspect.maxOrb()));
    }
    double heaviest = Arrays.stream(doubled).max().orElse(0);
    double sum = Arrays.stream(doubled).asDoubleStream().sum();
    double most = sum + heaviest * doubled.length;
    exists =
        whole.exists()
            && Arrays.stream(doubled).allMatch(weight -> weight >= 0)
            && 2 * sum * doubled.length * peak < LARGEST_TOTAL
            && most < 1 << 15
            && areApart(policy);
    int boundBits = 0;
    while (exists && most * ((peak >> boundBits) + 1) >= LARGEST_SUM) {
      boundBits++;
    }
    int more = Math.max(0, THRESHOLD_BITS - boundBits);
    while (exists && (long) (most * ((peak >> boundBits) + 1)) >> more >= LARGEST_ENTRY) {
      more++;
    }
    entryBits = more;
    thresholdBits = boundBits + more - THRESHOLD_BITS;
    weights = Arrays.stream(different).mapToInt(weight -> (int) weight).toArray();
    weightOf = Arrays.stream(doubled).mapToInt(w -> Arrays.binarySearch(different, w)).toArray();
    bounds = exists ? bounds(policy, whole, boundBits) : new int[0];
  }

  /** Whether bounds are proven for the policy and fit into a table. */
  boolean exists() {
    return exists;
  }

  /** What a body at a longitude may add at most in each bin, in units of 2^q, without weights. */
  void bounds(int longitude, int[] into) {
    int phase = longitude % WIDTH / PHASE;
    System.arraycopy(bounds, 2 * BINS * phase + BINS - longitude / WIDTH, into, 0, BINS);
  }

  private static boolean areApart(AspectPolicy policy) {
    return policy.aspects().stream()
        .allMatch(
            one ->
                policy.aspects().stream()
                    .allMatch(
                        other ->
                            one.equals(other)
                                || Math.abs(one.angle() - other.angle())
                                    > one.maxOrb() + other.maxOrb()));
  }

  private static int[] bounds(AspectPolicy policy, WholeScore whole, int bits) {
    int[] turns = turns(policy);
    int[] bounds = new int[PHASES * 2 * BINS];
    for (int phase = 0; phase < PHASES; phase++) {
      for (int bin = 0; bin < BINS; bin++) {
        int from = bin * WIDTH - (phase + 1) * PHASE + 1;
        int to = bin * WIDTH - phase * PHASE + WIDTH - 1;
        long most = Math.max(value(policy, whole, from), value(policy, whole, to));
        for (int turn : turns) {
          if (holds(from, to, turn)) {
            most = Math.max(most, value(policy, whole, turn));
          }
        }
        int bound = (int) -(-most >> bits);
        bounds[2 * BINS * phase + bin] = bound;
        bounds[2 * BINS * phase + BINS + bin] = bound;
      }
    }
    return bounds;
  }

  /** Every distance between two of which what a cell adds is a straight line. */
  private static int[] turns(AspectPolicy policy) {
    IntStream ofAspects =
        policy.aspects().stream()
            .flatMapToInt(
                aspect ->
                    IntStream.of(
                        aspect.angle(),
                        aspect.angle() - aspect.maxOrb(),
                        aspect.angle() + aspect.maxOrb()))
            .flatMap(turn -> IntStream.of(turn, -turn));
    return IntStream.concat(ofAspects, IntStream.of(0, MicroDegrees.HALF)).toArray();
  }

  /** Whether a window has a point of the circle, none of which is as wide as that. */
  private static boolean holds(int from, int to, int point) {
    return Math.floorMod(point - from, MicroDegrees.CIRCLE) <= to - from;
  }

  private static long value(AspectPolicy policy, WholeScore whole, int distance) {
    int separation = MicroDegrees.separation(Math.floorMod(distance, MicroDegrees.CIRCLE), 0);
    int hit = policy.match(separation);
    int code = Hit.code(hit);
    return code == 0 ? 0 : whole.multiplier(code) * (policy.aspect(code).maxOrb() - Hit.orb(hit));
  }
}
