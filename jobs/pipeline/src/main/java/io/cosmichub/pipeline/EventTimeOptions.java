package io.cosmichub.pipeline;

import java.time.Duration;
import java.util.List;

/** Where event time comes from and how it advances. */
public record EventTimeOptions(Duration maxAhead, Duration outOfOrderness, Duration idleness) {

  static final Option<Duration> MAX_AHEAD =
      Option.of(
          "cosmichub.timestamp.max-ahead",
          ValueType.DURATION_TYPE,
          "1d",
          "How far `effectiveAt` may lie in the future before the record is dead-lettered.");

  static final Option<Duration> OUT_OF_ORDERNESS =
      Option.of(
          "cosmichub.watermark.out-of-orderness",
          ValueType.DURATION_TYPE,
          "10s",
          "How far event time may go back within a partition without a record being late.");

  static final Option<Duration> IDLENESS =
      Option.of(
          "cosmichub.watermark.idleness",
          ValueType.DURATION_TYPE,
          "30s",
          "A partition silent for this long no longer holds event time back; above 0.");

  /** In the order of the reference. */
  static final List<Option<?>> ALL = List.of(MAX_AHEAD, OUT_OF_ORDERNESS, IDLENESS);

  /** Checks each value. */
  public EventTimeOptions {
    IDLENESS.require(!idleness.isZero(), idleness, "more than 0");
  }

  static EventTimeOptions of(Settings settings) {
    return new EventTimeOptions(
        settings.get(MAX_AHEAD), settings.get(OUT_OF_ORDERNESS), settings.get(IDLENESS));
  }
}
