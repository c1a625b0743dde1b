package io.cosmichub.contracts;

import com.google.protobuf.MessageLite;
import com.google.protobuf.Timestamp;
import io.cosmichub.contracts.v1.Deviation;
import io.cosmichub.contracts.v1.Interval;
import io.cosmichub.contracts.v1.PatternRule;
import io.cosmichub.contracts.v1.PopulationLate;
import io.cosmichub.contracts.v1.PopulationPattern;
import io.cosmichub.contracts.v1.PopulationTrend;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * Writes what is published of the population as the records of its topics, with CloudEvents headers
 * in binary mode. For one thread.
 */
public final class PopulationEncoder {

  private static final int MILLIS = 1_000;
  private static final int NANOS_PER_MILLI = 1_000_000;

  private final Format format;
  private final JsonSink json = new JsonSink();

  /** Writes {@code format}. */
  public PopulationEncoder(Format format) {
    this.format = format;
  }

  /** A time as the messages hold it, of epoch milliseconds. */
  public static Timestamp time(long epochMillis) {
    return Timestamp.newBuilder()
        .setSeconds(Math.floorDiv(epochMillis, MILLIS))
        .setNanos(Math.floorMod(epochMillis, MILLIS) * NANOS_PER_MILLI)
        .build();
  }

  /** The record of a number about a window. */
  public OutputRecord trend(PopulationTrend trend) {
    String end = text(trend.getWindowEnd());
    return record(
        Topics.POPULATION_TRENDS, trend.getMetric(), end, end, value(trend, () -> write(trend)));
  }

  /** The record of what comes together. */
  public OutputRecord pattern(PopulationPattern pattern) {
    String end = text(pattern.getWindowEnd());
    return record(
        Topics.POPULATION_PATTERNS,
        pattern.getPattern(),
        end,
        end,
        value(pattern, () -> write(pattern)));
  }

  /** The record of a change that came too late. */
  public OutputRecord late(PopulationLate late) {
    String time = text(late.getEventTime());
    return record(Topics.POPULATION_LATE, late.getId(), time, time, value(late, () -> write(late)));
  }

  private byte[] value(MessageLite message, Runnable writer) {
    if (format == Format.PROTOBUF) {
      return message.toByteArray();
    }
    json.start();
    writer.run();
    return json.toBytes();
  }

  private OutputRecord record(String topic, String key, String id, String time, byte[] value) {
    return new OutputRecord(
        topic,
        key.getBytes(StandardCharsets.UTF_8),
        value,
        List.of(
            Header.of(Envelope.CONTENT_TYPE, format.contentType()),
            Header.of("ce_specversion", "1.0"),
            Header.of("ce_type", topic),
            Header.of("ce_source", "cosmichub/streams"),
            Header.of("ce_id", key + "/" + id),
            Header.of(Envelope.CE_TIME, time)),
        OutputRecord.NO_TIMESTAMP);
  }

  private void write(PopulationTrend trend) {
    JsonFields fields = new JsonFields(json);
    fields.text("metric", trend.getMetric());
    fields.text("cohort", trend.getCohort());
    fields.text("figure", trend.getFigure());
    fields.text("item", trend.getItem());
    fields.text("windowStart", text(trend.getWindowStart()));
    fields.text("windowEnd", text(trend.getWindowEnd()));
    fields.flag("sliding", trend.getSliding());
    fields.put("value", sink -> sink.number(trend.getValue()));
    fields.put("count", sink -> sink.int64(trend.getCount()));
    if (trend.getAmong() != 0) {
      fields.put("among", sink -> sink.int64(trend.getAmong()));
    }
    if (trend.hasDeviation()) {
      fields.put("deviation", sink -> write(trend.getDeviation()));
    }
    fields.flag("trending", trend.getTrending());
    fields.text("insight", trend.getInsight());
    json.put('}');
  }

  private void write(Deviation deviation) {
    JsonFields fields = new JsonFields(json);
    fields.put("z", sink -> sink.number(deviation.getZ()));
    fields.put("p", sink -> sink.number(deviation.getP()));
    fields.put("expected", sink -> sink.number(deviation.getExpected()));
    fields.put("references", sink -> sink.count(deviation.getReferences()));
    json.put('}');
  }

  private void write(PopulationPattern pattern) {
    JsonFields fields = new JsonFields(json);
    fields.text("pattern", pattern.getPattern());
    fields.text("cohort", pattern.getCohort());
    fields.text("group", pattern.getGroup());
    if (pattern.getGivenCount() > 0) {
      fields.put("given", sink -> write(pattern.getGivenList()));
    }
    fields.text("then", pattern.getThen());
    fields.text("windowStart", text(pattern.getWindowStart()));
    fields.text("windowEnd", text(pattern.getWindowEnd()));
    fields.put("count", sink -> sink.int64(pattern.getCount()));
    fields.put("among", sink -> sink.int64(pattern.getAmong()));
    fields.put("support", sink -> sink.number(pattern.getSupport()));
    fields.put("supportInterval", sink -> write(pattern.getSupportInterval()));
    if (pattern.hasRule()) {
      fields.put("rule", sink -> write(pattern.getRule()));
    }
    fields.put("sample", sink -> sink.number(pattern.getSample()));
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

  private void write(List<String> texts) {
    char before = '[';
    for (String text : texts) {
      json.put(before).string(text);
      before = ',';
    }
    json.put(']');
  }

  private void write(PopulationLate late) {
    JsonFields fields = new JsonFields(json);
    fields.text("cohort", late.getCohort());
    fields.text("kind", late.getKind());
    fields.text("id", late.getId());
    fields.text("eventTime", text(late.getEventTime()));
    fields.text("windowStart", text(late.getWindowStart()));
    fields.text("windowEnd", text(late.getWindowEnd()));
    if (late.hasSeenAt()) {
      fields.text("seenAt", text(late.getSeenAt()));
    }
    json.put('}');
  }

  private static String text(Timestamp time) {
    return Rfc3339.format(time.getSeconds() * MILLIS + time.getNanos() / NANOS_PER_MILLI);
  }
}
