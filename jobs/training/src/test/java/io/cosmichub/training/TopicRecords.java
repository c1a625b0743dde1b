package io.cosmichub.training;

import io.cosmichub.chart.Body;
import io.cosmichub.chart.ChartUpdate;
import io.cosmichub.chart.Longitudes;
import io.cosmichub.chart.Position;
import io.cosmichub.contracts.Format;
import io.cosmichub.contracts.InputEncoder;
import io.cosmichub.contracts.InputRecord;
import io.cosmichub.contracts.OutputRecord;
import io.cosmichub.contracts.Topics;
import io.cosmichub.pair.PairWatch;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Objects;

/** Records as producers write them. */
final class TopicRecords {
  private static final InputEncoder ENCODER = new InputEncoder(Format.JSON);

  private TopicRecords() {}

  static OutputRecord chart(String id, long revision, long at, int sun, int moon) {
    return ENCODER.chart(
        update(id, revision, at)
            .position(Body.SUN, position(sun))
            .position(Body.MOON, position(moon))
            .build());
  }

  static OutputRecord moonMoved(String id, long revision, long at, int moon) {
    return ENCODER.chart(
        update(id, revision, at).partial(true).position(Body.MOON, position(moon)).build());
  }

  static OutputRecord erase(String id) {
    return ENCODER.erase(id);
  }

  static OutputRecord watch(String pair, String a, String b) {
    return ENCODER.watch(new PairWatch(pair, a, b, PairWatch.NO_REVISION));
  }

  static OutputRecord unwatch(String pair) {
    return ENCODER.unwatch(pair);
  }

  static OutputRecord feedback(String pair, String kind, double value, long at) {
    String json =
        "{\"pairId\":\"%s\",\"kind\":\"%s\",\"value\":%s,\"at\":\"%s\"}"
            .formatted(pair, kind, value, Instant.ofEpochMilli(at));
    return new OutputRecord(
        Topics.PAIR_FEEDBACK, bytes(pair), bytes(json), List.of(), OutputRecord.NO_TIMESTAMP);
  }

  /** The record as a consumer gets it. */
  static InputRecord read(OutputRecord record, long writtenAt) {
    return new InputRecord(
        record.topic(),
        0,
        0,
        writtenAt,
        Objects.requireNonNull(record.key()),
        record.value(),
        record.headers());
  }

  /** A chart of sun and moon, in whole degrees. */
  static Longitudes longitudes(int sun, int moon) {
    return Longitudes.NONE
        .with(Body.SUN.slot(), position(sun).longitude())
        .with(Body.MOON.slot(), position(moon).longitude());
  }

  private static ChartUpdate.Builder update(String id, long revision, long at) {
    return ChartUpdate.builder(id, revision).effectiveAt(at);
  }

  private static Position position(int degrees) {
    return new Position(degrees * 1_000_000, Position.UNKNOWN_SPEED);
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
