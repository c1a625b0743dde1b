package io.cosmichub.kernels;

import io.cosmichub.aspect.Aspect;
import io.cosmichub.aspect.AspectPolicy;
import io.cosmichub.aspect.Hit;
import io.cosmichub.chart.MicroDegrees;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;

/** A policy as loops over many separations that the compiler turns into vectors by itself. */
final class AspectLoops {

  /*
   * One pass over all cells for each aspect. HotSpot vectorizes a loop only if all its arrays have one and the same index
   * (with another offset they might be parts of one array that overlap), if nothing is looked up, and on Java 17 if a
   * maximum is written with a shift: x & ~(x >> 31) is max(0, x). Every loop is a method of its own.
   *
   * The separation of a missing body is far below 0, so that no orb is small enough.
   */
  private static final int SIGN = Integer.SIZE - 1;
  private static final int ORB = Hit.of(1, 0) - 1;

  private final int[] angles;
  private final int[] maxOrbs;
  private final int[] codes;
  private final int[] multipliers;
  private final boolean apart;

  AspectLoops(AspectPolicy policy, WholeScore whole) {
    List<Aspect> byAngle =
        policy.aspects().stream().sorted(Comparator.comparingInt(Aspect::angle)).toList();
    angles = byAngle.stream().mapToInt(Aspect::angle).toArray();
    maxOrbs = byAngle.stream().mapToInt(Aspect::maxOrb).toArray();
    codes = byAngle.stream().mapToInt(aspect -> Hit.of(aspect.code(), 0)).toArray();
    multipliers =
        byAngle.stream().mapToInt(aspect -> (int) whole.multiplier(aspect.code())).toArray();
    int reach = Integer.MIN_VALUE;
    boolean disjoint = true;
    for (Aspect aspect : byAngle) {
      disjoint &= aspect.angle() - aspect.maxOrb() > reach;
      reach = Math.max(reach, aspect.angle() + aspect.maxOrb());
    }
    apart = disjoint;
  }

  /** Whether no two aspects hold at one separation. */
  boolean areApart() {
    return apart;
  }

  /** Makes missing bodies of A lie above the circle, as those of B lie below. */
  static void lift(int[] longitudes, int count) {
    for (int c = 0; c < count; c++) {
      longitudes[c] = Math.abs(longitudes[c]);
    }
  }

  /** The separations of the longitudes {@code a}, of which none is negative, and {@code b}. */
  static void separate(int[] a, int[] b, int[] separations, int count) {
    for (int c = 0; c < count; c++) {
      separations[c] = MicroDegrees.HALF - Math.abs(Math.abs(a[c] - b[c]) - MicroDegrees.HALF);
    }
  }

  /** The hit at each separation, or 0. */
  void hits(int[] separations, int[] hits, int count) {
    if (!apart) {
      nearest(separations, hits, count);
      return;
    }
    Arrays.fill(hits, 0, count, 0);
    for (int k = 0; k < angles.length; k++) {
      addHits(separations, hits, count, angles[k], maxOrbs[k], codes[k]);
    }
  }

  private static void addHits(
      int[] separations, int[] hits, int count, int angle, int maxOrb, int code) {
    for (int c = 0; c < count; c++) {
      int orb = Math.abs(separations[c] - angle);
      int left = maxOrb - orb;
      hits[c] += (orb + code) & ~(left >> SIGN);
    }
  }

  private void nearest(int[] separations, int[] hits, int count) {
    Arrays.fill(hits, 0, count, ORB);
    for (int k = 0; k < angles.length; k++) {
      takeNearer(separations, hits, count, angles[k], maxOrbs[k], codes[k]);
    }
    clearNone(hits, count);
  }

  private static void takeNearer(
      int[] separations, int[] hits, int count, int angle, int maxOrb, int code) {
    for (int c = 0; c < count; c++) {
      int orb = Math.abs(separations[c] - angle);
      int hit = hits[c];
      int nearer = (orb - (hit & ORB)) & ~(maxOrb - orb);
      hits[c] = hit ^ ((hit ^ (orb | code)) & (nearer >> SIGN));
    }
  }

  private static void clearNone(int[] hits, int count) {
    for (int c = 0; c < count; c++) {
      int hit = hits[c];
      hits[c] = hit & (-(hit >>> Integer.numberOfTrailingZeros(ORB + 1)) >> SIGN);
    }
  }

  /** m · (max orb − orb) at each separation, or 0; if aspects are apart and it fits into an int. */
  void strengths(int[] separations, int[] strengths, int count) {
    Arrays.fill(strengths, 0, count, 0);
    for (int k = 0; k < angles.length; k++) {
      addStrengths(separations, strengths, count, angles[k], maxOrbs[k], multipliers[k]);
    }
  }

  private static void addStrengths(
      int[] separations, int[] strengths, int count, int angle, int maxOrb, int multiplier) {
    for (int c = 0; c < count; c++) {
      int left = maxOrb - Math.abs(separations[c] - angle);
      strengths[c] += (left & ~(left >> SIGN)) * multiplier;
    }
  }

  /** Adds weight · strength, of which the lowest {@code bits} bits apart. */
  static void weigh(int[] strengths, int[] weights, int bits, int[] high, int[] low, int count) {
    int last = (1 << bits) - 1;
    for (int c = 0; c < count; c++) {
      int strength = strengths[c];
      int weight = weights[c];
      high[c] += (strength >> bits) * weight;
      low[c] += (strength & last) * weight;
    }
  }

  /** Sets {@code bit} where there is a hit. */
  static void mark(int[] hits, int[] bits, int bit, int count) {
    for (int c = 0; c < count; c++) {
      int hit = hits[c];
      bits[c] |= ((hit | -hit) >> SIGN) & bit;
    }
  }
}
