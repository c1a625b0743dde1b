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

  AspectPolicy policy() {
    return policy;
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

  /** A bit for each slot. */
  int mask() {
    return policy.bodyMask();
  }

  /** Whether these are the bodies of the first {@code many} slots. */
  boolean areTheFirst(int many) {
    return policy.bodyMask() == (1 << many) - 1;
  }

  /** The slot of the row of each cell, with zeros up to a multiple of {@code width}. */
  int[] rowSlots(int width) {
    int[] rows = new int[(cells() + width - 1) / width * width];
    Arrays.setAll(rows, cell -> cell < cells() ? slots[cell / count()] : 0);
    return rows;
  }

  /** The slot of the column of each cell, likewise. */
  int[] columnSlots(int width) {
    int[] columns = new int[(cells() + width - 1) / width * width];
    Arrays.setAll(columns, cell -> cell < cells() ? slots[cell % count()] : 0);
    return columns;
  }

  /** A bit for each slot of a body, from one for each body. */
  int slotsOf(int ofBodies) {
    if (areTheFirst(slots.length)) {
      return ofBodies;
    }
    int ofSlots = 0;
    for (int rest = ofBodies; rest != 0; rest &= rest - 1) {
      ofSlots |= 1 << slots[Integer.numberOfTrailingZeros(rest)];
    }
    return ofSlots;
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
