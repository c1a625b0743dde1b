package io.cosmichub.pair;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import io.cosmichub.aspect.Aspect;
import io.cosmichub.aspect.AspectDelta;
import io.cosmichub.aspect.AspectPolicy;
import io.cosmichub.aspect.AspectSet;
import io.cosmichub.aspect.CellChange;
import io.cosmichub.aspect.ChangeKind;
import io.cosmichub.chart.Longitudes;
import io.cosmichub.naive.NaiveMatch;
import io.cosmichub.score.RuleScore;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Pairs that come under another policy and back, held against sets found from scratch. */
final class PolicyTurnTest {
  private static final AspectPolicy CLASSIC = AspectPolicy.classic();
  private static final int ALL = CLASSIC.bodyMask();
  private static final AspectPolicy OTHER = other();
  private static final AspectsReducer REDUCER =
      new AspectsReducer(CLASSIC, finder(CLASSIC)).with(OTHER, finder(OTHER));
  private static final int HISTORIES = 2_000;

  private @Nullable PairAspectsRecord record;

  @Test
  void theDeltaLeadsFromTheSetUnderTheOnePolicyToThatUnderTheOther() {
    Longitudes a = at(0, 0, 0);
    Longitudes b = at(121, 151, 99);
    PairUpdate begun = apply(work(PairWork.Kind.COMPUTE, true, a, b, ALL, ALL, Longitudes.NONE));
    assertThat(begun.policyBefore()).isEmpty();
    AspectSet classic = begun.aspects();

    PairUpdate there = apply(turn(a, b).under(OTHER.id()));
    assertThat(there.policy()).isEqualTo(OTHER.id());
    assertThat(there.policyBefore()).isEqualTo("classic");
    assertThat(there.sequence()).isEqualTo(begun.sequence() + 1);
    assertThat(there.changes())
        .extracting(CellChange::kind)
        .containsOnly(ChangeKind.DISSOLVED, ChangeKind.FORMED);
    assertThat(there.aspects()).isEqualTo(NaiveMatch.all(a, b, OTHER)).isNotEqualTo(classic);
    assertThat(there.score()).isEqualTo(RuleScore.of(there.aspects(), OTHER));

    PairUpdate back = apply(turn(a, b));
    assertThat(back.policyBefore()).isEqualTo(OTHER.id());
    assertThat(back.aspects()).isEqualTo(classic);
    assertThat(back.changes()).hasSameSizeAs(there.changes());
    assertThat(back.score()).isEqualTo(begun.score());
    assertThat(REDUCER.apply(record, turn(a, b), AspectSet.EMPTY).update()).isNull();
  }

  @Test
  void whereBothFindTheSameTheUpdateSaysSoAndCounts() {
    Longitudes a = at(0);
    Longitudes b = at(120);
    PairUpdate begun = apply(work(PairWork.Kind.COMPUTE, true, a, b, ALL, ALL, Longitudes.NONE));
    PairUpdate there =
        apply(
            turn(a, b)
                .under(OTHER.id())
                .in(new PairCohorts(List.of(), List.of("left"), List.of())));
    assertThat(there.changes()).isEmpty();
    assertThat(there.sequence()).isEqualTo(begun.sequence() + 1);
    assertThat(there.turned()).isTrue();
    assertThat(there.regroups()).as("its consumers are told").isFalse();
    assertThat(there.score()).isNotEqualTo(begun.score());
  }

  @Test
  void aPairThatNeverHeldAnAspectCountsFromTheFirstOne() {
    Longitudes a = at(0);
    Longitudes b = at(99);
    apply(work(PairWork.Kind.COMPUTE, true, a, at(15), ALL, ALL, Longitudes.NONE));
    assertThat(apply(turn(a, at(15)).under(OTHER.id())).sequence()).isZero();
    assertThat(apply(turn(a, at(15))).sequence()).isZero();
    // A square to OTHER alone, found as the body moves there.
    PairUpdate moved =
        apply(work(PairWork.Kind.COMPUTE, false, a, b, 0, 1, at(15).only(1)).under(OTHER.id()));
    assertThat(moved.sequence()).isEqualTo(1);
    assertThat(moved.changes()).extracting(CellChange::kind).containsExactly(ChangeKind.FORMED);
  }

  @Test
  void whateverComesUnderWhicheverPolicyTheFoldedDeltasAreTheSetFromScratch() {
    Map<PairWork.Kind, Integer> turned = new EnumMap<>(PairWork.Kind.class);
    for (int seed = 0; seed < HISTORIES; seed++) {
      Random random = new Random(seed);
      record = null;
      Longitudes a = chart(random);
      Longitudes b = chart(random);
      AspectSet folded = AspectSet.EMPTY;
      long sequence = 0;
      AspectPolicy policy = CLASSIC;
      List<PairWork> works = new ArrayList<>();
      works.add(work(PairWork.Kind.COMPUTE, true, a, b, ALL, ALL, Longitudes.NONE));
      for (int step = 0; step < 12; step++) {
        int slot = random.nextInt(10);
        switch (random.nextInt(6)) {
          case 0 -> works.add(turn(a, b));
          case 1 -> works.add(work(PairWork.Kind.RESCORE, false, a, b, 0, 0, Longitudes.NONE));
          case 2 ->
              works.add(
                  work(PairWork.Kind.REGROUP, false, a, b, 0, 0, Longitudes.NONE)
                      .in(new PairCohorts(List.of(), List.of(), List.of("joined"))));
          case 3 -> {
            Longitudes from = a.only(1 << slot);
            a = a.with(slot, degrees(random));
            works.add(work(PairWork.Kind.COMPUTE, false, a, b, 1 << slot, 0, from));
          }
          default -> {
            Longitudes from = b.only(1 << slot);
            b = b.with(slot, degrees(random));
            works.add(work(PairWork.Kind.COMPUTE, false, a, b, 0, 1 << slot, from));
          }
        }
      }
      works.add(work(PairWork.Kind.CLOSE, false, a, b, 0, 0, Longitudes.NONE));
      for (PairWork plain : works) {
        AspectPolicy now = random.nextInt(3) == 0 ? (policy == OTHER ? CLASSIC : OTHER) : policy;
        PairWork work = now == OTHER ? plain.under(OTHER.id()) : plain;
        PairAspectsRecord before = record;
        AspectsReducer.Applied applied = REDUCER.apply(before, work, touched(work, now));
        record = applied.after();
        PairUpdate update = applied.update();
        boolean closes = work.kind() == PairWork.Kind.CLOSE;
        boolean turns = before != null && !closes && now != policy;
        assertThat(before != null && REDUCER.turns(before, work)).isEqualTo(turns);
        if (turns) {
          turned.merge(work.kind(), 1, Integer::sum);
          assertThat(update).isNotNull();
        }
        AspectPolicy under = closes ? policy : now;
        if (update != null) {
          folded = AspectDelta.fold(folded, update.changes());
          assertThat(update.aspects()).isEqualTo(folded);
          assertThat(update.policy()).isEqualTo(under.id());
          assertThat(update.policyBefore()).isEqualTo(turns ? policy.id() : "");
          boolean counts = !update.changes().isEmpty() || (sequence > 0 && (turns || closes));
          sequence += counts ? 1 : 0;
          assertThat(update.sequence()).isEqualTo(sequence);
          if (!closes) {
            assertThat(update.score()).isEqualTo(RuleScore.of(folded, under));
          }
        }
        policy = under;
        assertThat(folded)
            .as("seed %s", seed)
            .isEqualTo(closes ? AspectSet.EMPTY : NaiveMatch.all(work.a(), work.b(), under));
      }
      assertThat(record).isNull();
    }
    assertThat(turned.keySet())
        .containsExactlyInAnyOrder(
            PairWork.Kind.COMPUTE,
            PairWork.Kind.TURN,
            PairWork.Kind.RESCORE,
            PairWork.Kind.REGROUP);
    assertThat(turned.values()).allMatch(count -> count > 100);
  }

  @Test
  void workUnderAPolicyThatIsNotKnownIsAFault() {
    apply(work(PairWork.Kind.COMPUTE, true, at(0), at(120), ALL, ALL, Longitudes.NONE));
    assertThatIllegalStateException()
        .isThrownBy(() -> apply(turn(at(0), at(120)).under("modern")))
        .withMessageContaining("modern")
        .withMessageContaining("classic and " + OTHER.id());
  }

  private PairUpdate apply(PairWork work) {
    AspectsReducer.Applied applied = REDUCER.apply(record, work, touched(work, policy(work)));
    record = applied.after();
    return Objects.requireNonNull(applied.update());
  }

  private static AspectPolicy policy(PairWork work) {
    return work.policy().isEmpty() ? CLASSIC : OTHER;
  }

  private static AspectSet touched(PairWork work, AspectPolicy policy) {
    return NaiveMatch.touched(work.a(), work.b(), work.movedA(), work.movedB(), policy);
  }

  private static AspectFinder finder(AspectPolicy policy) {
    return (a, b, movedA, movedB) -> NaiveMatch.touched(a, b, movedA, movedB, policy);
  }

  private static PairWork turn(Longitudes a, Longitudes b) {
    return work(PairWork.Kind.TURN, false, a, b, 0, 0, Longitudes.NONE);
  }

  private static PairWork work(
      PairWork.Kind kind,
      boolean whole,
      Longitudes a,
      Longitudes b,
      int movedA,
      int movedB,
      Longitudes previous) {
    return new PairWork("p", kind, whole, "x", "y", 1, 2, a, b, movedA, movedB, 500, 900, previous);
  }

  private static Longitudes chart(Random random) {
    Longitudes longitudes = Longitudes.NONE;
    for (int slot = 0; slot < 10; slot++) {
      if (random.nextInt(8) > 0) {
        longitudes = longitudes.with(slot, degrees(random));
      }
    }
    return longitudes;
  }

  private static int degrees(Random random) {
    return random.nextInt(360) * 1_000_000;
  }

  private static Longitudes at(int... degrees) {
    Longitudes longitudes = Longitudes.NONE;
    for (int slot = 0; slot < degrees.length; slot++) {
      longitudes = longitudes.with(slot, degrees[slot] * 1_000_000);
    }
    return longitudes;
  }

  /** Wider squares that count less, narrower trines that count more, and no quincunx. */
  private static AspectPolicy other() {
    List<Aspect> aspects = new ArrayList<>();
    for (Aspect aspect : CLASSIC.aspects()) {
      switch (aspect.id()) {
        case "quincunx" -> {}
        case "square" -> aspects.add(like(aspect, 9_500_000, -1.5));
        case "trine" -> aspects.add(like(aspect, 6_000_000, 3.5));
        default -> aspects.add(aspect);
      }
    }
    double[] weights = new double[16];
    for (int slot = 0; slot < weights.length; slot++) {
      weights[slot] = CLASSIC.weight(slot);
    }
    return AspectPolicy.of("other", aspects, ALL, weights);
  }

  private static Aspect like(Aspect aspect, int maxOrb, double base) {
    return new Aspect(aspect.code(), aspect.id(), aspect.angle(), maxOrb, aspect.nature(), base);
  }
}
