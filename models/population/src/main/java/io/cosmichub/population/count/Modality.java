package io.cosmichub.population.count;

/** One of three kinds of sign, in the order in which they take turns. */
public enum Modality {
  CARDINAL,
  FIXED,
  MUTABLE
}
