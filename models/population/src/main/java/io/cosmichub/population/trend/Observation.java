package io.cosmichub.population.trend;

/**
 * A figure of one window.
 *
 * @param count how many; 0 or more
 * @param of among how many pairs; above 0
 */
public record Observation(long count, long of) {

  /** {@link IllegalArgumentException} outside the limits. */
  public Observation {
    if (count < 0 || of <= 0) {
      throw new IllegalArgumentException("an observation is a count of 0 or more, among some");
    }
  }

  /** The count for each of those it is among. */
  public double rate() {
    return (double) count / of;
  }

  /** The rate on a scale on which chance alone spreads by {@link #chance}, whatever the rate. */
  double stable() {
    return 2 * Math.sqrt((count + 3.0 / 8) / of);
  }

  /** The variance of {@link #stable} if each count came by chance. */
  double chance() {
    return 1.0 / of;
  }
}
