package io.cosmichub.quickstart;

import static org.assertj.core.api.Assertions.assertThat;

import io.cosmichub.aspect.AspectPolicy;
import io.cosmichub.chart.ChartRecord;
import io.cosmichub.chart.ChartReducer;
import io.cosmichub.chart.ChartUpdate;
import io.cosmichub.chart.Outcome;
import io.cosmichub.contracts.ChartUpdateDecoder;
import io.cosmichub.contracts.Decoded;
import io.cosmichub.contracts.Format;
import io.cosmichub.contracts.InputEncoder;
import io.cosmichub.contracts.InputRecord;
import io.cosmichub.contracts.OutputRecord;
import io.cosmichub.pair.PairWatch;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

final class SampleDataTest {

  private static final int TEN_BODIES = AspectPolicy.classic().bodyMask();
  private static final long NO_TIMESTAMP = -1;
  private static final Clock END_OF_2026 =
      Clock.fixed(Instant.parse("2027-01-01T00:00:00Z"), ZoneOffset.UTC);

  @Test
  void thePeopleAreAllThereEachWithTenBodies() {
    List<ChartUpdate> people = SampleData.people();
    long since = SampleData.sky().first().effectiveAt();
    assertThat(people).hasSize(2_709);
    assertThat(people).extracting(ChartUpdate::chartId).doesNotHaveDuplicates();
    assertThat(people)
        .allSatisfy(
            person -> {
              assertThat(person.positionMask()).isEqualTo(TEN_BODIES);
              assertThat(person.revision()).isEqualTo(1);
              assertThat(person.partial()).isFalse();
              assertThat(person.effectiveAt()).isEqualTo(since);
            });
  }

  @Test
  void theCouplesAreOfThePeople() {
    Set<String> people =
        SampleData.people().stream().map(ChartUpdate::chartId).collect(Collectors.toSet());
    List<PairWatch> couples = SampleData.couples();
    assertThat(couples).hasSize(1_126);
    assertThat(couples).extracting(PairWatch::pairId).doesNotHaveDuplicates();
    assertThat(couples)
        .allSatisfy(couple -> assertThat(people).contains(couple.chartA(), couple.chartB()));
  }

  @Test
  void everyPersonIsWatchedWithTheSky() {
    assertThat(SampleData.transits(SampleData.people()))
        .hasSize(2_709)
        .contains(
            new PairWatch("transit-person-0001", "sky", "person-0001", PairWatch.NO_REVISION));
  }

  @Test
  void theSkyIsThereHourByHour() {
    SkyReplay sky = SampleData.sky();
    assertThat(sky.hours()).isEqualTo(8_761);
    assertThat(sky.first().partial()).isFalse();
    for (int hour = 0; hour < sky.hours(); hour++) {
      assertThat(sky.instant(hour))
          .isEqualTo(Instant.parse("2026-01-01T00:00:00Z").plus(Duration.ofHours(hour)));
      assertThat(sky.hourOf(sky.chart(hour).revision())).isEqualTo(hour);
    }
  }

  @Test
  void foldingTheMovesGivesEachHourAsItStandsInTheTable() {
    SkyReplay sky = SampleData.sky();
    ChartReducer reducer = new ChartReducer(0);
    ChartRecord record = apply(reducer, null, sky.first());
    int unmoved = 0;
    for (int hour = 1; hour < sky.hours(); hour++) {
      ChartUpdate move = sky.move(hour);
      ChartUpdate chart = sky.chart(hour);
      unmoved += Integer.bitCount(chart.positionMask() & ~move.positionMask());
      record = apply(reducer, record, move);
      for (int slot = 0; slot < 16; slot++) {
        int longitude = record.published().longitudes().at(slot);
        var position = chart.position(slot);
        assertThat(longitude).isEqualTo(position == null ? -1 : position.longitude());
      }
    }
    assertThat(unmoved).as("bodies that stood still for an hour").isPositive();
  }

  @ParameterizedTest
  @EnumSource(Format.class)
  void whatIsProducedIsWhatTheDecoderReads(Format format) {
    InputEncoder encoder = new InputEncoder(format);
    ChartUpdateDecoder decoder = new ChartUpdateDecoder(0, END_OF_2026);
    SkyReplay sky = SampleData.sky();
    List<ChartUpdate> sent =
        List.of(SampleData.people().get(0), sky.first(), sky.move(1), sky.move(8_760));
    assertThat(sent)
        .allSatisfy(
            update ->
                assertThat(decoder.decode(arrived(encoder.chart(update))))
                    .isEqualTo(new Decoded.Value<>(update)));
  }

  private static InputRecord arrived(OutputRecord record) {
    return new InputRecord(
        record.topic(), 0, 0, NO_TIMESTAMP, record.key(), record.value(), record.headers());
  }

  private static ChartRecord apply(
      ChartReducer reducer, @Nullable ChartRecord before, ChartUpdate update) {
    ChartReducer.Applied applied = reducer.apply(before, null, update);
    assertThat(applied.outcome()).isEqualTo(Outcome.APPLIED);
    assertThat(applied.publish()).isTrue();
    ChartRecord after = applied.after();
    if (after == null) {
      throw new AssertionError("an applied update left no chart");
    }
    return after;
  }
}
