package io.cosmichub.naive;

import io.cosmichub.aspect.Aspect;
import io.cosmichub.aspect.AspectPolicy;
import io.cosmichub.aspect.AspectSet;
import io.cosmichub.aspect.Hit;
import io.cosmichub.chart.Body;
import io.cosmichub.chart.Longitudes;

/** The scalar rule as the design words it, slow and plain: what the tests hold the code against. */
public final class NaiveMatch {
  private NaiveMatch() {}

  /** Every aspect of a pair. */
  public static AspectSet all(Longitudes a, Longitudes b, AspectPolicy policy) {
    return touched(a, b, Body.ALL_MASK, Body.ALL_MASK, policy);
  }

  /** The aspects of the cells whose row or column moved. */
  public static AspectSet touched(
      Longitudes a, Longitudes b, int movedA, int movedB, AspectPolicy policy) {
    AspectSet.Builder set = AspectSet.builder();
    for (int row = 0; row < Body.COUNT; row++) {
      for (int col = 0; col < Body.COUNT; col++) {
        boolean touched = (movedA & 1 << row) != 0 || (movedB & 1 << col) != 0;
        if (touched && takesPart(a, row, policy) && takesPart(b, col, policy)) {
          int hit = match(a.at(row), b.at(col), policy);
          if (hit != 0) {
            set.put(row, col, hit);
          }
        }
      }
    }
    return set.build();
  }

  /** The hit of two longitudes, or 0. */
  public static int match(int a, int b, AspectPolicy policy) {
    long separation = Math.floorMod((long) a - b, 360_000_000L);
    if (separation > 180_000_000L) {
      separation = 360_000_000L - separation;
    }
    Aspect best = null;
    long bestOrb = 0;
    for (Aspect aspect : policy.aspects()) {
      long orb = Math.abs(separation - aspect.angle());
      boolean holds = orb <= aspect.maxOrb();
      if (holds
          && (best == null || orb < bestOrb || (orb == bestOrb && aspect.angle() < best.angle()))) {
        best = aspect;
        bestOrb = orb;
      }
    }
    return best == null ? 0 : Hit.of(best.code(), (int) bestOrb);
  }

  private static boolean takesPart(Longitudes chart, int slot, AspectPolicy policy) {
    return chart.at(slot) >= 0 && (policy.bodyMask() & 1 << slot) != 0;
  }
}
