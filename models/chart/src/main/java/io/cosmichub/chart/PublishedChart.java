package io.cosmichub.chart;

/**
 * What was last fanned out of a chart.
 *
 * @param life counts how often the chart began anew after an erasure, from 1
 * @param revision the chart's revision when this was published
 * @param effectiveAt epoch milliseconds, or {@link ChartUpdate#NO_TIME}
 * @param longitudes the published longitudes; within epsilon of the current ones
 */
public record PublishedChart(int life, long revision, long effectiveAt, Longitudes longitudes) {}
