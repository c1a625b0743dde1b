package io.cosmichub.streaming.ingest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.cosmichub.contracts.DeadLetterCode;
import io.cosmichub.contracts.InputRecord;
import io.cosmichub.contracts.Topics;
import io.cosmichub.pair.PairWatch;
import io.cosmichub.streaming.given.Given;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.apache.flink.api.common.serialization.SerializerConfigImpl;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.streaming.api.operators.ProcessOperator;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.apache.flink.streaming.util.OneInputStreamOperatorTestHarness;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

final class DecodeTest {

  private static final long HOUR = 3_600_000;
  private static final Clock CLOCK =
      Clock.fixed(Instant.ofEpochMilli(Given.INGESTED_AT), ZoneOffset.UTC);

  private final List<AutoCloseable> opened = new ArrayList<>();

  @AfterEach
  void close() throws Exception {
    for (AutoCloseable harness : opened) {
      harness.close();
    }
  }

  @Test
  void aChartIsKeyedByItsHashAndCarriesItsRawRecord() throws Exception {
    InputRecord raw =
        Given.raw(
            Topics.CHART_UPDATES,
            "person-0244",
            """
            {"chartId":"person-0244","revision":"7","positions":{"sun":{"longitude":89.579059}}}""");
    ChartInput input = decodeCharts(raw).extractOutputValues().get(0);
    assertThat(input.chartKey()).isEqualTo(Given.key("person-0244"));
    assertThat(input.chartId()).isEqualTo("person-0244");
    assertThat(input.origin()).isEqualTo(raw);
    var update = Objects.requireNonNull(input.update());
    assertThat(update.revision()).isEqualTo(7);
    assertThat(update.positionMask()).isEqualTo(1);
    assertThat(update.effectiveAt()).isEqualTo(Given.INGESTED_AT);
  }

  @Test
  void aTombstoneOfAChartErasesIt() throws Exception {
    InputRecord raw = Given.raw(Topics.CHART_UPDATES, "person-0244", null);
    assertThat(decodeCharts(raw).extractOutputValues())
        .containsExactly(new ChartInput(Given.key("person-0244"), "person-0244", null, raw));
  }

  @Test
  void aMalformedChartIsDeadLetteredAsItCameAndTheNextOneIsNot() throws Exception {
    InputRecord broken = Given.raw(Topics.CHART_UPDATES, "a", "{");
    InputRecord ahead =
        Given.raw(
            Topics.CHART_UPDATES,
            "a",
            """
            {"chartId":"a","revision":"1","effectiveAt":"2026-01-01T01:00:00.001Z"}""");
    InputRecord fine =
        Given.raw(
            Topics.CHART_UPDATES,
            "a",
            """
            {"chartId":"a","revision":"1","effectiveAt":"2026-01-01T01:00:00Z"}""");
    var charts = decodeCharts(broken, ahead, fine);
    assertThat(charts.extractOutputValues()).extracting(ChartInput::origin).containsExactly(fine);
    assertThat(charts.getSideOutput(DeadLetters.TAG))
        .extracting(StreamRecord::getValue)
        .extracting(DeadLetter::origin, DeadLetter::code, DeadLetter::stage)
        .containsExactly(
            tuple(broken, DeadLetterCode.BROKEN_JSON, "decode-charts"),
            tuple(ahead, DeadLetterCode.TIMESTAMP_AHEAD, "decode-charts"));
  }

  @Test
  void aWatchItsEndAndAMalformedOneGoTheirWays() throws Exception {
    InputRecord watch =
        Given.raw(
            Topics.PAIR_WATCHES,
            "couple-0001",
            """
            {"pairId":"couple-0001","chartA":"person-0244","chartB":"person-0118"}""");
    InputRecord end = Given.raw(Topics.PAIR_WATCHES, "couple-0001", null);
    InputRecord selfPair =
        Given.raw(
            Topics.PAIR_WATCHES,
            "p",
            """
            {"pairId":"p","chartA":"a","chartB":"a"}""");
    var watches =
        open(new ProcessOperator<>(new DecodeWatches()), WatchInput.TYPE, watch, end, selfPair);
    assertThat(watches.extractOutputValues())
        .containsExactly(
            new WatchInput(
                "couple-0001",
                new PairWatch("couple-0001", "person-0244", "person-0118", PairWatch.NO_REVISION),
                watch),
            new WatchInput("couple-0001", null, end));
    assertThat(watches.getSideOutput(DeadLetters.TAG))
        .extracting(letter -> letter.getValue().code())
        .containsExactly(DeadLetterCode.SELF_PAIR);
  }

  private OneInputStreamOperatorTestHarness<InputRecord, ChartInput> decodeCharts(
      InputRecord... records) throws Exception {
    return open(
        new ProcessOperator<>(new DecodeCharts(HOUR, Given.SECRET, CLOCK)),
        ChartInput.TYPE,
        records);
  }

  private <T> OneInputStreamOperatorTestHarness<InputRecord, T> open(
      ProcessOperator<InputRecord, T> operator, TypeInformation<T> type, InputRecord... records)
      throws Exception {
    var harness = new OneInputStreamOperatorTestHarness<>(operator);
    opened.add(harness);
    harness.setup(type.createSerializer(new SerializerConfigImpl()));
    harness.open();
    for (InputRecord record : records) {
      harness.processElement(record, record.timestamp());
    }
    return harness;
  }
}
