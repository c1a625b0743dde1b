package io.cosmichub.population.count;

/**
 * Where bodies stand on the circle on average.
 *
 * @param degrees the direction of the mean, 0 to below 360; NaN where there is none
 * @param concentration 0 where they are spread evenly, 1 where all stand at one place
 * @param charts how many charts have the body
 */
public record CircularMean(double degrees, double concentration, long charts) {}
