package io.cosmichub.contracts;

import io.cosmichub.aspect.AspectPolicy;
import io.cosmichub.chart.ChartUpdate;
import io.cosmichub.pair.PairWatch;
import io.cosmichub.serving.Control;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Writes charts, watches, what is served, and their tombstones as a producer does: key, value and
 * {@code content-type}. For one thread.
 */
public final class InputEncoder {
  private final Format format;
  private final MessageWriter writer;

  public InputEncoder(Format format) {
    this.format = format;
    this.writer = MessageWriter.of(format, AspectPolicy.classic(), "");
  }

  /** The record of a chart: a full one for the updates, a partial one for the moves. */
  public OutputRecord chart(ChartUpdate update) {
    return record(
        update.partial() ? Topics.CHART_MOVES : Topics.CHART_UPDATES,
        update.chartId(),
        writer.chart(update));
  }

  /** The tombstone that erases a chart. */
  public OutputRecord erase(String chartId) {
    return record(Topics.CHART_UPDATES, chartId, null);
  }

  /** The record that starts or changes a watch. */
  public OutputRecord watch(PairWatch watch) {
    return record(Topics.PAIR_WATCHES, watch.pairId(), writer.watch(watch));
  }

  /** The tombstone that ends a watch. */
  public OutputRecord unwatch(String pairId) {
    return record(Topics.PAIR_WATCHES, pairId, null);
  }

  /** The record that a model, an experiment or a flag is announced with; always Protobuf. */
  public static OutputRecord control(Control control) {
    return record(Topics.CONTROL, control.name(), ControlBytes.of(control), Format.PROTOBUF);
  }

  /** The tombstone that removes what holds under a name. */
  public static OutputRecord removeControl(String name) {
    return record(Topics.CONTROL, name, null, Format.PROTOBUF);
  }

  private OutputRecord record(String topic, String key, byte @Nullable [] value) {
    return record(topic, key, value, format);
  }

  private static OutputRecord record(
      String topic, String key, byte @Nullable [] value, Format format) {
    return new OutputRecord(
        topic,
        key.getBytes(StandardCharsets.UTF_8),
        value,
        value == null ? List.of() : List.of(Header.of(Envelope.CONTENT_TYPE, format.contentType())),
        OutputRecord.NO_TIMESTAMP);
  }
}
