package io.cosmichub.pipeline;

import io.cosmichub.contracts.EventTime;
import io.cosmichub.contracts.InputRecord;
import java.time.Clock;
import java.util.Objects;
import org.apache.flink.api.common.eventtime.SerializableTimestampAssigner;

/**
 * The event time of a raw record, bounded: one record that claims to come from the far future must
 * not take every watermark there with it.
 */
final class BoundedEventTime implements SerializableTimestampAssigner<InputRecord> {

  private static final long serialVersionUID = 1L;

  private final long maxAheadMillis;
  private final Clock clock;

  /**
   * Bounds event time to {@code maxAheadMillis} ahead of {@code clock}, which must be serializable.
   */
  BoundedEventTime(long maxAheadMillis, Clock clock) {
    this.maxAheadMillis = maxAheadMillis;
    this.clock = Objects.requireNonNull(clock, "clock");
  }

  @Override
  public long extractTimestamp(InputRecord raw, long kafkaTimestamp) {
    return Math.min(EventTime.of(raw), clock.millis() + maxAheadMillis);
  }
}
