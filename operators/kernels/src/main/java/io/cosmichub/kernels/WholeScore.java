package io.cosmichub.kernels;

import io.cosmichub.aspect.Aspect;
import io.cosmichub.aspect.AspectPolicy;
import io.cosmichub.chart.Body;

/**
 * The whole numbers of a policy's score: a cell adds (2wᵢ + 2wⱼ) · m · (max orb − orb), with m =
 * base · 120·10⁶ / max orb, in units of 1/480,000,000. {@link #exists} is false where a policy has
 * none, or sums could pass 2⁵³. For kernels.
 */
public final class WholeScore {

  private static final double AREA_SCALE = 120_000_000;
  private static final long LIMIT = 1L << 53;

  private final AspectPolicy policy;
  private final long[] multipliers = new long[AspectPolicy.MAX_ASPECTS + 1];
  private final long[] doubledWeights = new long[Body.COUNT];
  private final boolean exists;

  /** The whole numbers of {@code policy}, if it has them. */
  public WholeScore(AspectPolicy policy) {
    this.policy = policy;
    boolean whole = true;
    double largestWeight = 0;
    for (int slot = 0; slot < Body.COUNT; slot++) {
      double doubled = 2 * policy.weight(slot);
      doubledWeights[slot] = (long) doubled;
      whole &= doubledWeights[slot] == doubled;
      largestWeight = Math.max(largestWeight, Math.abs(doubled));
    }
    double largestBase = 0;
    for (Aspect aspect : policy.aspects()) {
      double scaled = aspect.base() * AREA_SCALE;
      long multiplier = (long) (scaled / aspect.maxOrb());
      multipliers[aspect.code()] = multiplier;
      whole &= (double) multiplier * aspect.maxOrb() == scaled;
      largestBase = Math.max(largestBase, Math.abs(scaled));
    }
    exists = whole && Body.COUNT * Body.COUNT * 2 * largestWeight * largestBase < LIMIT;
  }

  /** Whether the policy has a score in whole numbers. */
  public boolean exists() {
    return exists;
  }

  /** {@link IllegalStateException} unless it {@link #exists}. */
  public void require() {
    if (!exists) {
      throw new IllegalStateException(policy + " has no score in whole numbers");
    }
  }

  /** m of the aspect with this code. */
  public long multiplier(int code) {
    return multipliers[code];
  }

  /** 2w of a slot. */
  public long doubledWeight(int slot) {
    return doubledWeights[slot];
  }
}
