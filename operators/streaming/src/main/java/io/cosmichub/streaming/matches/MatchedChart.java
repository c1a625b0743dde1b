package io.cosmichub.streaming.matches;

import io.cosmichub.chart.Longitudes;
import java.util.Objects;

/**
 * A chart as it is compared.
 *
 * @param revision its revision
 * @param longitudes its published longitudes
 */
record MatchedChart(long revision, Longitudes longitudes) {

  /** Refuses nulls. */
  MatchedChart {
    Objects.requireNonNull(longitudes, "longitudes");
  }

  /** Never says where bodies stand. */
  @Override
  public String toString() {
    return "MatchedChart[" + revision + "]";
  }
}
