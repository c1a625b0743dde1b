package io.cosmichub.population.count;

/** One of four kinds of sign, in the order in which they take turns. */
public enum Element {
  FIRE,
  EARTH,
  AIR,
  WATER
}
