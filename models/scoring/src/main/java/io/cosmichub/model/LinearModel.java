package io.cosmichub.model;

/** A bias and a weight for each feature. */
public final class LinearModel implements PairModel {
  private final double bias;
  private final double[] weights;

  /** Takes a copy of the weights; {@link IllegalArgumentException} if a number is not finite. */
  public LinearModel(double bias, double[] weights) {
    this.bias = Numbers.finite(bias);
    this.weights = Numbers.finite(weights.clone());
  }

  @Override
  public int features() {
    return weights.length;
  }

  @Override
  public long operations() {
    return weights.length;
  }

  @Override
  public boolean reads(int feature) {
    return weights[feature] != 0;
  }

  /** The prediction for a row without any feature. */
  public double bias() {
    return bias;
  }

  /** The weight of a feature. */
  public double weight(int feature) {
    return weights[feature];
  }

  // Four sums, for additions that wait for each other are what a row costs.
  @Override
  public double predict(float[] rows, int from) {
    double sum0 = bias;
    double sum1 = 0;
    double sum2 = 0;
    double sum3 = 0;
    int i = 0;
    for (; i + 3 < weights.length; i += 4) {
      sum0 += weights[i] * rows[from + i];
      sum1 += weights[i + 1] * rows[from + i + 1];
      sum2 += weights[i + 2] * rows[from + i + 2];
      sum3 += weights[i + 3] * rows[from + i + 3];
    }
    for (; i < weights.length; i++) {
      sum0 += weights[i] * rows[from + i];
    }
    return (sum0 + sum1) + (sum2 + sum3);
  }
}
