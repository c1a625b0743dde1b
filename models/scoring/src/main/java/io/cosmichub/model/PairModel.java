package io.cosmichub.model;

/** A model as arrays: answers one row of features without allocating. Thread-safe. */
public sealed interface PairModel permits LinearModel, LogisticModel, FactorizationMachine, Forest {
  /** How many features a row has. */
  int features();

  /** How many products of two numbers take at least as long as a prediction. */
  long operations();

  /** Whether a prediction may depend on a feature. */
  boolean reads(int feature);

  /** The prediction for the row of features that begins at {@code rows[from]}. */
  double predict(float[] rows, int from);
}
