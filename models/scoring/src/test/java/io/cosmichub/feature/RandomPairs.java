package io.cosmichub.feature;

import io.cosmichub.aspect.AspectPolicy;
import io.cosmichub.aspect.AspectSet;
import io.cosmichub.aspect.Hit;
import io.cosmichub.chart.Body;
import io.cosmichub.chart.Longitudes;
import io.cosmichub.chart.MicroDegrees;
import io.cosmichub.chart.Position;
import java.util.Arrays;
import java.util.SplittableRandom;

/** Seeded charts and their aspects by the scalar rule. */
public final class RandomPairs {
  private final SplittableRandom random;

  public RandomPairs(long seed) {
    random = new SplittableRandom(seed);
  }

  /** A chart in which each body is missing now and then. */
  public Longitudes chart() {
    int[] slots = new int[Body.COUNT];
    for (int slot = 0; slot < Body.COUNT; slot++) {
      slots[slot] =
          random.nextInt(10) == 0 ? MicroDegrees.ABSENT : random.nextInt(MicroDegrees.CIRCLE);
    }
    return Longitudes.of(slots);
  }

  /** Speeds, and cusps that go around once; either is unknown now and then. */
  PairBatch.Extras extras() {
    int[] speeds = random.nextBoolean() ? new int[Body.COUNT] : new int[0];
    for (int slot = 0; slot < speeds.length; slot++) {
      speeds[slot] =
          random.nextInt(5) == 0 ? Position.UNKNOWN_SPEED : random.nextInt(-2_000_000, 13_000_000);
    }
    int[] cusps = random.nextBoolean() ? new int[12] : new int[0];
    int first = random.nextInt(MicroDegrees.CIRCLE);
    for (int house = 0; house < cusps.length; house++) {
      cusps[house] = (first + house * 30_000_000) % MicroDegrees.CIRCLE;
    }
    return new PairBatch.Extras(speeds, cusps);
  }

  public static AspectSet aspects(AspectPolicy policy, Longitudes a, Longitudes b) {
    AspectSet.Builder set = AspectSet.builder();
    int mask = policy.bodyMask();
    for (int row = 0; row < Body.COUNT; row++) {
      for (int col = 0; col < Body.COUNT; col++) {
        if ((mask >> row & mask >> col & 1) != 0 && a.has(row) && b.has(col)) {
          int hit = policy.match(MicroDegrees.separation(a.at(row), b.at(col)));
          if (hit != Hit.NONE) {
            set.put(row, col, hit);
          }
        }
      }
    }
    return set.build();
  }

  static float[] row(float[] out, int pair, int size) {
    return Arrays.copyOfRange(out, pair * size, (pair + 1) * size);
  }
}
