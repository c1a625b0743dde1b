package io.cosmichub.contracts;

import com.google.protobuf.MessageLite;
import com.google.protobuf.Timestamp;
import io.cosmichub.contracts.v1.ChartMatch;
import io.cosmichub.contracts.v1.ChartMatches;
import io.cosmichub.contracts.v1.Interval;
import io.cosmichub.contracts.v1.PatternRule;
import io.cosmichub.contracts.v1.ScanFigure;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Writes what a scan of every chart with every other found as the records of its topics, with
 * CloudEvents headers in binary mode. For one thread.
 */
public final class ScanEncoder {

  private static final int MILLIS = 1_000;
  private static final int NANOS_PER_MILLI = 1_000_000;

  private final Format format;
  private final JsonSink json = new JsonSink();

  /** Writes {@code format}. */
  public ScanEncoder(Format format) {
    this.format = format;
  }

  /** The record of a figure. */
  public OutputRecord figure(ScanFigure figure) {
    return record(
        Topics.POPULATION_SCANS,
        figure.getMetric(),
        text(figure.getAt()),
        value(figure, () -> write(figure)));
  }

  /** The record of the best partners of a chart. */
  public OutputRecord matches(ChartMatches matches) {
    return record(
        Topics.POPULATION_MATCHES,
        matches.getChartId(),
        text(matches.getAt()),
        value(matches, () -> write(matches)));
  }

  /** The tombstone of a chart that a scan at a time in epoch milliseconds did not see. */
  public OutputRecord gone(String chartId, long at) {
    return record(Topics.POPULATION_MATCHES, chartId, Rfc3339.format(at), null);
  }

  private byte[] value(MessageLite message, Runnable writer) {
    if (format == Format.PROTOBUF) {
      return message.toByteArray();
    }
    json.start();
    writer.run();
    return json.toBytes();
  }

  private OutputRecord record(String topic, String key, String at, byte @Nullable [] value) {
    return new OutputRecord(
        topic,
        key.getBytes(StandardCharsets.UTF_8),
        value,
        List.of(
            Header.of(Envelope.CONTENT_TYPE, format.contentType()),
            Header.of("ce_specversion", "1.0"),
            Header.of("ce_type", topic),
            Header.of("ce_source", "cosmichub/scan"),
            Header.of("ce_id", key + "/" + at),
            Header.of(Envelope.CE_TIME, at)),
        OutputRecord.NO_TIMESTAMP);
  }

  private void write(ScanFigure figure) {
    JsonFields fields = new JsonFields(json);
    fields.text("metric", figure.getMetric());
    fields.text("at", text(figure.getAt()));
    fields.text("figure", figure.getFigure());
    fields.text("group", figure.getGroup());
    fields.list("given", figure.getGivenList(), json::string);
    fields.text("item", figure.getItem());
    fields.put("count", sink -> sink.int64(figure.getCount()));
    fields.put("among", sink -> sink.int64(figure.getAmong()));
    fields.put("share", sink -> sink.number(figure.getShare()));
    if (figure.hasShareInterval()) {
      fields.put("shareInterval", sink -> write(figure.getShareInterval()));
    }
    if (figure.hasEvenShare()) {
      fields.put("evenShare", sink -> sink.number(figure.getEvenShare()));
    }
    if (figure.hasRule()) {
      fields.put("rule", sink -> write(figure.getRule()));
    }
    json.put('}');
  }

  private void write(PatternRule rule) {
    JsonFields fields = new JsonFields(json);
    fields.put("confidence", sink -> sink.number(rule.getConfidence()));
    fields.put("confidenceInterval", sink -> write(rule.getConfidenceInterval()));
    fields.put("lift", sink -> sink.number(rule.getLift()));
    json.put('}');
  }

  private void write(Interval interval) {
    JsonFields fields = new JsonFields(json);
    fields.put("low", sink -> sink.number(interval.getLow()));
    fields.put("high", sink -> sink.number(interval.getHigh()));
    json.put('}');
  }

  private void write(ChartMatches matches) {
    JsonFields fields = new JsonFields(json);
    fields.text("chartId", matches.getChartId());
    fields.text("at", text(matches.getAt()));
    fields.list("matches", matches.getMatchesList(), this::write);
    json.put('}');
  }

  private void write(ChartMatch match) {
    JsonFields fields = new JsonFields(json);
    fields.text("chartId", match.getChartId());
    fields.put("overall", sink -> sink.number(match.getOverall()));
    fields.put("rawTotal", sink -> sink.number(match.getRawTotal()));
    json.put('}');
  }

  private static String text(Timestamp time) {
    return Rfc3339.format(time.getSeconds() * MILLIS + time.getNanos() / NANOS_PER_MILLI);
  }
}
