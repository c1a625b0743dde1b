package io.cosmichub.population.trend;

import java.util.List;
import org.apache.commons.numbers.gamma.RegularizedBeta;
import org.jspecify.annotations.Nullable;

/**
 * How far a figure lies from those it is compared with.
 *
 * @param z by how many standard errors of a prediction
 * @param p how likely so much is by chance, on either side
 * @param expected the mean rate of what it is compared with
 * @param references with how many it is compared
 */
public record Deviation(double z, double p, double expected, int references) {
  /*
   * The count is brought to a scale on which its chance variance does not depend on it (twice the
   * square root, Anscombe's correction). There, the new value is compared with the interval that a
   * normal sample predicts for one more value: Student's t with one degree less than references.
   * The sample's variance is never taken to be less than chance alone makes it, so figures that
   * hardly move do not trend at the first pair that does.
   */

  /** Fewer references tell nothing. */
  static final int LEAST_REFERENCES = 8;

  /** The deviation of {@code now}, or null if there are too few references. */
  static @Nullable Deviation of(Observation now, List<Observation> references) {
    int size = references.size();
    if (size < LEAST_REFERENCES) {
      return null;
    }
    double mean = references.stream().mapToDouble(Observation::stable).sum() / size;
    double squares =
        references.stream().mapToDouble(each -> squared(each.stable() - mean)).sum() / (size - 1);
    double chance = references.stream().mapToDouble(Observation::chance).sum() / size;
    double variance =
        Math.max(squares, chance) / size + Math.max(squares, Math.max(chance, now.chance()));
    double z = (now.stable() - mean) / Math.sqrt(variance);
    double expected = references.stream().mapToDouble(Observation::rate).sum() / size;
    return new Deviation(z, twoSided(z, size - 1), expected, size);
  }

  /** The probability that Student's t with so many degrees of freedom is as far from 0 as t. */
  static double twoSided(double t, int degrees) {
    return RegularizedBeta.value(degrees / (degrees + t * t), degrees / 2.0, 0.5);
  }

  private static double squared(double value) {
    return value * value;
  }
}
