package io.cosmichub.chart;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** The sixteen longitudes of a chart in micro-degrees, by slot; immutable, equal by value. */
public final class Longitudes {
  /** No body at all. */
  public static final Longitudes NONE = new Longitudes(absent());

  private final int[] slots;

  private Longitudes(int[] slots) {
    this.slots = slots;
  }

  /**
   * A copy of sixteen longitudes, {@link MicroDegrees#ABSENT} where the body is missing; {@link
   * IllegalArgumentException} if there are not sixteen or one is no longitude.
   */
  public static Longitudes of(int[] sixteen) {
    if (sixteen.length != Body.COUNT) {
      throw new IllegalArgumentException("a chart has 16 slots, not " + sixteen.length);
    }
    for (int slot = 0; slot < Body.COUNT; slot++) {
      check(slot, sixteen[slot]);
    }
    return new Longitudes(sixteen.clone());
  }

  /** The longitude of a slot, or {@link MicroDegrees#ABSENT}. */
  public int at(int slot) {
    return slots[slot];
  }

  /** Whether the chart has the body. */
  public boolean has(int slot) {
    return slots[slot] >= 0;
  }

  /** One bit for each slot that has a longitude. */
  public int presentMask() {
    int mask = 0;
    for (int slot = 0; slot < Body.COUNT; slot++) {
      mask |= slots[slot] >= 0 ? 1 << slot : 0;
    }
    return mask;
  }

  /** One bit for each slot that differs, appearance and disappearance included. */
  public int changedMask(Longitudes other) {
    int mask = 0;
    for (int slot = 0; slot < Body.COUNT; slot++) {
      mask |= slots[slot] != other.slots[slot] ? 1 << slot : 0;
    }
    return mask;
  }

  /**
   * Whether a body of a slot in the mask (bit per slot) is in another sign than there, appearance
   * and disappearance included.
   */
  public boolean changesSign(int mask, Longitudes other) {
    for (int left = mask; left != 0; left &= left - 1) {
      int slot = Integer.numberOfTrailingZeros(left);
      if (sign(slots[slot]) != sign(other.slots[slot])) {
        return true;
      }
    }
    return false;
  }

  /** These longitudes without the slots that are not in the mask (bit per slot). */
  public Longitudes only(int mask) {
    int[] copy = slots.clone();
    for (int slot = 0; slot < Body.COUNT; slot++) {
      if ((mask >> slot & 1) == 0) {
        copy[slot] = MicroDegrees.ABSENT;
      }
    }
    return new Longitudes(copy);
  }

  /** These longitudes with the slots in the mask (bit per slot) as {@code others} has them. */
  public Longitudes replace(int mask, Longitudes others) {
    int[] copy = slots.clone();
    for (int slot = 0; slot < Body.COUNT; slot++) {
      if ((mask >> slot & 1) != 0) {
        copy[slot] = others.slots[slot];
      }
    }
    return new Longitudes(copy);
  }

  /** A copy of the sixteen values. */
  public int[] toArray() {
    return slots.clone();
  }

  /** These longitudes with one slot replaced. */
  public Longitudes with(int slot, int value) {
    check(slot, value);
    int[] copy = slots.clone();
    copy[slot] = value;
    return new Longitudes(copy);
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof Longitudes that && Arrays.equals(slots, that.slots);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(slots);
  }

  /** Names how many bodies there are, never where: a longitude is personal data. */
  @Override
  public String toString() {
    return "Longitudes[" + Integer.bitCount(presentMask()) + " bodies]";
  }

  /** The sign from 0 on, or -1 where there is no body. */
  private static int sign(int longitude) {
    return Math.floorDiv(longitude, MicroDegrees.SIGN);
  }

  private static void check(int slot, int value) {
    if (value != MicroDegrees.ABSENT && !MicroDegrees.isLongitude(value)) {
      throw new IllegalArgumentException("slot " + slot + " holds no longitude");
    }
  }

  private static int[] absent() {
    int[] slots = new int[Body.COUNT];
    Arrays.fill(slots, MicroDegrees.ABSENT);
    return slots;
  }
}
