package io.cosmichub.pair;

import static org.assertj.core.api.Assertions.assertThat;

import io.cosmichub.chart.Body;
import io.cosmichub.chart.ChartUpdate;
import io.cosmichub.chart.Longitudes;
import io.cosmichub.chart.PublishedChart;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

final class PairReducerTest {
  private static final int MASK = 0x3FF;
  private static final PairReducer REDUCER = new PairReducer(MASK);
  private static final Longitudes SUN = Longitudes.NONE.with(0, 1_000_000);

  private @Nullable PairRecord record;

  private List<PairWork> apply(SideUpdate update) {
    PairReducer.Step step = REDUCER.apply(record, update);
    record = step.after();
    return step.work();
  }

  private static SideUpdate chart(
      Side side, long epoch, String id, int life, long revision, Longitudes longitudes) {
    return SideUpdate.truth(
        "p",
        side,
        epoch,
        id,
        new PublishedChart(life, revision, 100 * revision, longitudes),
        ChartUpdate.NO_TIME,
        77);
  }

  private static SideUpdate opened(Side side, long epoch, String id) {
    return SideUpdate.truth("p", side, epoch, id, null, 5_000, 78);
  }

  private static SideUpdate closed(Side side, long epoch, String id) {
    return SideUpdate.closed("p", side, epoch, id, 6_000, 79);
  }

  private void activate() {
    apply(chart(Side.A, 1, "x", 1, 3, SUN));
    assertThat(apply(chart(Side.B, 1, "y", 1, 4, SUN))).hasSize(1);
  }

  private static List<PairWork.Kind> kinds(List<PairWork> work) {
    return work.stream().map(PairWork::kind).toList();
  }

  @Test
  void aPairIsComputedWholeOnceBothChartsAreThere() {
    assertThat(apply(opened(Side.B, 1, "y"))).isEmpty();
    assertThat(apply(chart(Side.A, 1, "x", 1, 3, SUN))).isEmpty();
    Longitudes venus = Longitudes.NONE.with(3, 7);
    assertThat(apply(chart(Side.B, 1, "y", 1, 2, venus)))
        .containsExactly(
            new PairWork(
                "p", PairWork.Kind.COMPUTE, true, "x", "y", 3, 2, SUN, venus, MASK, MASK, 300, 77));
  }

  @Test
  void aMoveComputesOnlyTheBodiesThatMovedWithinThePolicy() {
    activate();
    Longitudes moved = SUN.with(0, 2).with(Body.MARS.slot(), 5).with(Body.CHIRON.slot(), 9);
    assertThat(apply(chart(Side.B, 1, "y", 1, 9, moved)))
        .containsExactly(
            new PairWork(
                "p",
                PairWork.Kind.COMPUTE,
                false,
                "x",
                "y",
                3,
                9,
                SUN,
                moved,
                0,
                0b10001,
                900,
                77,
                SUN));
    assertThat(apply(chart(Side.A, 1, "x", 1, 5, Longitudes.NONE)))
        .singleElement()
        .satisfies(
            work -> {
              assertThat(work.movedA()).isEqualTo(1);
              assertThat(work.movedB()).isZero();
              assertThat(work.eventTime()).isEqualTo(900);
            });
  }

  @Test
  void whatMovesNothingOfThePolicyIsNoWorkButIsRemembered() {
    activate();
    assertThat(apply(chart(Side.A, 1, "x", 1, 8, SUN.with(Body.LILITH.slot(), 1)))).isEmpty();
    assertThat(apply(chart(Side.B, 1, "y", 1, 5, Longitudes.NONE)))
        .singleElement()
        .extracting(PairWork::revisionA)
        .isEqualTo(8L);
  }

  @Test
  void aLateChangeAtTheSameRevisionIsComputedAndALowerRevisionIsNot() {
    activate();
    assertThat(apply(chart(Side.A, 1, "x", 1, 3, SUN.with(1, 1)))).hasSize(1);
    PairRecord before = record;
    assertThat(apply(chart(Side.A, 1, "x", 1, 2, SUN.with(1, 2)))).isEmpty();
    assertThat(record).isSameAs(before);
  }

  @Test
  void anErasureClosesAndANewLifeBeginsWholeWhateverItsRevision() {
    activate();
    assertThat(apply(opened(Side.A, 1, "x")))
        .containsExactly(
            new PairWork(
                "p", PairWork.Kind.CLOSE, false, "x", "y", 3, 4, SUN, SUN, 0, 0, 5_000, 78));
    assertThat(apply(opened(Side.B, 1, "y"))).isEmpty();
    assertThat(apply(chart(Side.B, 1, "y", 1, 4, SUN))).isEmpty();
    assertThat(apply(chart(Side.A, 1, "x", 2, 0, SUN)))
        .singleElement()
        .matches(PairWork::whole)
        .extracting(PairWork::revisionA)
        .isEqualTo(0L);
  }

  @Test
  void anotherLifeThatOvertakesItsErasureClosesAndComputes() {
    activate();
    List<PairWork> work = apply(chart(Side.A, 1, "x", 2, 0, SUN));
    assertThat(kinds(work)).containsExactly(PairWork.Kind.CLOSE, PairWork.Kind.COMPUTE);
    assertThat(work.get(0).revisionA()).isEqualTo(3);
    assertThat(work.get(1).revisionA()).isEqualTo(0);
    assertThat(work.get(1).whole()).isTrue();
  }

  @Test
  void anotherChartUnderTheSameEpochClosesAndComputes() {
    activate();
    List<PairWork> work = apply(chart(Side.B, 1, "z", 1, 1, SUN));
    assertThat(kinds(work)).containsExactly(PairWork.Kind.CLOSE, PairWork.Kind.COMPUTE);
    assertThat(work.get(0).chartB()).isEqualTo("y");
    assertThat(work.get(1).chartB()).isEqualTo("z");
  }

  @Test
  void sidesOfTwoEpochsAreNoPair() {
    activate();
    assertThat(kinds(apply(chart(Side.A, 2, "z", 1, 1, SUN)))).containsExactly(PairWork.Kind.CLOSE);
    // What the old watch still says of its sides is over for A, and true for B until it closes.
    assertThat(apply(closed(Side.A, 1, "x"))).isEmpty();
    assertThat(apply(chart(Side.B, 1, "y", 1, 9, SUN))).isEmpty();
    assertThat(apply(closed(Side.B, 1, "y"))).isEmpty();
    assertThat(kinds(apply(chart(Side.B, 2, "y", 1, 9, SUN))))
        .containsExactly(PairWork.Kind.COMPUTE);
  }

  @Test
  void theEndOfAWatchLeavesNothingWhicheverSideHearsFirst() {
    for (Side first : Side.values()) {
      activate();
      Side second = first == Side.A ? Side.B : Side.A;
      assertThat(kinds(apply(closed(first, 1, "x")))).containsExactly(PairWork.Kind.CLOSE);
      assertThat(record).isNotNull();
      assertThat(apply(closed(second, 1, "y"))).isEmpty();
      assertThat(record).isNull();
      assertThat(apply(closed(second, 1, "y"))).isEmpty();
      assertThat(record).isNull();
    }
  }

  @Test
  void anyInterleavingOfARewatchEndsComputedOnceAndCloseAndComputeAlternate() {
    List<SideUpdate> ofX =
        List.of(
            chart(Side.A, 1, "x", 1, 1, SUN),
            closed(Side.A, 1, "x"),
            chart(Side.B, 2, "x", 1, 1, SUN));
    List<SideUpdate> ofY =
        List.of(
            chart(Side.B, 1, "y", 1, 1, SUN),
            closed(Side.B, 1, "y"),
            chart(Side.A, 2, "y", 1, 1, SUN));
    List<List<PairWork.Kind>> seen = new ArrayList<>();
    interleave(ofX, 0, ofY, 0, null, new ArrayList<>(), seen);
    assertThat(seen).hasSize(20);
    for (List<PairWork.Kind> work : seen) {
      for (int i = 0; i < work.size(); i++) {
        assertThat(work.get(i)).isEqualTo(i % 2 == 0 ? PairWork.Kind.COMPUTE : PairWork.Kind.CLOSE);
      }
      assertThat(work.size() % 2).as("computed in the end").isEqualTo(1);
    }
  }

  private static void interleave(
      List<SideUpdate> left,
      int l,
      List<SideUpdate> right,
      int r,
      @Nullable PairRecord record,
      List<PairWork.Kind> work,
      List<List<PairWork.Kind>> seen) {
    if (l == left.size() && r == right.size()) {
      seen.add(work);
    }
    if (l < left.size()) {
      PairReducer.Step step = REDUCER.apply(record, left.get(l));
      interleave(left, l + 1, right, r, step.after(), joined(work, step), seen);
    }
    if (r < right.size()) {
      PairReducer.Step step = REDUCER.apply(record, right.get(r));
      interleave(left, l, right, r + 1, step.after(), joined(work, step), seen);
    }
  }

  private static List<PairWork.Kind> joined(List<PairWork.Kind> work, PairReducer.Step step) {
    List<PairWork.Kind> all = new ArrayList<>(work);
    all.addAll(kinds(step.work()));
    return all;
  }

  private static SideUpdate in(Side side, long revision, Longitudes longitudes, String... cohorts) {
    return SideUpdate.truth(
        "p",
        side,
        1,
        side == Side.A ? "x" : "y",
        new PublishedChart(1, revision, 100 * revision, longitudes, List.of(cohorts)),
        ChartUpdate.NO_TIME,
        77);
  }

  @Test
  void aPairCountsInTheCohortsOfBothItsChartsAndSaysWhenThatChanges() {
    apply(in(Side.A, 1, SUN, "b", "c"));
    assertThat(apply(in(Side.B, 1, SUN, "a", "b")))
        .extracting(PairWork::cohorts)
        .containsExactly(PairCohorts.of(List.of("b")));

    assertThat(apply(in(Side.B, 2, SUN, "b", "d"))).as("none of both").isEmpty();

    List<PairWork> regrouped = apply(in(Side.B, 3, SUN, "c"));
    assertThat(kinds(regrouped)).containsExactly(PairWork.Kind.REGROUP);
    assertThat(regrouped.get(0).cohorts())
        .isEqualTo(new PairCohorts(List.of(), List.of("b"), List.of("c")));
    assertThat(regrouped.get(0).revisionB()).isEqualTo(3);

    List<PairWork> moved = apply(in(Side.A, 2, SUN.with(0, 5), "b"));
    assertThat(kinds(moved)).containsExactly(PairWork.Kind.COMPUTE);
    assertThat(moved.get(0).cohorts())
        .isEqualTo(new PairCohorts(List.of(), List.of("c"), List.of()));

    apply(in(Side.B, 4, SUN, "b"));
    List<PairWork> closed = apply(closed(Side.A, 2, "x"));
    assertThat(kinds(closed)).containsExactly(PairWork.Kind.CLOSE);
    assertThat(closed.get(0).cohorts()).isEqualTo(PairCohorts.of(List.of("b")));
  }

  @Test
  void codesAreStable() {
    assertThat(Side.ofCode(0)).isEqualTo(Side.A);
    assertThat(Side.ofCode(1)).isEqualTo(Side.B);
    assertThat(SideUpdate.Kind.values()).extracting(SideUpdate.Kind::code).containsExactly(0, 1, 2);
    assertThat(PairWork.Kind.values())
        .extracting(PairWork.Kind::code)
        .containsExactly(0, 1, 2, 3, 4, 5);
    for (SideUpdate.Kind kind : SideUpdate.Kind.values()) {
      assertThat(SideUpdate.Kind.ofCode(kind.code())).isEqualTo(kind);
    }
    for (PairWork.Kind kind : PairWork.Kind.values()) {
      assertThat(PairWork.Kind.ofCode(kind.code())).isEqualTo(kind);
    }
  }
}
