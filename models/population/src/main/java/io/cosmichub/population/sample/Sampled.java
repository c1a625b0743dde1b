package io.cosmichub.population.sample;

import io.cosmichub.chart.Longitudes;

/**
 * A chart or a pair of a sample, as it stands.
 *
 * @param personA stands for the chart on side A, or the only one
 * @param personB stands for the chart on side B; the same as {@code personA} for a chart
 * @param a where the bodies of A are
 * @param b where those of B are; {@link Longitudes#NONE} for a chart
 */
public record Sampled(long personA, long personB, Longitudes a, Longitudes b) {

  /** A chart. */
  public static Sampled chart(long person, Longitudes bodies) {
    return new Sampled(person, person, bodies, Longitudes.NONE);
  }
}
