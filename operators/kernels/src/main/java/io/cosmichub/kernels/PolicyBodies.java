package io.cosmichub.kernels;

import io.cosmichub.aspect.AspectPolicy;
import io.cosmichub.chart.Body;
import java.util.Arrays;

/**
 * The bodies of a policy by ascending slot: what the rows and columns of packed and dense sets
 * stand for.
 */
final class PolicyBodies {

  private final AspectPolicy policy;
  private final int[] slots;
  private final int[] indexOfSlot = new int[Body.COUNT];

  private PolicyBodies(AspectPolicy policy) {
    this.policy = policy;
    slots = new int[Integer.bitCount(policy.bodyMask())];
    Arrays.fill(indexOfSlot, -1);
    int count = 0;
    for (int slot = 0; slot < Body.COUNT; slot++) {
      if ((policy.bodyMask() >> slot & 1) != 0) {
        indexOfSlot[slot] = count;
        slots[count++] = slot;
      }
    }
  }

  static PolicyBodies of(AspectPolicy policy) {
    return new PolicyBodies(policy);
  }

  int count() {
    return slots.length;
  }

  int cells() {
    return slots.length * slots.length;
  }

  /** 64-bit words that hold one bit for each cell. */
  int words() {
    return (cells() + Long.SIZE - 1) / Long.SIZE;
  }

  int slot(int index) {
    return slots[index];
  }

  /** The row or column of a slot, or −1. */
  int index(int slot) {
    return indexOfSlot[slot];
  }

  /** Refuses a policy whose aspects or bodies are others. */
  void check(AspectPolicy other) {
    if (other != policy
        && !(other.bodyMask() == policy.bodyMask() && other.aspects().equals(policy.aspects()))) {
      throw new IllegalArgumentException("made for " + policy + ", not for " + other);
    }
  }
}
