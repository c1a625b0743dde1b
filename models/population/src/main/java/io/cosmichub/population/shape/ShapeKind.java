package io.cosmichub.population.shape;

/** A figure that has a name. */
public enum ShapeKind {
  /** Three bodies in trine with each other. */
  GRAND_TRINE("grand_trine"),
  /** Two in opposition, and a third in square with both. */
  T_SQUARE("t_square"),
  /** Two in sextile, and a third in quincunx with both. */
  YOD("yod"),
  /** Two oppositions in square with each other. */
  GRAND_CROSS("grand_cross"),
  /** A grand trine, and a fourth body in opposition to one and in sextile with two. */
  KITE("kite"),
  /** Three bodies or more, each in conjunction with each. */
  STELLIUM("stellium");

  private final String id;

  ShapeKind(String id) {
    this.id = id;
  }

  /** The id in messages. */
  public String id() {
    return id;
  }
}
