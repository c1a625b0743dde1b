package io.cosmichub.streaming.population;

import io.cosmichub.chart.Longitudes;
import org.jspecify.annotations.Nullable;

/**
 * What became of a chart or of a pair in a cohort.
 *
 * @param id whose it is
 * @param time epoch milliseconds of event time
 * @param late whether its window was closed when it came
 * @param pair how the pair stood and stands; null of a chart
 * @param chart how the chart stood and stands; null of a pair
 */
record Fact(
    String id,
    long time,
    boolean late,
    @Nullable Turn<Standing> pair,
    @Nullable Turn<Longitudes> chart) {

  /**
   * From one to another.
   *
   * @param before null where there was none
   * @param after null where there is none any more
   */
  record Turn<T>(@Nullable T before, @Nullable T after) {}
}
