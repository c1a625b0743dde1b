package io.cosmichub.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import io.cosmichub.aspect.AspectSet;
import io.cosmichub.aspect.CellChange;
import io.cosmichub.aspect.Hit;
import io.cosmichub.contracts.DeadLetterCode;
import io.cosmichub.contracts.Format;
import io.cosmichub.contracts.InputRecord;
import io.cosmichub.contracts.MatchesEncoder;
import io.cosmichub.contracts.OutputRecord;
import io.cosmichub.contracts.PopulationEncoder;
import io.cosmichub.contracts.Topics;
import io.cosmichub.contracts.v1.BestMatches;
import io.cosmichub.contracts.v1.ChartMatch;
import io.cosmichub.pair.PairUpdate;
import io.cosmichub.streaming.ingest.DeadLetter;
import io.cosmichub.streaming.matches.Match;
import io.cosmichub.streaming.matches.MatchList;
import io.cosmichub.streaming.record.RecordTypes;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.apache.flink.api.common.serialization.SerializerConfigImpl;
import org.apache.flink.streaming.api.operators.ProcessOperator;
import org.apache.flink.streaming.api.operators.StreamMap;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.apache.flink.streaming.util.OneInputStreamOperatorTestHarness;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

final class EncodingTest {

  private static final PairUpdate THE_END =
      new PairUpdate(
          "couple-0001",
          "person-0244",
          "person-0118",
          7,
          3,
          "classic",
          2,
          1_767_225_600_000L,
          true,
          List.of(new CellChange(0, 1, Hit.of(1, 5_000_000), 0)),
          AspectSet.EMPTY,
          null,
          0);

  @ParameterizedTest
  @EnumSource
  void theEndOfAPairIsADeltaAndTombstonesForTheRest(Format format) throws Exception {
    List<OutputRecord> out;
    try (var encode = harness(format)) {
      encode.processElement(THE_END, 0);
      out = encode.extractOutputValues();
    }

    assertThat(out)
        .extracting(OutputRecord::topic)
        .containsExactly(Topics.SYNASTRY_DELTAS, Topics.SYNASTRY_ASPECTS, Topics.SYNASTRY_SCORES);
    assertThat(out.get(0).value()).isNotEmpty();
    assertThat(out.subList(1, 3)).extracting(OutputRecord::value).containsOnlyNulls();
    assertThat(out)
        .extracting(record -> new String(record.key(), StandardCharsets.UTF_8))
        .containsOnly("couple-0001");
  }

  @Test
  void aDeadLetterGoesBesideTheTopicThatItCameFromWithTheBytesThatItHad() throws Exception {
    List<OutputRecord> out;
    InputRecord broken = new Message(Topics.CHART_MOVES, "person-0244", "{").at(9);
    try (var encode =
        new OneInputStreamOperatorTestHarness<>(new StreamMap<>(new EncodeDeadLetters()))) {
      encode.setup(RecordTypes.OUTPUT_RECORD.createSerializer(new SerializerConfigImpl()));
      encode.open();
      encode.processElement(new DeadLetter(broken, DeadLetterCode.BROKEN_JSON, "why", "decode"), 0);
      out = encode.extractOutputValues();
    }

    assertThat(out).hasSize(1);
    assertThat(out.get(0).topic()).isEqualTo("cosmichub.chart.moves.v1.dlq");
    assertThat(out.get(0).key()).isEqualTo(broken.key());
    assertThat(out.get(0).value()).isEqualTo(broken.value());
    assertThat(out.get(0).headers().toString()).contains("cosmichub.dlq.code");
  }

  @ParameterizedTest
  @EnumSource
  void aLiveRecordIsOneRecordOfTheLiveTopic(Format format) throws Exception {
    try (var encode = harness(format)) {
      encode.processElement(THE_END, 0);

      assertThat(encode.getSideOutput(EncodeOutputs.LIVE))
          .singleElement()
          .extracting(StreamRecord::getValue)
          .satisfies(
              live -> {
                assertThat(live.topic()).isEqualTo(Topics.SYNASTRY_LIVE);
                assertThat(live.value()).isNotEmpty();
              });
    }
  }

  @ParameterizedTest
  @EnumSource
  void aListOfMatchesIsKeyedByItsChartAndTheEndOfOneIsATombstone(Format format) throws Exception {
    List<OutputRecord> out;
    try (var encode =
        new OneInputStreamOperatorTestHarness<>(new StreamMap<>(Encode.matches(format)))) {
      encode.setup(RecordTypes.OUTPUT_RECORD.createSerializer(new SerializerConfigImpl()));
      encode.open();
      encode.processElement(
          new MatchList("ann", 7, "everyone", 5_000, 1, List.of(new Match("ben", 61.5, 23.25))), 0);
      encode.processElement(new MatchList("ann", 0, "everyone", 6_000, 0, null), 0);
      out = encode.extractOutputValues();
    }

    assertThat(out)
        .extracting(OutputRecord::topic)
        .containsExactly(Topics.CHART_MATCHES, Topics.CHART_MATCHES);
    assertThat(out)
        .extracting(record -> new String(record.key(), StandardCharsets.UTF_8))
        .containsOnly("ann");
    BestMatches list =
        BestMatches.newBuilder()
            .setChartId("ann")
            .setRevision(7)
            .setCohort("everyone")
            .setAt(PopulationEncoder.time(5_000))
            .setCompared(1)
            .setModel("rules/classic@1")
            .addMatches(
                ChartMatch.newBuilder().setChartId("ben").setOverall(61.5).setRawTotal(23.25))
            .build();
    assertThat(out.get(0)).isEqualTo(new MatchesEncoder(format).encode(list));
    assertThat(out.get(1).value()).isNull();
  }

  private static OneInputStreamOperatorTestHarness<PairUpdate, OutputRecord> harness(Format format)
      throws Exception {
    var harness =
        new OneInputStreamOperatorTestHarness<>(new ProcessOperator<>(new EncodeOutputs(format)));
    harness.setup(RecordTypes.OUTPUT_RECORD.createSerializer(new SerializerConfigImpl()));
    harness.open();
    return harness;
  }
}
