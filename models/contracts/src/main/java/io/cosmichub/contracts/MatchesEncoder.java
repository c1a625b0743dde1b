package io.cosmichub.contracts;

import io.cosmichub.contracts.v1.BestMatches;

/**
 * Writes the best matches of charts, with CloudEvents headers in binary mode; no value where a
 * chart was erased. For one thread.
 */
public final class MatchesEncoder {
  private static final String EVERYONE = "everyone";

  private final EventWriter out;

  /** Writes {@code format}. */
  public MatchesEncoder(Format format) {
    this.out = new EventWriter(format, "cosmichub/streams");
  }

  /** The record of a chart's list; its id tells it from earlier ones. */
  public OutputRecord encode(BestMatches matches) {
    String id =
        id(matches.getChartId(), matches.getCohort())
            + "@"
            + matches.getRevision()
            + "/"
            + Timestamps.millis(matches.getAt());
    return out.record(
        Topics.CHART_MATCHES,
        key(matches.getChartId(), matches.getCohort()),
        out.value(matches, fields -> write(fields, matches)),
        id,
        Timestamps.text(matches.getAt()));
  }

  /**
   * The tombstone of a chart that was erased, or that left a cohort, at a time in epoch
   * milliseconds.
   */
  public OutputRecord erase(String chartId, String cohort, long at) {
    return out.record(
        Topics.CHART_MATCHES,
        key(chartId, cohort),
        null,
        id(chartId, cohort) + "/erased/" + at,
        Rfc3339.format(at));
  }

  /** No id holds a tab, so that no two keys are the same. */
  private static String key(String chartId, String cohort) {
    return cohort.equals(EVERYONE) ? chartId : cohort + "\t" + chartId;
  }

  private static String id(String chartId, String cohort) {
    return cohort.equals(EVERYONE) ? chartId : cohort + "/" + chartId;
  }

  private static void write(JsonFields fields, BestMatches matches) {
    fields.text("chartId", matches.getChartId());
    fields.int64("revision", matches.getRevision());
    fields.text("cohort", matches.getCohort());
    fields.time("at", matches.getAt());
    fields.count("compared", matches.getCompared());
    fields.objects("matches", matches.getMatchesList(), EventWriter::write);
    fields.text("model", matches.getModel());
  }
}
