package io.cosmichub.population.trend;

import io.cosmichub.population.window.WindowId;

/**
 * A sentence worth reading, and the figures that it rests on.
 *
 * @param sentence such as {@code Venus-Mars trines are up 34% against the past 24 h, z 4.2, 1,812
 *     pairs}
 * @param trend the figures
 * @param window the window, whose link leads to all of its figures
 */
public record Insight(String sentence, Trend trend, WindowId window) {}
