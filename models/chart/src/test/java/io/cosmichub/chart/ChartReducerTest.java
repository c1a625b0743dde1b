package io.cosmichub.chart;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class ChartReducerTest {
  private static final ChartReducer REDUCER = new ChartReducer(0);

  private static ChartUpdate.Builder full(long revision) {
    return ChartUpdate.builder("c", revision);
  }

  private static ChartUpdate.Builder partial(long revision) {
    return ChartUpdate.builder("c", revision).partial(true);
  }

  private static Position at(int longitude) {
    return Position.of(longitude);
  }

  private static ChartRecord record(ChartUpdate... updates) {
    ChartRecord record = null;
    for (ChartUpdate update : updates) {
      record = REDUCER.apply(record, update).after();
    }
    return Objects.requireNonNull(record);
  }

  @Test
  void theFirstUpdateIsPublishedEvenWithoutBodies() {
    ChartReducer.Applied applied = REDUCER.apply(null, full(3).effectiveAt(9).build());
    assertThat(applied.outcome()).isEqualTo(Outcome.APPLIED);
    assertThat(applied.publish()).isTrue();
    assertThat(Objects.requireNonNull(applied.after()).published())
        .isEqualTo(new PublishedChart(1, 3, 9, Longitudes.NONE));
  }

  @Test
  void aFullChartTakesAwayTheBodiesThatItDoesNotCarry() {
    ChartRecord before =
        record(full(1).position(Body.SUN, at(1)).position(Body.MOON, at(2)).build());
    ChartReducer.Applied applied =
        REDUCER.apply(before, full(2).position(Body.MOON, at(2)).build());
    assertThat(applied.publish()).isTrue();
    assertThat(Objects.requireNonNull(applied.after()).longitudes())
        .isEqualTo(Longitudes.NONE.with(Body.MOON.slot(), 2));
  }

  @Test
  void aPartialUpdateLeavesTheBodiesThatItDoesNotCarry() {
    ChartRecord before =
        record(
            full(1)
                .position(Body.SUN, at(1))
                .position(Body.MOON, at(2))
                .cohorts(List.of("people"))
                .build());
    ChartRecord after =
        Objects.requireNonNull(
            REDUCER.apply(before, partial(2).position(Body.MOON, at(7)).build()).after());
    assertThat(after.longitudes()).isEqualTo(Longitudes.NONE.with(0, 1).with(1, 7));
    assertThat(after.cohorts()).containsExactly("people");
    assertThat(after.revision()).isEqualTo(2);
  }

  @Test
  void aLateUpdateSetsWhatNothingNewerHasSetAndTheRevisionStays() {
    ChartRecord before =
        record(
            full(1).position(Body.SUN, at(1)).build(),
            partial(5).position(Body.SUN, at(5)).build());
    ChartReducer.Applied applied =
        REDUCER.apply(
            before, partial(3).position(Body.SUN, at(3)).position(Body.MOON, at(33)).build());
    assertThat(applied.outcome()).isEqualTo(Outcome.APPLIED);
    ChartRecord after = Objects.requireNonNull(applied.after());
    assertThat(after.longitudes()).isEqualTo(Longitudes.NONE.with(0, 5).with(1, 33));
    assertThat(after.revision()).isEqualTo(5);
    assertThat(after.published().revision()).isEqualTo(5);
  }

  @Test
  void whatSetsNothingIsADuplicateOrStaleAndChangesNothing() {
    ChartRecord before = record(full(4).position(Body.SUN, at(1)).build());
    assertThat(REDUCER.apply(before, full(4).position(Body.SUN, at(1)).build()))
        .isEqualTo(new ChartReducer.Applied(Outcome.DUPLICATE, before, false));
    assertThat(REDUCER.apply(before, full(3).position(Body.SUN, at(9)).build()))
        .isEqualTo(new ChartReducer.Applied(Outcome.STALE, before, false));
    assertThat(REDUCER.apply(before, partial(9).build()))
        .isEqualTo(new ChartReducer.Applied(Outcome.STALE, before, false));
    assertThat(REDUCER.apply(null, partial(9).build()))
        .isEqualTo(new ChartReducer.Applied(Outcome.STALE, null, false));
  }

  @Test
  void aConflictAppliesNothingOfTheUpdate() {
    ChartRecord before =
        record(
            full(1).position(Body.SUN, at(1)).build(),
            partial(4).position(Body.MOON, at(2)).build());
    // The sun would be new, but the moon contradicts what the same revision said.
    ChartUpdate contradicting =
        partial(4).position(Body.SUN, at(50)).position(Body.MOON, at(60)).build();
    ChartReducer.Applied applied = REDUCER.apply(before, contradicting);
    assertThat(applied.outcome()).isEqualTo(Outcome.CONFLICT);
    assertThat(applied.after()).isSameAs(before);
    assertThat(applied.publish()).isFalse();
  }

  @Test
  void oneRevisionMayComeInPartsThatDoNotContradict() {
    ChartRecord record =
        record(
            partial(4).position(Body.SUN, at(1)).build(),
            partial(4).position(Body.MOON, at(2)).build());
    assertThat(record.longitudes()).isEqualTo(Longitudes.NONE.with(0, 1).with(1, 2));
  }

  @Test
  void cuspsAndCohortsConflictLikeBodies() {
    int[] cusps = {0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11};
    ChartRecord before = record(full(1).cusps(cusps).cohorts(List.of("a")).build());
    cusps[11] = 12;
    assertThat(REDUCER.apply(before, partial(1).cusps(cusps).build()).outcome())
        .isEqualTo(Outcome.CONFLICT);
    assertThat(REDUCER.apply(before, partial(1).cohorts(List.of("b")).build()).outcome())
        .isEqualTo(Outcome.CONFLICT);
    assertThat(REDUCER.apply(before, partial(1).cohorts(List.of("a")).build()).outcome())
        .isEqualTo(Outcome.DUPLICATE);
    ChartRecord after =
        Objects.requireNonNull(REDUCER.apply(before, partial(2).cusps(cusps).build()).after());
    assertThat(after.cusps()).isEqualTo(cusps);
    assertThat(after.cohorts()).containsExactly("a");
  }

  @Test
  void aSpeedAloneIsAppliedButNotPublished() {
    ChartRecord before = record(full(1).position(Body.SUN, new Position(1, 10)).build());
    ChartReducer.Applied applied =
        REDUCER.apply(before, full(2).position(Body.SUN, new Position(1, 11)).build());
    assertThat(applied.outcome()).isEqualTo(Outcome.APPLIED);
    assertThat(applied.publish()).isFalse();
    ChartRecord after = Objects.requireNonNull(applied.after());
    assertThat(after.revision()).isEqualTo(2);
    assertThat(after.published().revision()).isEqualTo(1);
  }

  @Test
  void theEventTimeIsTheLatestOfTheHighestRevisionWhateverTheOrder() {
    ChartUpdate early = partial(4).effectiveAt(100).position(Body.SUN, at(1)).build();
    ChartUpdate again = partial(4).effectiveAt(200).position(Body.SUN, at(1)).build();
    ChartUpdate lower = partial(3).effectiveAt(900).position(Body.MOON, at(1)).build();
    assertThat(record(early, again, lower).effectiveAt()).isEqualTo(200);
    assertThat(record(lower, again, early).effectiveAt()).isEqualTo(200);
    assertThat(record(again, lower, early).effectiveAt()).isEqualTo(200);
  }

  @ParameterizedTest
  @CsvSource({
    // from, to, epsilon, published
    "0, 0, 0, false",
    "0, 1, 0, true",
    "359999999, 0, 0, true",
    "359999999, 0, 1, false",
    "0, 359999999, 1, false",
    "359999999, 1, 1, true",
    "359500000, 500000, 1000000, false",
    "359500000, 500001, 1000000, true",
    "500001, 359500000, 1000000, true",
    "0, 180000000, 180000000, false",
  })
  void aBodyIsPublishedWhenItMovedFurtherThanEpsilonAcrossZeroToo(
      int from, int to, int epsilon, boolean published) {
    ChartReducer reducer = new ChartReducer(epsilon);
    ChartRecord before = record(full(1).position(Body.SUN, at(from)).build());
    ChartReducer.Applied applied =
        reducer.apply(before, full(2).position(Body.SUN, at(to)).build());
    assertThat(applied.publish()).isEqualTo(published);
    PublishedChart now = Objects.requireNonNull(applied.after()).published();
    assertThat(now.longitudes().at(0)).isEqualTo(published ? to : from);
    assertThat(now.revision()).isEqualTo(published ? 2 : 1);
  }

  @Test
  void smallStepsAddUpAndOnlyTheBodyThatMovedFarEnoughMovesInWhatIsPublished() {
    ChartReducer reducer = new ChartReducer(10);
    ChartRecord record =
        record(full(1).position(Body.SUN, at(0)).position(Body.MOON, at(0)).build());
    boolean publish = false;
    for (int step = 1; step <= 2; step++) {
      ChartReducer.Applied applied =
          reducer.apply(
              record,
              partial(1 + step)
                  .position(Body.SUN, at(6 * step))
                  .position(Body.MOON, at(step))
                  .build());
      record = Objects.requireNonNull(applied.after());
      publish = applied.publish();
    }
    assertThat(publish).isTrue();
    assertThat(record.published().longitudes()).isEqualTo(Longitudes.NONE.with(0, 12).with(1, 0));
    assertThat(record.longitudes()).isEqualTo(Longitudes.NONE.with(0, 12).with(1, 2));
  }

  @Test
  void appearingAndDisappearingAreAlwaysPublished() {
    ChartReducer reducer = new ChartReducer(MicroDegrees.HALF);
    ChartRecord none = record(full(1).build());
    ChartReducer.Applied appeared = reducer.apply(none, full(2).position(Body.SUN, at(0)).build());
    assertThat(appeared.publish()).isTrue();
    ChartReducer.Applied gone = reducer.apply(appeared.after(), full(3).build());
    assertThat(gone.publish()).isTrue();
    assertThat(Objects.requireNonNull(gone.after()).published().longitudes())
        .isEqualTo(Longitudes.NONE);
  }

  @Test
  void anEpsilonOutsideHalfACircleIsRefused() {
    assertThatIllegalArgumentException().isThrownBy(() -> new ChartReducer(-1));
    assertThatIllegalArgumentException().isThrownBy(() -> new ChartReducer(MicroDegrees.HALF + 1));
  }

  @Test
  void anErasureEndsOneLifeAndOnlyAFullChartBeginsTheNext() {
    ChartRecord known = record(full(9).position(Body.SUN, at(1)).build());
    ChartReducer.Erased erased = REDUCER.erase(known, null, 70);
    assertThat(erased)
        .isEqualTo(new ChartReducer.Erased(Outcome.APPLIED, new ErasedMark(1, 70), true));
    assertThat(REDUCER.erase(null, erased.mark(), 80))
        .isEqualTo(new ChartReducer.Erased(Outcome.DUPLICATE, erased.mark(), false));

    ChartUpdate lateMove = partial(10).position(Body.SUN, at(2)).build();
    assertThat(REDUCER.apply(null, erased.mark(), lateMove))
        .isEqualTo(new ChartReducer.Applied(Outcome.STALE, null, false));
    ChartReducer.Applied reborn =
        REDUCER.apply(null, erased.mark(), full(0).position(Body.SUN, at(3)).build());
    assertThat(reborn.outcome()).isEqualTo(Outcome.APPLIED);
    assertThat(Objects.requireNonNull(reborn.after()).published())
        .isEqualTo(new PublishedChart(2, 0, ChartUpdate.NO_TIME, Longitudes.NONE.with(0, 3)));
  }

  @Test
  void erasingWhatWasNeverKnownIsRememberedButTellsNobody() {
    ChartReducer.Erased erased = REDUCER.erase(null, null, 70);
    assertThat(erased)
        .isEqualTo(new ChartReducer.Erased(Outcome.APPLIED, new ErasedMark(0, 70), false));
    assertThat(REDUCER.apply(null, erased.mark(), partial(1).position(Body.SUN, at(2)).build()))
        .extracting(ChartReducer.Applied::outcome)
        .isEqualTo(Outcome.STALE);
  }

  @Test
  void everyOrderOfTheSameUpdatesEndsInTheSameChart() {
    List<ChartUpdate> updates =
        List.of(
            full(3).effectiveAt(30).position(Body.SUN, at(3)).position(Body.MARS, at(33)).build(),
            partial(5).effectiveAt(50).position(Body.SUN, at(5)).build(),
            partial(5).effectiveAt(55).position(Body.MOON, at(5)).cohorts(List.of("x")).build(),
            partial(4)
                .effectiveAt(40)
                .position(Body.SUN, at(4))
                .position(Body.MARS, at(44))
                .build(),
            full(1).effectiveAt(99).position(Body.PLUTO, at(1)).cohorts(List.of("y")).build(),
            partial(5).effectiveAt(51).position(Body.SUN, at(5)).build());
    List<ChartRecord> ends = new ArrayList<>();
    permute(new ArrayList<>(updates), 0, ends);
    assertThat(ends).hasSize(720);
    ChartRecord first = ends.get(0);
    assertThat(ends).allSatisfy(end -> assertThat(end).isEqualTo(first));
    assertThat(first.longitudes())
        .isEqualTo(
            Longitudes.NONE
                .with(Body.SUN.slot(), 5)
                .with(Body.MOON.slot(), 5)
                .with(Body.MARS.slot(), 44));
    assertThat(first.effectiveAt()).isEqualTo(55);
  }

  @Test
  void randomUpdatesInRandomOrdersEndInTheSameChart() {
    for (long seed = 0; seed < 3_000; seed++) {
      Random random = new Random(seed);
      List<ChartUpdate> updates = new ArrayList<>();
      for (int i = 0; i < 3 + random.nextInt(8); i++) {
        updates.add(consistent(random));
      }
      ChartRecord once = fold(updates);
      Collections.shuffle(updates, random);
      assertThat(fold(updates)).as("seed %d", seed).isEqualTo(once);
    }
  }

  /** An update whose content follows from its revision, so that no two contradict. */
  private static ChartUpdate consistent(Random random) {
    long revision = random.nextInt(5);
    boolean partial = revision % 2 == 1;
    ChartUpdate.Builder update =
        ChartUpdate.builder("c", revision).partial(partial).effectiveAt(random.nextInt(100));
    for (int slot = 0; slot < 4; slot++) {
      if (partial ? random.nextBoolean() : slot != revision) {
        update.position(slot, new Position((int) (100 * revision + slot), (int) revision));
      }
    }
    return update.build();
  }

  private static @Nullable ChartRecord fold(List<ChartUpdate> updates) {
    ChartRecord record = null;
    for (ChartUpdate update : updates) {
      ChartReducer.Applied applied = REDUCER.apply(record, update);
      assertThat(applied.outcome()).isNotEqualTo(Outcome.CONFLICT);
      record = applied.after();
    }
    return record == null ? null : republished(record);
  }

  /**
   * With epsilon 0 the published longitudes are the current ones; only when they were is history.
   */
  private static ChartRecord republished(ChartRecord record) {
    assertThat(record.published().longitudes()).isEqualTo(record.longitudes());
    return new ChartRecord(
        record.copyRevisions(),
        record.copyPositions(),
        record.cusps(),
        record.cohorts(),
        record.effectiveAt(),
        new PublishedChart(1, record.revision(), record.effectiveAt(), record.longitudes()));
  }

  private static void permute(List<ChartUpdate> updates, int from, List<ChartRecord> ends) {
    if (from == updates.size()) {
      ends.add(Objects.requireNonNull(fold(updates)));
      return;
    }
    for (int i = from; i < updates.size(); i++) {
      Collections.swap(updates, from, i);
      permute(updates, from + 1, ends);
      Collections.swap(updates, from, i);
    }
  }
}
