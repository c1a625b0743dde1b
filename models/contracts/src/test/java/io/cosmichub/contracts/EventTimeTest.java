package io.cosmichub.contracts;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.Timestamp;
import io.cosmichub.contracts.v1.ChartUpdate;
import io.cosmichub.contracts.v1.Position;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

final class EventTimeTest {

  private static final long WRITTEN = Instant.parse("2026-01-10T00:00:00Z").toEpochMilli();
  private static final Header CE_TIME = Header.of("ce_time", "2026-01-05T00:00:00Z");
  private static final String SUN = "\"positions\":{\"sun\":{\"longitude\":1.5,\"speed\":0.98}}";

  private static InputRecord record(byte @Nullable [] value, Header... headers) {
    byte[] key = "a".getBytes(StandardCharsets.UTF_8);
    return new InputRecord(Topics.CHART_MOVES, 0, 0, WRITTEN, key, value, List.of(headers));
  }

  private static InputRecord json(String fields, Header... headers) {
    String text = "{\"chartId\":\"a\",\"revision\":\"1\"" + fields + "}";
    return record(text.getBytes(StandardCharsets.UTF_8), headers);
  }

  private static ChartUpdate.Builder chart() {
    return ChartUpdate.newBuilder()
        .setChartId("a")
        .setRevision(1)
        .putPositions("sun", Position.newBuilder().setLongitude(1.5).build());
  }

  private static Stream<InputRecord> wellFormed() {
    Timestamp born = Timestamp.newBuilder().setSeconds(-2_864_900_000L).setNanos(5_000_000).build();
    return Stream.of(
        json(",\"effectiveAt\":\"1879-03-14T10:30:00Z\"," + SUN),
        json("," + SUN + ",\"effective_at\":\"2026-01-01T02:00:00.250+02:00\""),
        json(",\"effectiveAt\":\"2026-01-01T00:00:00Z\"", CE_TIME),
        json(",\"unknown\":{\"effectiveAt\":\"2025-01-01T00:00:00Z\"}," + SUN, CE_TIME),
        json(",\"effectiveAt\":null", CE_TIME),
        json("," + SUN),
        json("," + SUN, Header.of("ce_time", "1905-09-26T00:00:00Z")),
        new InputRecord(
            Topics.CHART_MOVES,
            0,
            0,
            -1,
            "a".getBytes(StandardCharsets.UTF_8),
            chart().build().toByteArray(),
            List.of()),
        record(chart().setEffectiveAt(born).build().toByteArray()),
        record(chart().setEffectiveAt(born).build().toByteArray(), CE_TIME),
        record(chart().build().toByteArray(), CE_TIME),
        record(chart().build().toByteArray()));
  }

  @ParameterizedTest
  @MethodSource("wellFormed")
  void agreesWithTheDecoder(InputRecord record) {
    ChartUpdateDecoder decoder =
        new ChartUpdateDecoder(0, Clock.fixed(Instant.ofEpochMilli(WRITTEN), ZoneOffset.UTC));

    assertThat(decoder.decode(record))
        .isInstanceOfSatisfying(
            Decoded.Value.class,
            decoded ->
                assertThat(((io.cosmichub.chart.ChartUpdate) decoded.value()).effectiveAt())
                    .isEqualTo(EventTime.of(record)));
  }

  @Test
  void takesWhatTheRecordSaysOverTheHeaderOverTheTimestamp() {
    assertThat(Instant.ofEpochMilli(EventTime.of(wellFormed().toList().get(0))))
        .isEqualTo("1879-03-14T10:30:00Z");
    assertThat(Instant.ofEpochMilli(EventTime.of(json("," + SUN, CE_TIME))))
        .isEqualTo("2026-01-05T00:00:00Z");
    assertThat(EventTime.of(json("," + SUN))).isEqualTo(WRITTEN);
  }

  @Test
  void aTombstoneAndAWatchHaveTheTimeOfTheirEnvelope() {
    byte[] watch =
        "{\"pairId\":\"p\",\"effectiveAt\":\"2020-01-01T00:00:00Z\"}"
            .getBytes(StandardCharsets.UTF_8);

    assertThat(EventTime.of(record(null))).isEqualTo(WRITTEN);
    assertThat(
            EventTime.of(
                new InputRecord(Topics.PAIR_WATCHES, 0, 0, WRITTEN, null, watch, List.of())))
        .isEqualTo(WRITTEN);
  }

  @Test
  void whatIsMalformedHasTheTimeOfItsRecordAndNothingIsThrown() {
    byte[] whole =
        chart().setEffectiveAt(Timestamp.newBuilder().setSeconds(1)).build().toByteArray();
    byte[] text =
        "{\"chartId\":\"a\",\"effectiveAt\":\"2026-01-01T00:00:00Z\"}"
            .getBytes(StandardCharsets.UTF_8);
    Random random = new Random(7);
    for (int i = 0; i < 20_000; i++) {
      byte[] bytes = Arrays.copyOf(i % 2 == 0 ? whole : text, random.nextInt(70));
      if (bytes.length > 0) {
        bytes[random.nextInt(bytes.length)] = (byte) random.nextInt();
      }
      EventTime.of(record(bytes));
    }
    assertThat(EventTime.of(json(",\"effectiveAt\":\"yesterday\""))).isEqualTo(WRITTEN);
    assertThat(EventTime.of(json(",\"effectiveAt\":7"))).isEqualTo(WRITTEN);
    assertThat(EventTime.of(record(text, Header.of("content-type", "text/plain"))))
        .isEqualTo(WRITTEN);
  }
}
