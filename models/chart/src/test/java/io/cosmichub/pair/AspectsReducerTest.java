package io.cosmichub.pair;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import io.cosmichub.aspect.AspectPolicy;
import io.cosmichub.aspect.AspectSet;
import io.cosmichub.aspect.CellChange;
import io.cosmichub.aspect.ChangeKind;
import io.cosmichub.chart.Longitudes;
import io.cosmichub.naive.NaiveMatch;
import io.cosmichub.score.RuleScore;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

final class AspectsReducerTest {
  private static final AspectPolicy CLASSIC = AspectPolicy.classic();
  private static final AspectsReducer REDUCER =
      new AspectsReducer(
          CLASSIC, (a, b, movedA, movedB) -> NaiveMatch.touched(a, b, movedA, movedB, CLASSIC));
  private static final int ALL = CLASSIC.bodyMask();
  private static final int SUN = 1;
  private static final Longitudes NATAL = at(0, 96);
  private static final Longitudes TRINE = at(121);
  private static final Longitudes NOTHING = at(15);

  private @Nullable PairAspectsRecord record;

  private @Nullable PairUpdate apply(PairWork work) {
    AspectSet touched =
        NaiveMatch.touched(work.a(), work.b(), work.movedA(), work.movedB(), CLASSIC);
    AspectsReducer.Applied applied = REDUCER.apply(record, work, touched);
    record = applied.after();
    return applied.update();
  }

  /** A chart with its first bodies at these degrees. */
  private static Longitudes at(int... degrees) {
    Longitudes longitudes = Longitudes.NONE;
    for (int slot = 0; slot < degrees.length; slot++) {
      longitudes = longitudes.with(slot, degrees[slot] * 1_000_000);
    }
    return longitudes;
  }

  private static PairWork whole(Longitudes a) {
    return new PairWork(
        "p", PairWork.Kind.COMPUTE, true, "x", "y", 1, 2, a, NATAL, ALL, ALL, 500, 900);
  }

  private static PairWork sunOfA(Longitudes from, Longitudes to, long revisionA) {
    return new PairWork(
        "p",
        PairWork.Kind.COMPUTE,
        false,
        "x",
        "y",
        revisionA,
        2,
        to,
        NATAL,
        SUN,
        0,
        500,
        900,
        from.only(SUN));
  }

  private static PairWork close(Longitudes a) {
    return new PairWork("p", PairWork.Kind.CLOSE, false, "x", "y", 8, 9, a, NATAL, 0, 0, 600, 901);
  }

  @Test
  void theFirstComputationPublishesEverythingAsFormed() {
    AspectSet one = NaiveMatch.all(TRINE, NATAL, CLASSIC);
    assertThat(apply(whole(TRINE)))
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
                List.of(new CellChange(0, 0, 0, one.hit(0, 0))),
                one,
                RuleScore.of(one, CLASSIC),
                900));
    assertThat(record).isEqualTo(new PairAspectsRecord(1, "classic"));
  }

  @Test
  void movedBodiesReplaceTheirCellsOnly() {
    Longitudes before = at(121, 266);
    Longitudes after = at(90, 266);
    apply(whole(before));
    PairUpdate update = Objects.requireNonNull(apply(sunOfA(before, after, 3)));
    assertThat(update.changes()).extracting(CellChange::row).containsOnly(0);
    assertThat(update.changes()).extracting(CellChange::kind).contains(ChangeKind.REPLACED);
    assertThat(update.aspects()).isEqualTo(NaiveMatch.all(after, NATAL, CLASSIC));
    assertThat(update.aspects().rowMask(1)).isNotZero();
    assertThat(update.sequence()).isEqualTo(2);
    assertThat(update.revisionA()).isEqualTo(3);
  }

  @Test
  void whatAppearsAndWhatGoesIsFormedAndDissolved() {
    apply(whole(at()));
    PairUpdate formed = Objects.requireNonNull(apply(sunOfA(at(), TRINE, 3)));
    assertThat(formed.changes()).extracting(CellChange::kind).containsExactly(ChangeKind.FORMED);
    PairUpdate dissolved = Objects.requireNonNull(apply(sunOfA(TRINE, at(), 4)));
    assertThat(dissolved.changes())
        .extracting(CellChange::kind)
        .containsExactly(ChangeKind.DISSOLVED);
  }

  @Test
  void whatChangesNoAspectPublishesNothing() {
    apply(whole(NOTHING));
    PairAspectsRecord before = record;
    assertThat(apply(sunOfA(NOTHING, at(16), 7))).isNull();
    assertThat(record).isSameAs(before);
  }

  @Test
  void aPairWithoutAspectsIsPublishedOnceWithSequenceZero() {
    PairUpdate first = Objects.requireNonNull(apply(whole(NOTHING)));
    assertThat(first.sequence()).isZero();
    assertThat(first.changes()).isEmpty();
    assertThat(first.score()).isEqualTo(RuleScore.of(AspectSet.EMPTY, CLASSIC));
    assertThat(first.rescored()).isFalse();
    assertThat(Objects.requireNonNull(apply(sunOfA(NOTHING, TRINE, 3))).sequence()).isEqualTo(1);
  }

  @Test
  void aPairThatIsOnlyScoredAgainSaysSoThoughItNeverHadADelta() {
    for (Longitudes a : List.of(NOTHING, TRINE)) {
      PairUpdate first = Objects.requireNonNull(apply(whole(a)));
      PairAspectsRecord before = record;
      PairUpdate again = Objects.requireNonNull(apply(whole(a).rescore()));
      assertThat(again.rescored()).isTrue();
      assertThat(again.changes()).isEmpty();
      assertThat(again.sequence()).isEqualTo(first.sequence());
      assertThat(again.aspects()).isEqualTo(first.aspects());
      assertThat(record).isSameAs(before);
      apply(close(a));
    }
  }

  @Test
  void aCloseDissolvesEverythingAndLeavesNothing() {
    apply(whole(TRINE));
    PairUpdate closing = Objects.requireNonNull(apply(close(TRINE)));
    assertThat(closing.closed()).isTrue();
    assertThat(closing.sequence()).isEqualTo(2);
    assertThat(closing.changes())
        .extracting(CellChange::kind)
        .containsExactly(ChangeKind.DISSOLVED);
    assertThat(closing.aspects()).isEqualTo(AspectSet.EMPTY);
    assertThat(closing.score()).isNull();
    assertThat(record).isNull();
    assertThat(apply(close(TRINE))).isNull();
    assertThat(Objects.requireNonNull(apply(whole(TRINE))).sequence()).isEqualTo(1);
  }

  @Test
  void aCloseOfAPairThatNeverHadADeltaHasSequenceZero() {
    apply(whole(NOTHING));
    PairUpdate closing = Objects.requireNonNull(apply(close(NOTHING)));
    assertThat(closing.closed()).isTrue();
    assertThat(closing.sequence()).isZero();
    assertThat(closing.changes()).isEmpty();
  }

  @Test
  void aSetOverAnotherOneIsAFault() {
    apply(whole(TRINE));
    assertThatIllegalStateException().isThrownBy(() -> apply(whole(TRINE)));
  }

  @Test
  void movedBodiesWithoutASetToStandOnAreAFault() {
    assertThatIllegalStateException().isThrownBy(() -> apply(sunOfA(NOTHING, TRINE, 1)));
  }

  @Test
  void aSetOfAnotherPolicyIsNotMixedWithThisOne() {
    record = new PairAspectsRecord(1, "modern");
    assertThatIllegalStateException()
        .isThrownBy(() -> apply(sunOfA(NOTHING, TRINE, 1)))
        .withMessageContaining("modern")
        .withMessageContaining("classic");
  }
}
