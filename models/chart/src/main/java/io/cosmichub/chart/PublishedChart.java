package io.cosmichub.chart;

import java.util.List;

/**
 * What was last fanned out of a chart.
 *
 * @param life counts how often the chart began anew after an erasure, from 1
 * @param revision the chart's revision when this was published
 * @param effectiveAt epoch milliseconds, or {@link ChartUpdate#NO_TIME}
 * @param longitudes the published longitudes; within epsilon of the current ones
 * @param cohorts the published cohorts
 */
public record PublishedChart(
    int life, long revision, long effectiveAt, Longitudes longitudes, List<String> cohorts) {

  /** A chart in no cohort. */
  public PublishedChart(int life, long revision, long effectiveAt, Longitudes longitudes) {
    this(life, revision, effectiveAt, longitudes, List.of());
  }

  /** Unmodifiable. */
  public PublishedChart {
    cohorts = List.copyOf(cohorts);
  }
}
