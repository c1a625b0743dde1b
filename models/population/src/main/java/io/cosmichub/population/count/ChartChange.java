package io.cosmichub.population.count;

import io.cosmichub.chart.Longitudes;
import org.jspecify.annotations.Nullable;

/**
 * How a chart stood and how it stands.
 *
 * @param chartId the chart
 * @param revision its revision now; 0 where it was erased or is not known
 * @param eventTime epoch milliseconds
 * @param before its published longitudes; null for a new chart
 * @param after its longitudes now; null for one that was erased
 */
public record ChartChange(
    String chartId,
    long revision,
    long eventTime,
    @Nullable Longitudes before,
    @Nullable Longitudes after) {

  /** Names the chart and never where its bodies stand. */
  @Override
  public String toString() {
    return "ChartChange[" + chartId + "]";
  }
}
