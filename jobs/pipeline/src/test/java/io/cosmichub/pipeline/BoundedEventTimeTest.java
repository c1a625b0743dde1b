package io.cosmichub.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import io.cosmichub.contracts.Topics;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class BoundedEventTimeTest {

  private static final Instant NOW = Instant.parse("2026-01-10T00:00:00Z");

  /** The record's own timestamp is 2026-01-01. */
  @ParameterizedTest
  @CsvSource({
    "1879-03-14T10:30:00Z, 1879-03-14T10:30:00Z",
    "2026-01-10T23:59:59Z, 2026-01-10T23:59:59Z",
    "2026-01-11T00:00:01Z, 2026-01-11T00:00:00Z",
    "9999-12-31T23:59:59Z, 2026-01-11T00:00:00Z",
    "'not a time', 2026-01-01T00:00:00Z"
  })
  void isWhatTheRecordSaysButNeverFurtherAheadThanAllowed(String effectiveAt, Instant expected) {
    BoundedEventTime time =
        new BoundedEventTime(Duration.ofDays(1).toMillis(), Clock.fixed(NOW, ZoneOffset.UTC));
    Message message =
        new Message(
            Topics.CHART_MOVES,
            "a",
            "{\"chartId\":\"a\",\"revision\":\"1\",\"effectiveAt\":\"" + effectiveAt + "\"}");

    assertThat(Instant.ofEpochMilli(time.extractTimestamp(message.at(0), 0))).isEqualTo(expected);
  }
}
