package io.cosmichub.population.shape;

import io.cosmichub.chart.Body;

/**
 * A named figure.
 *
 * @param kind which
 * @param ofA a bit for each slot of A's chart, or of the only chart, that is in it
 * @param ofB a bit for each slot of B's chart that is in it; 0 for one chart
 */
public record Shape(ShapeKind kind, int ofA, int ofB) {

  /** Of points, A's in the lower sixteen bits. */
  static Shape of(ShapeKind kind, int points) {
    return new Shape(kind, points & Body.ALL_MASK, points >>> Body.COUNT);
  }

  /** How many bodies are in it. */
  public int size() {
    return Integer.bitCount(ofA) + Integer.bitCount(ofB);
  }

  /** Whether it takes both charts. */
  public boolean isShared() {
    return ofA != 0 && ofB != 0;
  }

  boolean isWithin(Shape other) {
    return (ofA & ~other.ofA) == 0 && (ofB & ~other.ofB) == 0;
  }
}
