package io.cosmichub.contracts;

import static io.cosmichub.contracts.Samples.CLASSIC;
import static io.cosmichub.contracts.Samples.MODEL;
import static io.cosmichub.contracts.Samples.randomUpdate;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.protobuf.Message;
import com.google.protobuf.util.JsonFormat;
import io.cosmichub.aspect.AspectSet;
import io.cosmichub.aspect.CellChange;
import io.cosmichub.aspect.Hit;
import io.cosmichub.contracts.v1.SynastryAspects;
import io.cosmichub.contracts.v1.SynastryDelta;
import io.cosmichub.contracts.v1.SynastryLive;
import io.cosmichub.contracts.v1.SynastryScore;
import io.cosmichub.pair.PairCohorts;
import io.cosmichub.pair.PairUpdate;
import io.cosmichub.pair.Served;
import io.cosmichub.score.RuleScore;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

final class OutputCodecTest {
  private final PairUpdateEncoder json = new PairUpdateEncoder(Format.JSON, CLASSIC, MODEL);
  private final PairUpdateEncoder protobuf = new PairUpdateEncoder(Format.PROTOBUF, CLASSIC, MODEL);

  @Test
  void theJsonIsTheProto3MappingOfTheProtobuf() throws Exception {
    Random random = new Random(21);
    for (int i = 0; i < 500; i++) {
      PairUpdate update = randomUpdate(random);
      List<OutputRecord> texts = committed(json, update);
      List<OutputRecord> binaries = committed(protobuf, update);
      assertThat(texts).hasSameSizeAs(binaries);
      for (int r = 0; r < texts.size(); r++) {
        assertSame(texts.get(r), binaries.get(r));
      }
      assertSame(json.encodeLive(update), protobuf.encodeLive(update));
    }
  }

  @ParameterizedTest
  @EnumSource(Format.class)
  void whatIsReadBackIsWhatWasWritten(Format format) {
    PairUpdateEncoder encoder = new PairUpdateEncoder(format, CLASSIC, MODEL);
    SynastryReader reader = new SynastryReader(CLASSIC);
    Random random = new Random(22);
    for (int i = 0; i < 500; i++) {
      PairUpdate update = randomUpdate(random);
      SynastryReader.Delta delta = reader.delta(value(committed(encoder, update).get(0)));
      SynastryReader.Live live = reader.live(value(encoder.encodeLive(update)));

      assertThat(delta)
          .isEqualTo(
              new SynastryReader.Delta(
                  update.pairId(),
                  update.chartA(),
                  update.chartB(),
                  update.revisionA(),
                  update.revisionB(),
                  update.sequence(),
                  update.closed(),
                  update.changes()));
      assertThat(live.delta()).isEqualTo(delta);
      if (update.closed()) {
        assertThat(live.aspects()).isNull();
        assertThat(live.score()).isNull();
      } else {
        assertThat(live.aspects()).isEqualTo(update.aspects());
        assertThat(reader.aspects(value(committed(encoder, update).get(1))))
            .isEqualTo(update.aspects());
        Served served = update.served();
        SynastryReader.Score score =
            new SynastryReader.Score(
                update.pairId(),
                update.revisionA(),
                update.revisionB(),
                Objects.requireNonNull(update.score()),
                served != null && served.hasModel() ? served.model() : MODEL,
                served);
        assertThat(live.score()).isEqualTo(score);
        assertThat(reader.score(value(committed(encoder, update).get(2)))).isEqualTo(score);
      }
    }
  }

  @Test
  void aPairThatEndsLeavesAClosingDeltaAndTombstones() {
    PairUpdate closing = update(5, true);

    List<OutputRecord> records = committed(json, closing);

    assertThat(records)
        .extracting(OutputRecord::topic)
        .containsExactly(Topics.SYNASTRY_DELTAS, Topics.SYNASTRY_ASPECTS, Topics.SYNASTRY_SCORES);
    assertThat(text(records.get(0))).contains("\"closed\":true");
    assertThat(records.get(1).value()).isNull();
    assertThat(records.get(2).value()).isNull();
    assertThat(text(json.encodeLive(closing))).startsWith("{\"delta\":").doesNotContain("score");
  }

  @Test
  void aPairWithoutAnyDeltaYetWritesNone() {
    assertThat(committed(json, update(0, false)))
        .extracting(OutputRecord::topic)
        .containsExactly(Topics.SYNASTRY_ASPECTS, Topics.SYNASTRY_SCORES);
  }

  @Test
  void aPairThatIsScoredAgainWritesItsScoreAlone() {
    for (long sequence : new long[] {3, 0}) {
      List<OutputRecord> records = committed(json, rescored(sequence));

      assertThat(records).extracting(OutputRecord::topic).containsExactly(Topics.SYNASTRY_SCORES);
      assertThat(records.get(0).headers())
          .contains(Header.of("ce_id", "p/7/8/" + sequence + "/compatibility@2"));
      assertThat(text(records.get(0)))
          .endsWith("\"model\":\"compatibility@2\",\"modelScore\":0.5}");
      List<OutputRecord> both = new ArrayList<>();
      json.encode(rescored(sequence), both::add, both::add);
      assertThat(both)
          .extracting(OutputRecord::topic)
          .containsExactly(Topics.SYNASTRY_SCORES, Topics.SYNASTRY_LIVE);
    }
  }

  @Test
  void cloudEventsHeadersNameTheRecord() {
    OutputRecord record = committed(json, update(3, false)).get(0);

    assertThat(record.headers())
        .containsExactly(
            Header.of("content-type", "application/json"),
            Header.of("ce_specversion", "1.0"),
            Header.of("ce_type", Topics.SYNASTRY_DELTAS),
            Header.of("ce_source", "cosmichub/streams"),
            Header.of("ce_id", "p/7/8/3"),
            Header.of("ce_time", "2026-06-01T12:00:00Z"));
  }

  @Test
  void aReaderRefusesWhatIsNoMessage() {
    SynastryReader reader = new SynastryReader(CLASSIC);
    for (String bad :
        List.of(
            "{",
            "{\"changes\":[{\"bodyA\":\"earth\"}]}",
            "{\"changes\":[{\"bodyA\":\"sun\",\"bodyB\":\"sun\",\"aspect\":\"kiss\",\"orb\":1}]}",
            "{\"changes\":[{\"bodyA\":\"sun\",\"bodyB\":\"sun\",\"aspect\":\"trine\",\"orb\":\"NaN\"}]}",
            "{\"changes\":[{\"bodyA\":\"sun\",\"bodyB\":\"sun\",\"aspect\":\"trine\",\"orb\":-1}]}",
            "{\"changes\":[{\"bodyA\":\"sun\",\"bodyB\":\"sun\",\"aspect\":\"trine\",\"orb\":9}]}",
            "{\"changes\":[{\"change\":\"MARRIED\"}]}")) {
      assertThatThrownBy(() -> reader.delta(bad.getBytes(StandardCharsets.UTF_8)))
          .isInstanceOf(IllegalArgumentException.class);
    }
    assertThatThrownBy(() -> reader.delta(new byte[] {10, 20}))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void aDeadLetterKeepsTheRecordAndSaysWhy() {
    Header own = new Header("traceparent", new byte[] {1, 2});
    InputRecord origin =
        Samples.record(Topics.CHART_MOVES, "k", new byte[] {9, 9}, own, new Header("empty", null));

    OutputRecord letter =
        new DeadLetterEncoder().encode(origin, DeadLetterCode.TOO_DEEP, "why", "decode");

    assertThat(letter.topic()).isEqualTo("cosmichub.chart.moves.v1.dlq");
    assertThat(letter.key()).isEqualTo(origin.key());
    assertThat(letter.value()).isEqualTo(origin.value());
    assertThat(letter.headers())
        .containsExactly(
            own,
            new Header("empty", null),
            Header.of("__connect.errors.topic", "cosmichub.chart.moves.v1"),
            Header.of("__connect.errors.partition", "3"),
            Header.of("__connect.errors.offset", "42"),
            Header.of("__connect.errors.stage", "decode"),
            Header.of("__connect.errors.exception.class.name", Refusal.class.getName()),
            Header.of("__connect.errors.exception.message", "why"),
            Header.of("cosmichub.dlq.code", "TOO_DEEP"));
  }

  @Test
  void aPairThatCameUnderAnotherPolicyWritesADeltaASetAndAScoreThatNameIt() {
    AspectSet wide = AspectSet.builder().put(0, 1, Hit.of(3, 11_000_000)).build();
    PairUpdate plain = update(3, false);
    PairUpdate turned =
        new PairUpdate(
            plain.pairId(),
            plain.chartA(),
            plain.chartB(),
            plain.revisionA(),
            plain.revisionB(),
            "wide",
            plain.sequence(),
            plain.eventTime(),
            false,
            List.of(),
            wide,
            RuleScore.of(AspectSet.EMPTY, CLASSIC),
            0,
            null,
            PairCohorts.NONE,
            null,
            "classic",
            false);
    SynastryReader reader = new SynastryReader(CLASSIC);
    for (PairUpdateEncoder encoder : List.of(json, protobuf)) {
      List<OutputRecord> records = committed(encoder, turned);
      assertThat(records)
          .extracting(OutputRecord::topic)
          .containsExactly(Topics.SYNASTRY_DELTAS, Topics.SYNASTRY_ASPECTS, Topics.SYNASTRY_SCORES);
      assertThat(records)
          .allSatisfy(
              record -> assertThat(record.headers()).contains(Header.of("ce_id", "p/7/8/3/wide")));
      assertThat(reader.delta(value(records.get(0))).changes()).isEmpty();
      assertThat(reader.aspects(value(records.get(1)))).isEqualTo(wide);
      assertThat(reader.score(value(records.get(2))).model()).isEqualTo("rules/wide@1");
    }
    assertThat(text(committed(json, turned).get(1))).contains("\"policy\":\"wide\"");
  }

  private static PairUpdate rescored(long sequence) {
    PairUpdate plain = update(sequence, false);
    return new PairUpdate(
        plain.pairId(),
        plain.chartA(),
        plain.chartB(),
        plain.revisionA(),
        plain.revisionB(),
        plain.policy(),
        sequence,
        plain.eventTime(),
        false,
        List.of(),
        plain.aspects(),
        plain.score(),
        plain.ingestedAt(),
        new Served("compatibility@2", 0.5, "", ""),
        PairCohorts.NONE,
        null,
        "",
        true);
  }

  private static PairUpdate update(long sequence, boolean closed) {
    return new PairUpdate(
        "p",
        "a",
        "b",
        7,
        8,
        "classic",
        sequence,
        Samples.NOW,
        closed,
        sequence > 0 && !closed ? List.of(new CellChange(0, 1, Hit.of(1, 7), 0)) : List.of(),
        AspectSet.EMPTY,
        closed ? null : RuleScore.of(AspectSet.EMPTY, CLASSIC),
        0);
  }

  private static List<OutputRecord> committed(PairUpdateEncoder encoder, PairUpdate update) {
    List<OutputRecord> records = new ArrayList<>();
    encoder.encodeCommitted(update, records::add);
    return records;
  }

  private static void assertSame(OutputRecord text, OutputRecord binary) throws Exception {
    assertThat(text.topic()).isEqualTo(binary.topic());
    assertThat(text.key()).isEqualTo(binary.key());
    if (binary.value() == null) {
      assertThat(text.value()).isNull();
      return;
    }
    Message.Builder fromText = empty(text.topic());
    JsonFormat.parser().merge(text(text), fromText);
    assertThat(fromText.build()).isEqualTo(empty(text.topic()).mergeFrom(value(binary)).build());
  }

  private static Message.Builder empty(String topic) {
    return switch (topic) {
      case Topics.SYNASTRY_DELTAS -> SynastryDelta.newBuilder();
      case Topics.SYNASTRY_ASPECTS -> SynastryAspects.newBuilder();
      case Topics.SYNASTRY_SCORES -> SynastryScore.newBuilder();
      default -> SynastryLive.newBuilder();
    };
  }

  private static byte[] value(OutputRecord record) {
    return Objects.requireNonNull(record.value());
  }

  private static String text(OutputRecord record) {
    return new String(value(record), StandardCharsets.UTF_8);
  }
}
