package io.cosmichub.model;

/** A probability: a linear model's answer through the logistic function. */
public final class LogisticModel implements PairModel {
  private final LinearModel logOdds;

  /** The model whose log odds the linear one answers. */
  public LogisticModel(LinearModel logOdds) {
    this.logOdds = logOdds;
  }

  @Override
  public int features() {
    return logOdds.features();
  }

  @Override
  public long operations() {
    return logOdds.operations();
  }

  @Override
  public boolean reads(int feature) {
    return logOdds.reads(feature);
  }

  /** The linear part. */
  public LinearModel logOdds() {
    return logOdds;
  }

  // StrictMath, so that every machine answers the same to the bit.
  @Override
  public double predict(float[] rows, int from) {
    return 1 / (1 + StrictMath.exp(-logOdds.predict(rows, from)));
  }
}
