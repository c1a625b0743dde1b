package io.cosmichub.model;

/** Refuses what is not a number, so that no model answers with one. */
final class Numbers {
  private Numbers() {}

  static double finite(double value) {
    if (!Double.isFinite(value)) {
      throw new IllegalArgumentException("a model holds a number that is not finite");
    }
    return value;
  }

  static double[] finite(double[] values) {
    for (double value : values) {
      finite(value);
    }
    return values;
  }
}
