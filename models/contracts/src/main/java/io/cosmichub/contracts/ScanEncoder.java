package io.cosmichub.contracts;

import io.cosmichub.contracts.v1.ChartMatches;
import io.cosmichub.contracts.v1.ScanFigure;
import org.jspecify.annotations.Nullable;

/**
 * Writes what a scan of every chart with every other found as the records of its topics, with
 * CloudEvents headers in binary mode. For one thread.
 */
public final class ScanEncoder {

  private final EventWriter out;

  /** Writes {@code format}. */
  public ScanEncoder(Format format) {
    this.out = new EventWriter(format, "cosmichub/scan");
  }

  /** The record of a figure. */
  public OutputRecord figure(ScanFigure figure) {
    return record(
        Topics.POPULATION_SCANS,
        figure.getMetric(),
        out.value(figure, fields -> write(fields, figure)),
        Timestamps.text(figure.getAt()));
  }

  /** The record of the best partners of a chart. */
  public OutputRecord matches(ChartMatches matches) {
    return record(
        Topics.POPULATION_MATCHES,
        matches.getChartId(),
        out.value(matches, fields -> write(fields, matches)),
        Timestamps.text(matches.getAt()));
  }

  /** The tombstone of a chart that a scan at a time in epoch milliseconds did not see. */
  public OutputRecord gone(String chartId, long at) {
    return record(Topics.POPULATION_MATCHES, chartId, null, Rfc3339.format(at));
  }

  private OutputRecord record(String topic, String key, byte @Nullable [] value, String at) {
    return out.record(topic, key, value, key + "/" + at, at);
  }

  private static void write(JsonFields fields, ScanFigure figure) {
    fields.text("metric", figure.getMetric());
    fields.time("at", figure.getAt());
    fields.text("figure", figure.getFigure());
    fields.text("group", figure.getGroup());
    fields.texts("given", figure.getGivenList());
    fields.text("item", figure.getItem());
    fields.int64("count", figure.getCount());
    fields.int64("among", figure.getAmong());
    fields.number("share", figure.getShare());
    if (figure.hasShareInterval()) {
      fields.object("shareInterval", in -> EventWriter.write(in, figure.getShareInterval()));
    }
    if (figure.hasEvenShare()) {
      fields.number("evenShare", figure.getEvenShare());
    }
    if (figure.hasRule()) {
      fields.object("rule", in -> EventWriter.write(in, figure.getRule()));
    }
  }

  private static void write(JsonFields fields, ChartMatches matches) {
    fields.text("chartId", matches.getChartId());
    fields.time("at", matches.getAt());
    fields.objects("matches", matches.getMatchesList(), EventWriter::write);
    fields.text("model", matches.getModel());
  }
}
