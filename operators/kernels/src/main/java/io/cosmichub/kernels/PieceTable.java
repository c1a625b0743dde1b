package io.cosmichub.kernels;

import io.cosmichub.aspect.Aspect;
import io.cosmichub.aspect.AspectPolicy;
import io.cosmichub.aspect.Hit;
import io.cosmichub.chart.MicroDegrees;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;

/** From the distance of two longitudes to their aspect by one look-up, for any policy. */
final class PieceTable {

  /*
   * The circle, 0 to 360° without folding, is cut into buckets of 2^16 micro-degrees. Over most buckets one aspect holds
   * throughout, on one side of its angle, or none does: such a bucket names its piece, and in a piece the orb and the
   * contribution to the score are linear in the distance. A bucket in which something changes (an orb ends, an angle or
   * the half circle is passed, two aspects are equally near) is MIXED and asks the policy; these are 32 of 5,494 for the
   * classic policy. Distances beyond the circle belong to missing bodies and fall into buckets without aspect.
   */
  static final byte MIXED = -1;
  static final int SHIFT = 16;

  private static final int BUCKETS = 1 << (Integer.SIZE - 1 - SHIFT);
  private static final int PIECES = 128;

  private final AspectPolicy policy;
  private final WholeScore whole;

  /** By bucket: a piece, 0 for no aspect, or MIXED. */
  final byte[] piece = new byte[BUCKETS];

  /**
   * By piece: the hit at the distance 0, and what a micro-degree adds: together {@code base + sign
   * · distance}.
   */
  private final int[] hitBase = new int[PIECES];

  private final int[] hitSlope = new int[PIECES];

  /** By piece: m · (max orb − orb) is {@code scoreBase + scoreSlope · distance}. */
  final long[] scoreBase = new long[PIECES];

  final long[] scoreSlope = new long[PIECES];

  PieceTable(AspectPolicy policy, WholeScore whole) {
    this.policy = policy;
    this.whole = whole;
    List<Aspect> aspects = policy.aspects();
    BitSet mixed = mixedBuckets(aspects);
    for (int bucket = 0; bucket << SHIFT <= MicroDegrees.CIRCLE; bucket++) {
      piece[bucket] = mixed.get(bucket) ? MIXED : (byte) pieceAt(bucket << SHIFT, aspects);
    }
    for (int index = 0; index < aspects.size(); index++) {
      Aspect aspect = aspects.get(index);
      int mirrored = MicroDegrees.CIRCLE - aspect.angle();
      describe(1 + 4 * index, aspect, aspect.angle(), -1);
      describe(2 + 4 * index, aspect, aspect.angle(), 1);
      describe(3 + 4 * index, aspect, mirrored, -1);
      describe(4 + 4 * index, aspect, mirrored, 1);
    }
  }

  /** The hit at any distance, or 0, by one look-up. */
  int find(int distance) {
    int at = piece[distance >> SHIFT];
    return at == MIXED ? hit(distance) : hitBase[at] + hitSlope[at] * distance;
  }

  /** The hit at any distance, by the rule itself. */
  private int hit(int distance) {
    return distance > MicroDegrees.CIRCLE
        ? Hit.NONE
        : policy.match(Math.min(distance, MicroDegrees.CIRCLE - distance));
  }

  /** m · (max orb − orb) at any distance, by the rule itself. */
  long score(int distance) {
    int hit = hit(distance);
    int code = Hit.code(hit);
    return hit == Hit.NONE
        ? 0
        : whole.multiplier(code) * (policy.aspect(code).maxOrb() - Hit.orb(hit));
  }

  private int pieceAt(int distance, List<Aspect> aspects) {
    int hit = hit(distance);
    for (int index = 0; index < aspects.size(); index++) {
      if (hit != Hit.NONE && aspects.get(index).code() == Hit.code(hit)) {
        boolean mirrored = distance > MicroDegrees.HALF;
        int angle = aspects.get(index).angle();
        int center = mirrored ? MicroDegrees.CIRCLE - angle : angle;
        return 1 + 4 * index + (mirrored ? 2 : 0) + (distance > center ? 1 : 0);
      }
    }
    return 0;
  }

  /**
   * In piece {@code at}, left (−1) or right (1) of {@code center}: the orb is side · (distance −
   * center).
   */
  private void describe(int at, Aspect aspect, int center, int side) {
    hitBase[at] = Hit.of(aspect.code(), 0) - side * center;
    hitSlope[at] = side;
    long multiplier = whole.multiplier(aspect.code());
    scoreBase[at] = multiplier * ((long) aspect.maxOrb() + (long) side * center);
    scoreSlope[at] = -side * multiplier;
  }

  private BitSet mixedBuckets(List<Aspect> aspects) {
    BitSet mixed = new BitSet(BUCKETS);
    mark(mixed, 0, MicroDegrees.HALF, MicroDegrees.CIRCLE);
    for (Aspect aspect : aspects) {
      int angle = aspect.angle();
      markMirrored(mixed, angle, angle - aspect.maxOrb(), angle + aspect.maxOrb());
      for (Aspect other : aspects) {
        int apart = other.angle() - angle;
        if (apart > 0 && apart <= 2 * Math.min(aspect.maxOrb(), other.maxOrb())) {
          markMirrored(mixed, angle + apart / 2);
        }
      }
    }
    return mixed;
  }

  private static void markMirrored(BitSet mixed, int... distances) {
    mark(mixed, distances);
    mark(mixed, Arrays.stream(distances).map(distance -> MicroDegrees.CIRCLE - distance).toArray());
  }

  /** Marks the bucket of each distance, and that of its neighbours. */
  private static void mark(BitSet mixed, int... distances) {
    for (int distance : distances) {
      for (int near = distance - 2; near <= distance + 2; near += 2) {
        if (near >= 0 && near >> SHIFT < BUCKETS) {
          mixed.set(near >> SHIFT);
        }
      }
    }
  }
}
