package io.cosmichub.contracts;

import com.google.protobuf.Timestamp;
import io.cosmichub.contracts.v1.BestMatches;
import io.cosmichub.contracts.v1.ChartMatch;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Writes the best matches of charts, with CloudEvents headers in binary mode; no value where a
 * chart was erased. For one thread.
 */
public final class MatchesEncoder {
  private static final int MILLIS = 1_000;
  private static final int NANOS_PER_MILLI = 1_000_000;

  private final Format format;
  private final JsonSink json = new JsonSink();

  /** Writes {@code format}. */
  public MatchesEncoder(Format format) {
    this.format = format;
  }

  /** The record of a chart's list; its id tells it from earlier ones. */
  public OutputRecord encode(BestMatches matches) {
    long at = millis(matches);
    String id = matches.getChartId() + "@" + matches.getRevision() + "/" + at;
    return record(matches.getChartId(), value(matches), id, at);
  }

  /** The tombstone of a chart that was erased, at a time in epoch milliseconds. */
  public OutputRecord erase(String chartId, long at) {
    return record(chartId, null, chartId + "/erased/" + at, at);
  }

  private OutputRecord record(String chartId, byte @Nullable [] value, String id, long at) {
    return new OutputRecord(
        Topics.CHART_MATCHES,
        chartId.getBytes(StandardCharsets.UTF_8),
        value,
        List.of(
            Header.of(Envelope.CONTENT_TYPE, format.contentType()),
            Header.of("ce_specversion", "1.0"),
            Header.of("ce_type", Topics.CHART_MATCHES),
            Header.of("ce_source", "cosmichub/streams"),
            Header.of("ce_id", id),
            Header.of(Envelope.CE_TIME, Rfc3339.format(at))),
        OutputRecord.NO_TIMESTAMP);
  }

  private byte[] value(BestMatches matches) {
    if (format == Format.PROTOBUF) {
      return matches.toByteArray();
    }
    json.start();
    JsonFields fields = new JsonFields(json);
    fields.text("chartId", matches.getChartId());
    fields.put("revision", sink -> sink.int64(matches.getRevision()));
    fields.text("cohort", matches.getCohort());
    fields.text("at", Rfc3339.format(millis(matches)));
    fields.put("compared", sink -> sink.count(matches.getCompared()));
    fields.list("matches", matches.getMatchesList(), this::write);
    json.put('}');
    return json.toBytes();
  }

  private void write(ChartMatch match) {
    JsonFields fields = new JsonFields(json);
    fields.text("chartId", match.getChartId());
    fields.put("overall", sink -> sink.number(match.getOverall()));
    fields.put("rawTotal", sink -> sink.number(match.getRawTotal()));
    json.put('}');
  }

  private static long millis(BestMatches matches) {
    Timestamp at = matches.getAt();
    return at.getSeconds() * MILLIS + at.getNanos() / NANOS_PER_MILLI;
  }
}
