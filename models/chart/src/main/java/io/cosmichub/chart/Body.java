package io.cosmichub.chart;

import org.jspecify.annotations.Nullable;

/**
 * A point with an ecliptic longitude. Its slot is a stable code: layouts and masks are built on it.
 */
public enum Body {
  SUN(0, "sun"),
  MOON(1, "moon"),
  MERCURY(2, "mercury"),
  VENUS(3, "venus"),
  MARS(4, "mars"),
  JUPITER(5, "jupiter"),
  SATURN(6, "saturn"),
  URANUS(7, "uranus"),
  NEPTUNE(8, "neptune"),
  PLUTO(9, "pluto"),
  NORTH_NODE(10, "north_node"),
  CHIRON(11, "chiron"),
  LILITH(12, "lilith"),
  ASCENDANT(13, "ascendant"),
  MIDHEAVEN(14, "midheaven"),
  VERTEX(15, "vertex");

  /** How many slots a chart has. */
  public static final int COUNT = 16;

  /** One bit for each slot. */
  public static final int ALL_MASK = 0xFFFF;

  private static final Body[] BY_SLOT = bySlot();

  private final int slot;
  private final String id;

  Body(int slot, String id) {
    this.slot = slot;
    this.id = id;
  }

  /** The stable slot, 0 to 15. */
  public int slot() {
    return slot;
  }

  /** The bit of this body in a mask of slots. */
  public int bit() {
    return 1 << slot;
  }

  /** The id in messages, such as {@code north_node}. */
  public String id() {
    return id;
  }

  /** The body of an id, or null if there is none; ids are case-sensitive. */
  public static @Nullable Body ofId(String id) {
    for (Body body : BY_SLOT) {
      if (body.id.equals(id)) {
        return body;
      }
    }
    return null;
  }

  /** The body of a slot; {@link IllegalArgumentException} outside 0 to 15. */
  public static Body ofSlot(int slot) {
    if (slot < 0 || slot >= COUNT) {
      throw new IllegalArgumentException("slot " + slot + " is not within 0..15");
    }
    return BY_SLOT[slot];
  }

  private static Body[] bySlot() {
    Body[] bodies = new Body[COUNT];
    for (Body body : values()) {
      bodies[body.slot] = body;
    }
    return bodies;
  }
}
