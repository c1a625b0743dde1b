package io.cosmichub.pair;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import io.cosmichub.aspect.AspectPolicy;
import io.cosmichub.aspect.AspectSet;
import io.cosmichub.aspect.CellChange;
import io.cosmichub.aspect.Hit;
import io.cosmichub.chart.Longitudes;
import io.cosmichub.score.RuleScore;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

final class AspectsReducerTest {
  private static final AspectPolicy CLASSIC = AspectPolicy.classic();
  private static final AspectsReducer REDUCER = new AspectsReducer(CLASSIC);
  private static final int TRINE = Hit.of(4, 5);
  private static final int SQUARE = Hit.of(3, 6);
  private static final AspectSet ONE = AspectSet.builder().put(0, 1, TRINE).build();

  private @Nullable PairAspectsRecord record;

  private @Nullable PairUpdate apply(PairWork work, AspectSet touched) {
    AspectsReducer.Applied applied = REDUCER.apply(record, work, touched);
    record = applied.after();
    return applied.update();
  }

  private static PairWork compute(boolean whole, long revisionA, int movedA, int movedB) {
    return new PairWork(
        "p",
        PairWork.Kind.COMPUTE,
        whole,
        "x",
        "y",
        revisionA,
        2,
        Longitudes.NONE,
        Longitudes.NONE,
        movedA,
        movedB,
        500,
        900);
  }

  private static PairWork close() {
    return new PairWork(
        "p",
        PairWork.Kind.CLOSE,
        false,
        "x",
        "y",
        8,
        9,
        Longitudes.NONE,
        Longitudes.NONE,
        0,
        0,
        600,
        901);
  }

  @Test
  void theFirstComputationPublishesEverythingAsFormed() {
    assertThat(apply(compute(true, 1, 0x3FF, 0x3FF), ONE))
        .isEqualTo(
            new PairUpdate(
                "p",
                "x",
                "y",
                1,
                2,
                "classic",
                1,
                500,
                false,
                List.of(new CellChange(0, 1, 0, TRINE)),
                ONE,
                RuleScore.of(ONE, CLASSIC),
                900));
    assertThat(record).isEqualTo(new PairAspectsRecord(ONE, 1, 1, 2, "x", "y", "classic"));
  }

  @Test
  void movedBodiesReplaceTheirCellsOnly() {
    AspectSet two = AspectSet.builder().put(0, 1, TRINE).put(5, 5, SQUARE).build();
    apply(compute(true, 1, 0x3FF, 0x3FF), two);
    PairUpdate update =
        Objects.requireNonNull(
            apply(compute(false, 3, 1, 0), AspectSet.builder().put(0, 2, SQUARE).build()));
    assertThat(update.changes())
        .containsExactly(new CellChange(0, 1, TRINE, 0), new CellChange(0, 2, 0, SQUARE));
    assertThat(update.aspects())
        .isEqualTo(AspectSet.builder().put(0, 2, SQUARE).put(5, 5, SQUARE).build());
    assertThat(update.sequence()).isEqualTo(2);
  }

  @Test
  void whatChangesNoAspectPublishesNothingButTakesTheRevisions() {
    apply(compute(true, 1, 0x3FF, 0x3FF), ONE);
    assertThat(apply(compute(false, 7, 1, 0), ONE)).isNull();
    assertThat(Objects.requireNonNull(record).revisionA()).isEqualTo(7);
    assertThat(record.sequence()).isEqualTo(1);
  }

  @Test
  void aPairWithoutAspectsIsPublishedOnceWithSequenceZero() {
    PairUpdate first =
        Objects.requireNonNull(apply(compute(true, 1, 0x3FF, 0x3FF), AspectSet.EMPTY));
    assertThat(first.sequence()).isZero();
    assertThat(first.changes()).isEmpty();
    assertThat(first.score()).isEqualTo(RuleScore.of(AspectSet.EMPTY, CLASSIC));
    assertThat(apply(compute(false, 2, 1, 0), AspectSet.EMPTY)).isNull();
    assertThat(Objects.requireNonNull(apply(compute(false, 3, 1, 0), ONE)).sequence()).isEqualTo(1);
  }

  @Test
  void aCloseDissolvesEverythingAndLeavesNothing() {
    apply(compute(true, 1, 0x3FF, 0x3FF), ONE);
    assertThat(apply(close(), AspectSet.EMPTY))
        .isEqualTo(
            new PairUpdate(
                "p",
                "x",
                "y",
                8,
                9,
                "classic",
                2,
                600,
                true,
                List.of(new CellChange(0, 1, TRINE, 0)),
                AspectSet.EMPTY,
                null,
                901));
    assertThat(record).isNull();
    assertThat(apply(close(), AspectSet.EMPTY)).isNull();
    assertThat(Objects.requireNonNull(apply(compute(true, 1, 1, 1), ONE)).sequence()).isEqualTo(1);
  }

  @Test
  void aCloseOfAPairThatNeverHadADeltaHasSequenceZero() {
    apply(compute(true, 1, 0x3FF, 0x3FF), AspectSet.EMPTY);
    PairUpdate closing = Objects.requireNonNull(apply(close(), AspectSet.EMPTY));
    assertThat(closing.closed()).isTrue();
    assertThat(closing.sequence()).isZero();
    assertThat(closing.changes()).isEmpty();
  }

  @Test
  void aWholeComputationOverAnOldSetSaysOnlyWhatDiffers() {
    apply(compute(true, 1, 0x3FF, 0x3FF), ONE);
    PairUpdate update =
        Objects.requireNonNull(
            apply(
                compute(true, 4, 0x3FF, 0x3FF),
                AspectSet.builder().put(0, 1, TRINE).put(9, 9, SQUARE).build()));
    assertThat(update.changes()).containsExactly(new CellChange(9, 9, 0, SQUARE));
    assertThat(update.sequence()).isEqualTo(2);
  }

  @Test
  void movedBodiesWithoutASetToStandOnAreAFault() {
    assertThatIllegalStateException()
        .isThrownBy(() -> REDUCER.apply(null, compute(false, 1, 1, 0), ONE));
  }

  @Test
  void aSetOfAnotherPolicyIsNotMixedWithThisOne() {
    PairAspectsRecord other = new PairAspectsRecord(ONE, 1, 1, 2, "x", "y", "modern");
    assertThatIllegalStateException()
        .isThrownBy(() -> REDUCER.apply(other, compute(false, 1, 1, 0), ONE))
        .withMessageContaining("modern")
        .withMessageContaining("classic");
  }
}
