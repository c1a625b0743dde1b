package io.cosmichub.population.count;

import static org.assertj.core.api.Assertions.assertThat;

import io.cosmichub.aspect.AspectDelta;
import io.cosmichub.aspect.AspectPolicy;
import io.cosmichub.aspect.AspectSet;
import io.cosmichub.aspect.Hit;
import io.cosmichub.pair.PairCohorts;
import io.cosmichub.pair.PairUpdate;
import io.cosmichub.score.RuleScorer;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

final class PairChangeTest {

  private static final RuleScorer SCORER = new RuleScorer(AspectPolicy.classic());
  private static final AspectSet TRINE =
      AspectSet.builder().put(3, 4, Hit.of(4, 1_000_000)).build();
  private static final AspectSet BOTH_WAYS =
      AspectSet.builder().put(3, 4, Hit.of(4, 2_000_000)).put(4, 3, Hit.of(4, 5)).build();

  @Test
  void theSetBeforeIsTheSetWithItsDeltaTakenBack() {
    PairChange change = of(2, TRINE, BOTH_WAYS, false);

    assertThat(change).isNotNull();
    assertThat(change.before()).isEqualTo(new PairState(TRINE, SCORER.score(TRINE), "control"));
    assertThat(change.after())
        .isEqualTo(new PairState(BOTH_WAYS, SCORER.score(BOTH_WAYS), "control"));
  }

  @Test
  void aLifeBeginsWithItsFirstDeltaAndEndsWithItsClosingOne() {
    PairChange first = of(1, AspectSet.EMPTY, TRINE, false);
    PairChange last = of(2, TRINE, AspectSet.EMPTY, true);

    assertThat(first).isNotNull();
    assertThat(first.before()).isNull();
    assertThat(last).isNotNull();
    assertThat(last.before()).isNotNull();
    assertThat(last.after()).isNull();
  }

  @Test
  void aLifeWithoutAnyDeltaIsNotCounted() {
    assertThat(of(0, AspectSet.EMPTY, AspectSet.EMPTY, false)).isNull();
    assertThat(of(0, AspectSet.EMPTY, AspectSet.EMPTY, true)).isNull();
  }

  @Test
  void aPairThatHoldsAnAspectBothWaysCountsOnce() {
    Population population = new Population();
    population.apply(new PairChange("p", "a", "b", 0, null, state(BOTH_WAYS)));

    int cell = AspectCell.of(4, 3, 4);
    assertThat(population.aspects().count(cell)).isEqualTo(1);
    assertThat(AspectCell.id(cell, AspectPolicy.classic())).isEqualTo("venus-mars trine");
    assertThat(AspectCell.plural(cell, AspectPolicy.classic())).isEqualTo("Venus-Mars trines");
    assertThat(AspectCell.plural(AspectCell.of(0, 1, 6), AspectPolicy.classic()))
        .isEqualTo("Sun-Moon quincunxes");
  }

  @Test
  void aPairTurnsFromTheCellsItHeldToTheCellsItHoldsAndOfEachOnce() {
    Random random = new Random(6);
    for (int round = 0; round < 500; round++) {
      AspectSet before = random(random);
      AspectSet after = random(random);
      Set<Integer> held = cells(before);
      new PairChange("p", "a", "b", 0, state(before), state(after))
          .turns(
              (cell, times) ->
                  assertThat(times > 0 ? held.add(cell) : held.remove(cell))
                      .as("cell %d, %d", cell, times)
                      .isTrue());
      assertThat(held).isEqualTo(cells(after));
    }
  }

  /** Few bodies and aspects, so that many are held both ways. */
  private static AspectSet random(Random random) {
    AspectSet.Builder set = AspectSet.builder();
    for (int row = 0; row < 4; row++) {
      for (int col = 0; col < 4; col++) {
        int code = random.nextInt(4);
        if (code > 0) {
          set.put(row, col, Hit.of(code, random.nextInt(10)));
        }
      }
    }
    return set.build();
  }

  private static Set<Integer> cells(AspectSet set) {
    Set<Integer> cells = new TreeSet<>();
    set.forEach((row, col, hit) -> cells.add(AspectCell.of(row, col, Hit.code(hit))));
    return cells;
  }

  @Test
  void everyCellHasItsOwnNumber() {
    boolean[] seen = new boolean[AspectCell.COUNT];
    for (int low = 0; low < 16; low++) {
      for (int high = low; high < 16; high++) {
        for (int code = 0; code < 32; code++) {
          int cell = AspectCell.of(high, low, code);
          assertThat(seen[cell]).isFalse();
          seen[cell] = true;
          assertThat(AspectCell.low(cell)).isEqualTo(low);
          assertThat(AspectCell.high(cell)).isEqualTo(high);
          assertThat(AspectCell.code(cell)).isEqualTo(code);
        }
      }
    }
    assertThat(seen).doesNotContain(false);
  }

  @Test
  void whatCameUnderAnotherPolicyStoodAsTheOneBeforeSaysAndIsNoEvent() {
    RuleScorer other =
        new RuleScorer(
            AspectPolicy.of(
                "other", AspectPolicy.classic().aspects().subList(0, 4), 0x3FF, new double[16]));
    for (AspectSet before : List.of(TRINE, BOTH_WAYS)) {
      PairUpdate update =
          new PairUpdate(
              "pair",
              "a",
              "b",
              1,
              1,
              "classic",
              2,
              0,
              false,
              AspectDelta.between(before, TRINE),
              TRINE,
              SCORER.score(TRINE),
              0,
              null,
              PairCohorts.NONE,
              null,
              "other",
              false);
      PairChange change =
          Objects.requireNonNull(PairChange.of(update, other, "rules/other@1", "rules/classic@1"));
      assertThat(change.before())
          .isEqualTo(new PairState(before, other.score(before), "rules/other@1"));
      assertThat(change.after())
          .isEqualTo(new PairState(TRINE, SCORER.score(TRINE), "rules/classic@1"));
      assertThat(change.onlySeenOtherwise()).isTrue();
    }
    assertThat(Objects.requireNonNull(of(2, BOTH_WAYS, TRINE, false)).onlySeenOtherwise())
        .isFalse();
  }

  private static PairState state(AspectSet set) {
    return new PairState(set, SCORER.score(set), "control");
  }

  private static @Nullable PairChange of(
      long sequence, AspectSet before, AspectSet after, boolean closed) {
    return PairChange.of(
        new PairUpdate(
            "pair",
            "a",
            "b",
            1,
            1,
            "classic",
            sequence,
            0,
            closed,
            AspectDelta.between(before, after),
            after,
            closed ? null : SCORER.score(after),
            0),
        SCORER,
        "control");
  }
}
