package io.cosmichub.population.trend;

/**
 * A figure that was tested.
 *
 * @param figure what was counted
 * @param observation its value in the window
 * @param deviation how far that is from its past
 * @param trending whether it is believed to be more than chance
 */
public record Trend(Figure figure, Observation observation, Deviation deviation, boolean trending) {

  /** By what part of the expected rate it is above (or, below 0, under) it. */
  public double change() {
    return deviation.expected() == 0
        ? Double.POSITIVE_INFINITY
        : observation.rate() / deviation.expected() - 1;
  }
}
