package io.cosmichub.contracts;

import com.google.protobuf.MessageLite;
import io.cosmichub.contracts.v1.ChartMatch;
import io.cosmichub.contracts.v1.Interval;
import io.cosmichub.contracts.v1.PatternRule;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * What the encoders of outputs have in common: a value in either format, CloudEvents headers in
 * binary mode, and the parts that several messages hold. For one thread.
 */
final class EventWriter {
  private final Format format;
  private final String source;
  private final JsonSink json = new JsonSink();

  /** {@code source} is who writes. */
  EventWriter(Format format, String source) {
    this.format = format;
    this.source = source;
  }

  /** A record without a value is a tombstone. */
  OutputRecord record(String topic, String key, byte @Nullable [] value, String id, String time) {
    return new OutputRecord(
        topic,
        key.getBytes(StandardCharsets.UTF_8),
        value,
        List.of(
            Header.of(Envelope.CONTENT_TYPE, format.contentType()),
            Header.of("ce_specversion", "1.0"),
            Header.of("ce_type", topic),
            Header.of("ce_source", source),
            Header.of("ce_id", id),
            Header.of(Envelope.CE_TIME, time)),
        OutputRecord.NO_TIMESTAMP);
  }

  /** The message's bytes, or the JSON whose fields are written. */
  byte[] value(MessageLite message, Consumer<JsonFields> fields) {
    if (format == Format.PROTOBUF) {
      return message.toByteArray();
    }
    json.start();
    JsonFields.object(json, fields);
    return json.toBytes();
  }

  static void write(JsonFields fields, PatternRule rule) {
    fields.number("confidence", rule.getConfidence());
    fields.object("confidenceInterval", in -> write(in, rule.getConfidenceInterval()));
    fields.number("lift", rule.getLift());
  }

  static void write(JsonFields fields, Interval interval) {
    fields.number("low", interval.getLow());
    fields.number("high", interval.getHigh());
  }

  static void write(JsonFields fields, ChartMatch match) {
    fields.text("chartId", match.getChartId());
    fields.number("overall", match.getOverall());
    fields.number("rawTotal", match.getRawTotal());
  }
}
