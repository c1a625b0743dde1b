package io.cosmichub.streaming.record;

import static org.assertj.core.api.Assertions.assertThat;

import io.cosmichub.aspect.AspectPolicy;
import io.cosmichub.aspect.AspectSet;
import io.cosmichub.aspect.CellChange;
import io.cosmichub.aspect.Hit;
import io.cosmichub.chart.ChartUpdate;
import io.cosmichub.chart.Longitudes;
import io.cosmichub.chart.PublishedChart;
import io.cosmichub.contracts.Header;
import io.cosmichub.contracts.InputRecord;
import io.cosmichub.contracts.OutputRecord;
import io.cosmichub.contracts.Topics;
import io.cosmichub.pair.PairCohorts;
import io.cosmichub.pair.PairUpdate;
import io.cosmichub.pair.PairWork;
import io.cosmichub.pair.Served;
import io.cosmichub.pair.Side;
import io.cosmichub.pair.SideUpdate;
import io.cosmichub.pair.Told;
import io.cosmichub.score.RuleScore;
import io.cosmichub.streaming.given.Given;
import java.io.IOException;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Stream;
import org.apache.flink.api.common.serialization.SerializerConfigImpl;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.core.memory.DataInputDeserializer;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

final class RecordTypesTest extends SerializerContract {

  private static final AspectSet TRINE =
      AspectSet.builder().put(0, 1, Hit.of(4, 1_234_567)).build();

  @Override
  protected Stream<Case<?>> cases() {
    return Stream.of(
        Case.edge(
            RecordTypes.INPUT_RECORD,
            List.of(
                Given.raw(Topics.CHART_MOVES, "person-0244", "{\"chartId\":\"\u2609\"}"),
                new InputRecord(Topics.CHART_UPDATES, 0, 0, -1, null, null, List.of()),
                new InputRecord("t", 1, 2, 3, new byte[0], new byte[0], List.of()))),
        Case.edge(
            RecordTypes.OUTPUT_RECORD,
            List.of(
                new OutputRecord(
                    Topics.SYNASTRY_DELTAS,
                    new byte[] {1},
                    new byte[] {2, 3},
                    List.of(Header.of("ce_id", "couple-0001/1")),
                    7),
                new OutputRecord(
                    Topics.SYNASTRY_ASPECTS, null, null, List.of(), OutputRecord.NO_TIMESTAMP))),
        Case.edge(
            RecordTypes.SIDE_UPDATE,
            List.of(
                SideUpdate.truth(
                    "couple-0001",
                    Side.B,
                    5,
                    "sky",
                    published(),
                    Given.INGESTED_AT,
                    Given.INGESTED_AT),
                SideUpdate.truth("p", Side.A, 1, "c", null, ChartUpdate.NO_TIME, 0),
                SideUpdate.truth(
                    "p",
                    Side.A,
                    1,
                    "c",
                    new PublishedChart(1, 2, 3, Given.at(4), List.of("a", "b")),
                    1,
                    2),
                SideUpdate.closed("p", Side.A, 1, "c", 1, 2))),
        Case.edge(
            RecordTypes.PAIR_WORK,
            List.of(
                compute(),
                move(),
                close(),
                move().in(cohorts()),
                move().under("tight"),
                told(null),
                told(new byte[] {1, 2}))),
        Case.edge(
            RecordTypes.PAIR_UPDATE,
            List.of(
                update(false, RuleScore.of(TRINE, AspectPolicy.classic())),
                update(true, null),
                update(false, RuleScore.of(TRINE, AspectPolicy.classic()))
                    .with(new Served("compatibility@3", 0.75, "new-model", "model")),
                update(false, RuleScore.of(TRINE, AspectPolicy.classic()))
                    .with(new Served("", 0, "new-model", "control")),
                regrouped(),
                turned(),
                rescored(0),
                update(true, null).after(new Served("m@1", 0.25, "new-model", "model")))));
  }

  @Test
  void whatTheFirstLayoutWroteIsStillRead() throws IOException {
    assertThat(
            read(
                RecordTypes.PAIR_WORK,
                "010c636f75706c652d3030303100010c706572736f6e2d303234340c706572736f6e2d303131380000000000000007000000000000000300030098968001312d00800107bfa48000000000800103ff0000019b76daa8000000019b76daa8000000"))
        .isEqualTo(compute());
    assertThat(
            read(
                RecordTypes.PAIR_UPDATE,
                "010c636f75706c652d303030310c706572736f6e2d303234340c706572736f6e2d303131380000000000000007000000000000000308636c617373696300000000000000010000019b76daa8000000010001000000002012d6870000000901000100022012d68701404ae66666666666401e71c7607c419a404a44bda4052d6640490000000000004049000000000000404900000000000040490000000000000000000100000000000000000000019b76daa800"))
        .isEqualTo(update(false, RuleScore.of(TRINE, AspectPolicy.classic())));
  }

  @Test
  void whatWasWrittenBeforeCohortsTravelledIsStillRead() throws IOException {
    assertThat(
            read(
                RecordTypes.PAIR_WORK,
                "020c636f75706c652d3030303100010c706572736f6e2d303234340c706572736f6e2d303131380000000000000007000000000000000300030098968001312d00800107bfa48000000000800103ff0000019b76daa8000000019b76daa800000000"))
        .isEqualTo(compute());
    assertThat(
            read(
                RecordTypes.PAIR_UPDATE,
                "020c636f75706c652d303030310c706572736f6e2d303234340c706572736f6e2d303131380000000000000007000000000000000308636c617373696300000000000000010000019b76daa8000000010001000000002012d6870000000901000100022012d68701404ae66666666666401e71c7607c419a404a44bda4052d6640490000000000004049000000000000404900000000000040490000000000000000000100000000000000000000019b76daa80000"))
        .isEqualTo(update(false, RuleScore.of(TRINE, AspectPolicy.classic())));
    assertThat(
            read(
                RecordTypes.SIDE_UPDATE,
                "010c636f75706c652d303030310100000000000000050104736b790000000200000000000000070000019b76daa800800700000000055d4a801565e7c0075bcd150000019b76daa800"))
        .isEqualTo(
            SideUpdate.truth(
                "couple-0001",
                Side.B,
                5,
                "sky",
                published(),
                Given.INGESTED_AT,
                Given.INGESTED_AT));
  }

  @Test
  void whatWasWrittenBeforeArmsWereRememberedIsStillRead() throws IOException {
    assertThat(
            read(
                RecordTypes.PAIR_UPDATE,
                "030c636f75706c652d303030310c706572736f6e2d303234340c706572736f6e2d303131380000000000000007000000000000000308636c617373696300000000000000010000019b76daa8000000010001000000002012d6870000000901000100022012d68701404ae66666666666401e71c7607c419a404a44bda4052d6640490000000000004049000000000000404900000000000040490000000000000000000100000000000000000000019b76daa8000000"))
        .isEqualTo(update(false, RuleScore.of(TRINE, AspectPolicy.classic())));
  }

  @Test
  void whatWasWrittenBeforePoliciesTravelledIsStillRead() throws IOException {
    assertThat(
            read(
                RecordTypes.PAIR_WORK,
                "030c636f75706c652d3030303100010c706572736f6e2d303234340c706572736f6e2d303131380000000000000007000000000000000300030098968001312d00800107bfa48000000000800103ff0000019b76daa8000000019b76daa80000000000"))
        .isEqualTo(compute());
    assertThat(
            read(
                RecordTypes.PAIR_UPDATE,
                "040c636f75706c652d303030310c706572736f6e2d303234340c706572736f6e2d303131380000000000000007000000000000000308636c617373696300000000000000010000019b76daa8000000010001000000002012d6870000000901000100022012d68701404ae66666666666401e71c7607c419a404a44bda4052d6640490000000000004049000000000000404900000000000040490000000000000000000100000000000000000000019b76daa800000000"))
        .isEqualTo(update(false, RuleScore.of(TRINE, AspectPolicy.classic())));
  }

  @Test
  void whatWasWrittenBeforeAnUpdateSaidThatThePairWasOnlyScoredAgainIsStillRead()
      throws IOException {
    assertThat(
            read(
                RecordTypes.PAIR_UPDATE,
                "050c636f75706c652d303030310c706572736f6e2d303234340c706572736f6e2d303131380000000000000007000000000000000308636c617373696300000000000000010000019b76daa8000000010001000000002012d6870000000901000100022012d68701404ae66666666666401e71c7607c419a404a44bda4052d6640490000000000004049000000000000404900000000000040490000000000000000000100000000000000000000019b76daa80000000001"))
        .isEqualTo(update(false, RuleScore.of(TRINE, AspectPolicy.classic())));
    assertThat(
            read(
                RecordTypes.PAIR_UPDATE,
                "050c636f75706c652d303030310c706572736f6e2d303234340c706572736f6e2d303131380000000000000007000000000000000308636c617373696300000000000000010000019b76daa8000000000000000901000100022012d68701404ae66666666666401e71c7607c419a404a44bda4052d6640490000000000004049000000000000404900000000000040490000000000000000000100000000000000000000019b76daa80000000001"))
        .isEqualTo(rescored(1));
  }

  private static PairCohorts cohorts() {
    return new PairCohorts(List.of("people"), List.of("o", "\u00f6"), List.of("new"));
  }

  private static <T> T read(TypeInformation<T> type, String bytes) throws IOException {
    return type.createSerializer(new SerializerConfigImpl())
        .deserialize(new DataInputDeserializer(HexFormat.of().parseHex(bytes)));
  }

  private static PublishedChart published() {
    return new PublishedChart(2, 7, Given.INGESTED_AT, Given.at(0, 90, 359).with(15, 123_456_789));
  }

  private static PairWork compute() {
    return new PairWork(
        "couple-0001",
        PairWork.Kind.COMPUTE,
        true,
        "person-0244",
        "person-0118",
        7,
        3,
        Given.at(10, 20),
        Given.at(130).with(15, 0),
        0x8001,
        0x3FF,
        Given.INGESTED_AT,
        Given.INGESTED_AT);
  }

  private static PairWork move() {
    return new PairWork(
        "couple-0001",
        PairWork.Kind.COMPUTE,
        false,
        "person-0244",
        "person-0118",
        7,
        3,
        Given.at(10, 20),
        Given.at(130),
        0b10,
        0,
        Given.INGESTED_AT,
        Given.INGESTED_AT,
        Given.at(10, 19).only(0b10));
  }

  private static PairWork told(byte @Nullable [] content) {
    return PairWork.tell(new Told("compatibility", content), Given.INGESTED_AT);
  }

  private static PairWork close() {
    return new PairWork(
        "p",
        PairWork.Kind.CLOSE,
        false,
        "a",
        "b",
        0,
        -1,
        Longitudes.NONE,
        Longitudes.NONE,
        0,
        0,
        ChartUpdate.NO_TIME,
        0);
  }

  private static PairUpdate regrouped() {
    return new PairUpdate(
        "couple-0001",
        "person-0244",
        "person-0118",
        7,
        3,
        "classic",
        1,
        Given.INGESTED_AT,
        false,
        List.of(),
        TRINE,
        RuleScore.of(TRINE, AspectPolicy.classic()),
        Given.INGESTED_AT,
        null,
        cohorts(),
        null,
        "",
        false);
  }

  private static PairUpdate turned() {
    PairUpdate update = update(false, RuleScore.of(TRINE, AspectPolicy.classic()));
    return new PairUpdate(
        update.pairId(),
        update.chartA(),
        update.chartB(),
        update.revisionA(),
        update.revisionB(),
        "tight",
        update.sequence(),
        update.eventTime(),
        false,
        update.changes(),
        update.aspects(),
        update.score(),
        update.ingestedAt(),
        null,
        PairCohorts.NONE,
        null,
        "classic",
        false);
  }

  private static PairUpdate rescored(long sequence) {
    return new PairUpdate(
        "couple-0001",
        "person-0244",
        "person-0118",
        7,
        3,
        "classic",
        sequence,
        Given.INGESTED_AT,
        false,
        List.of(),
        TRINE,
        RuleScore.of(TRINE, AspectPolicy.classic()),
        Given.INGESTED_AT,
        null,
        PairCohorts.NONE,
        null,
        "",
        true);
  }

  private static PairUpdate update(boolean closed, @Nullable RuleScore score) {
    int trine = TRINE.hit(0, 1);
    CellChange change = closed ? new CellChange(0, 1, trine, 0) : new CellChange(0, 1, 0, trine);
    return new PairUpdate(
        "couple-0001",
        "person-0244",
        "person-0118",
        7,
        3,
        "classic",
        closed ? 2 : 1,
        Given.INGESTED_AT,
        closed,
        List.of(change),
        closed ? AspectSet.EMPTY : TRINE,
        score,
        Given.INGESTED_AT);
  }
}
