package io.cosmichub.contracts;

import static io.cosmichub.contracts.Samples.NOW;
import static io.cosmichub.contracts.Samples.chart;
import static io.cosmichub.contracts.Samples.randomChart;
import static io.cosmichub.contracts.Samples.received;
import static io.cosmichub.contracts.Samples.record;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.util.JsonFormat;
import io.cosmichub.chart.Body;
import io.cosmichub.chart.ChartUpdate;
import io.cosmichub.chart.MicroDegrees;
import io.cosmichub.pair.PairWatch;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Objects;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

final class InputCodecTest {
  private static final InputEncoder JSON = new InputEncoder(Format.JSON);
  private static final InputEncoder PROTOBUF = new InputEncoder(Format.PROTOBUF);

  @Test
  void aChartDecodesToWhatWasEncodedInBothFormats() {
    Random random = new Random(11);
    for (int i = 0; i < 2_000; i++) {
      ChartUpdate update = randomChart(random);
      assertThat(chart(received(JSON.chart(update)))).isEqualTo(new Decoded.Value<>(update));
      assertThat(chart(received(PROTOBUF.chart(update)))).isEqualTo(new Decoded.Value<>(update));
    }
  }

  @Test
  void theJsonIsTheProto3MappingOfTheSchema() throws Exception {
    Random random = new Random(12);
    for (int i = 0; i < 500; i++) {
      ChartUpdate update = randomChart(random);
      var message =
          io.cosmichub.contracts.v1.ChartUpdate.parseFrom(
              Objects.requireNonNull(PROTOBUF.chart(update).value()));

      var fromOurJson = io.cosmichub.contracts.v1.ChartUpdate.newBuilder();
      JsonFormat.parser().merge(text(JSON.chart(update)), fromOurJson);
      assertThat(fromOurJson.build()).isEqualTo(message);

      String theirJson = JsonFormat.printer().print(message);
      String topic = update.partial() ? Topics.CHART_MOVES : Topics.CHART_UPDATES;
      assertThat(chart(record(topic, update.chartId(), theirJson)))
          .isEqualTo(new Decoded.Value<>(update));
    }
  }

  @ParameterizedTest
  @EnumSource(Format.class)
  void aWatchDecodesToWhatWasEncoded(Format format) {
    InputEncoder encoder = new InputEncoder(format);
    for (long revision : new long[] {PairWatch.NO_REVISION, 0, 7, Long.MAX_VALUE}) {
      PairWatch watch = new PairWatch("pär", "a", "b", revision);
      assertThat(new PairWatchDecoder().decode(received(encoder.watch(watch))))
          .isEqualTo(new Decoded.Value<>(watch));
    }
  }

  @Test
  void aNullValueErasesAChartAndEndsAWatch() {
    assertThat(chart(received(JSON.erase("ada")))).isEqualTo(new Decoded.Erase<>("ada"));
    assertThat(new PairWatchDecoder().decode(received(JSON.unwatch("p"))))
        .isEqualTo(new Decoded.Erase<>("p"));
  }

  @Test
  void aLongitudeIsTheNearestMicroDegreeAndEveryMicroDegreeComesBack() {
    assertThat(sun("{\"longitude\":1.2345674}")).isEqualTo(1_234_567);
    assertThat(sun("{\"longitude\":1.2345676}")).isEqualTo(1_234_568);
    assertThat(sun("{\"longitude\":\"1.5\"}")).isEqualTo(1_500_000);
    assertThat(sun("{\"longitude\":359.9999999}")).isZero();
    Random random = new Random(13);
    for (int i = 0; i < 200_000; i++) {
      int microDegrees = random.nextInt(MicroDegrees.CIRCLE);
      assertThat(MicroDegrees.ofDegrees(Double.parseDouble(decimal(microDegrees))))
          .isEqualTo(microDegrees);
      assertThat(Decimals.microDegrees(Decimals.degrees(microDegrees))).isEqualTo(microDegrees);
    }
    assertThat(decimal(-1)).isEqualTo("-0.000001");
    assertThat(decimal(7_900_000)).isEqualTo("7.9");
    assertThat(decimal(Integer.MIN_VALUE)).isEqualTo("-2147.483648");
  }

  @Test
  void whatIsNotKnownIsIgnored() {
    String json =
        "{\"later\":{\"deep\":[1,{\"x\":null}]},\"chartId\":\"c\",\"revision\":7,\"cusps\":null}";
    assertThat(chart(record(Topics.CHART_UPDATES, "c", json)))
        .isEqualTo(new Decoded.Value<>(ChartUpdate.builder("c", 7).effectiveAt(NOW).build()));
  }

  @Test
  void theHeaderDecidesTheFormatAndTheFirstByteWhereThereIsNone() {
    ChartUpdate update = randomChart(new Random(14));
    OutputRecord json = JSON.chart(update);
    OutputRecord protobuf = PROTOBUF.chart(update);

    assertThat(chart(record(json.topic(), update.chartId(), json.value())))
        .isEqualTo(new Decoded.Value<>(update));
    assertThat(chart(record(protobuf.topic(), update.chartId(), protobuf.value())))
        .isEqualTo(new Decoded.Value<>(update));
    Header wrong = Header.of("content-type", "application/x-protobuf; v=1");
    assertThat(chart(record(json.topic(), update.chartId(), json.value(), wrong)))
        .isInstanceOf(Decoded.Malformed.class);
  }

  @Test
  void eventTimeIsEffectiveAtElseTheCloudEventElseTheRecord() {
    Header ceTime = Header.of("ce_time", "2026-02-03T04:05:06.789+01:00");
    InputRecord bare = record(Topics.CHART_UPDATES, "c", "{\"chartId\":\"c\",\"revision\":1}");
    InputRecord event = record(Topics.CHART_UPDATES, "c", bare.value(), ceTime);
    InputRecord own =
        record(
            Topics.CHART_UPDATES,
            "c",
            "{\"chartId\":\"c\",\"revision\":1,\"effectiveAt\":\"2026-01-01T00:00:00Z\"}"
                .getBytes(StandardCharsets.UTF_8),
            ceTime);

    assertThat(effectiveAt(bare)).isEqualTo(NOW).isEqualTo(EventTime.of(bare));
    assertThat(effectiveAt(event)).isEqualTo(1_770_087_906_789L).isEqualTo(EventTime.of(event));
    assertThat(effectiveAt(own)).isEqualTo(1_767_225_600_000L).isEqualTo(EventTime.of(own));
  }

  @Test
  void damagedBytesNeverThrow() {
    Random random = new Random(15);
    ChartUpdateDecoder charts = new ChartUpdateDecoder(Samples.DAY, Samples.CLOCK);
    PairWatchDecoder watches = new PairWatchDecoder();
    int refused = 0;
    for (int i = 0; i < 20_000; i++) {
      ChartUpdate update = randomChart(random);
      OutputRecord record = (random.nextBoolean() ? JSON : PROTOBUF).chart(update);
      byte[] value = damaged(Objects.requireNonNull(record.value()), random);
      boolean declared = random.nextBoolean();
      InputRecord input =
          declared
              ? new InputRecord(record.topic(), 0, i, NOW, record.key(), value, record.headers())
              : record(record.topic(), update.chartId(), value);
      if (charts.decode(input) instanceof Decoded.Malformed) {
        refused++;
      }
      assertThat(watches.decode(input)).isInstanceOf(Decoded.Malformed.class);
      EventTime.of(input);
    }
    assertThat(refused).isBetween(5_000, 19_999);
  }

  private static byte[] damaged(byte[] value, Random random) {
    byte[] bytes = value.clone();
    switch (random.nextInt(4)) {
      case 0 -> bytes = Arrays.copyOf(bytes, random.nextInt(bytes.length + 1));
      case 1 -> bytes[random.nextInt(bytes.length)] ^= (byte) (1 << random.nextInt(8));
      case 2 -> {
        for (int i = 0; i < 5; i++) {
          bytes[random.nextInt(bytes.length)] = (byte) random.nextInt();
        }
      }
      default -> random.nextBytes(bytes);
    }
    return bytes;
  }

  private static long effectiveAt(InputRecord record) {
    return ((Decoded.Value<ChartUpdate>) chart(record)).value().effectiveAt();
  }

  private static int sun(String position) {
    String json = "{\"chartId\":\"c\",\"revision\":1,\"positions\":{\"sun\":" + position + "}}";
    ChartUpdate update =
        ((Decoded.Value<ChartUpdate>) chart(record(Topics.CHART_UPDATES, "c", json))).value();
    return Objects.requireNonNull(update.position(Body.SUN.slot())).longitude();
  }

  private static String decimal(int microDegrees) {
    ByteSink out = new ByteSink();
    Decimals.write(microDegrees, out);
    return new String(out.toBytes(), StandardCharsets.US_ASCII);
  }

  private static String text(OutputRecord record) {
    return new String(Objects.requireNonNull(record.value()), StandardCharsets.UTF_8);
  }
}
