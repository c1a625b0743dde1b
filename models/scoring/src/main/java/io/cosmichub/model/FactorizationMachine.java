package io.cosmichub.model;

import java.util.stream.IntStream;

/**
 * A linear model and, for every two features, the product of their values and of their vectors, by
 * S. Rendle's identity in time linear in the number of features.
 */
public final class FactorizationMachine implements PairModel {
  private final LinearModel linear;
  private final int factors;
  // Row-major: one row of all features a factor.
  private final double[] vectors;

  /**
   * Takes a copy of the vectors, all features of the first factor first; {@link
   * IllegalArgumentException} if their number is not factors × features or one is not finite.
   */
  public FactorizationMachine(LinearModel linear, int factors, double[] vectors) {
    if (factors < 1 || vectors.length != (long) factors * linear.features()) {
      throw new IllegalArgumentException(
          factors + " factors of " + linear.features() + " features, not " + vectors.length);
    }
    this.linear = linear;
    this.factors = factors;
    this.vectors = Numbers.finite(vectors.clone());
  }

  @Override
  public int features() {
    return linear.features();
  }

  @Override
  public long operations() {
    return linear.operations() + vectors.length;
  }

  @Override
  public boolean reads(int feature) {
    return linear.reads(feature)
        || IntStream.range(0, factors).anyMatch(factor -> vector(factor, feature) != 0);
  }

  /** How many factors there are. */
  public int factors() {
    return factors;
  }

  /** The linear part. */
  public LinearModel linear() {
    return linear;
  }

  /** One number of the vector of a feature. */
  public double vector(int factor, int feature) {
    return vectors[factor * linear.features() + feature];
  }

  // Two factors at once, for additions that wait for each other are what a row costs.
  @Override
  public double predict(float[] rows, int from) {
    int features = linear.features();
    double interactions = 0;
    int at = 0;
    for (; at + features < vectors.length; at += 2 * features) {
      int other = at + features;
      double sum = 0;
      double squares = 0;
      double otherSum = 0;
      double otherSquares = 0;
      for (int i = 0; i < features; i++) {
        double x = rows[from + i];
        double term = vectors[at + i] * x;
        double otherTerm = vectors[other + i] * x;
        sum += term;
        squares += term * term;
        otherSum += otherTerm;
        otherSquares += otherTerm * otherTerm;
      }
      interactions += sum * sum - squares;
      interactions += otherSum * otherSum - otherSquares;
    }
    if (at < vectors.length) {
      interactions += interaction(rows, from, at);
    }
    return linear.predict(rows, from) + interactions / 2;
  }

  private double interaction(float[] rows, int from, int at) {
    double sum = 0;
    double squares = 0;
    for (int i = 0; i < linear.features(); i++) {
      double term = vectors[at + i] * rows[from + i];
      sum += term;
      squares += term * term;
    }
    return sum * sum - squares;
  }
}
