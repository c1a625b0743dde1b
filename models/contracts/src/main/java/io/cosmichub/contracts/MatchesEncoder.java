package io.cosmichub.contracts;

import io.cosmichub.contracts.v1.BestMatches;

/**
 * Writes the best matches of charts, with CloudEvents headers in binary mode; no value where a
 * chart was erased. For one thread.
 */
public final class MatchesEncoder {
  private final EventWriter out;

  /** Writes {@code format}. */
  public MatchesEncoder(Format format) {
    this.out = new EventWriter(format, "cosmichub/streams");
  }

  /** The record of a chart's list; its id tells it from earlier ones. */
  public OutputRecord encode(BestMatches matches) {
    String id =
        matches.getChartId()
            + "@"
            + matches.getRevision()
            + "/"
            + Timestamps.millis(matches.getAt());
    return out.record(
        Topics.CHART_MATCHES,
        matches.getChartId(),
        out.value(matches, fields -> write(fields, matches)),
        id,
        Timestamps.text(matches.getAt()));
  }

  /** The tombstone of a chart that was erased, at a time in epoch milliseconds. */
  public OutputRecord erase(String chartId, long at) {
    return out.record(
        Topics.CHART_MATCHES, chartId, null, chartId + "/erased/" + at, Rfc3339.format(at));
  }

  private static void write(JsonFields fields, BestMatches matches) {
    fields.text("chartId", matches.getChartId());
    fields.int64("revision", matches.getRevision());
    fields.text("cohort", matches.getCohort());
    fields.time("at", matches.getAt());
    fields.count("compared", matches.getCompared());
    fields.objects("matches", matches.getMatchesList(), EventWriter::write);
  }
}
