package io.cosmichub.model;

/** A model as arrays: answers one row of features without allocating. Thread-safe. */
public sealed interface PairModel permits LinearModel, LogisticModel, FactorizationMachine, Forest {
  /** How many features a row has. */
  int features();

  /** At most so many products and comparisons of two numbers are in a prediction. */
  long operations();

  /** The prediction for the row of features that begins at {@code rows[from]}. */
  double predict(float[] rows, int from);
}
