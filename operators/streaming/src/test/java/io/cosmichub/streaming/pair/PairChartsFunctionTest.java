package io.cosmichub.streaming.pair;

import static io.cosmichub.streaming.given.Given.at;
import static io.cosmichub.streaming.given.Harnesses.drain;
import static org.assertj.core.api.Assertions.assertThat;

import io.cosmichub.chart.Longitudes;
import io.cosmichub.chart.PublishedChart;
import io.cosmichub.pair.PairWork;
import io.cosmichub.pair.Side;
import io.cosmichub.pair.SideUpdate;
import io.cosmichub.streaming.given.Given;
import io.cosmichub.streaming.given.Harnesses;
import io.cosmichub.streaming.given.Rescale;
import io.cosmichub.streaming.given.Subtask;
import java.util.ArrayList;
import java.util.List;
import org.apache.flink.runtime.checkpoint.OperatorSubtaskState;
import org.apache.flink.runtime.state.KeyGroupRangeAssignment;
import org.apache.flink.streaming.util.KeyedOneInputStreamOperatorTestHarness;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

final class PairChartsFunctionTest {

  private final Harnesses harnesses = new Harnesses();
  private KeyedOneInputStreamOperatorTestHarness<String, SideUpdate, PairWork> pairs;

  @BeforeEach
  void open() throws Exception {
    pairs = harnesses.pairs(Subtask.ONLY, null);
  }

  @AfterEach
  void close() throws Exception {
    harnesses.close();
  }

  @Test
  void nothingIsComputedUntilBothChartsAreKnown() throws Exception {
    put(opened("p", Side.A, 1));
    put(chart("p", Side.B, 1, 3, at(10)));
    assertThat(drain(pairs)).isEmpty();
    put(chart("p", Side.A, 1, 7, at(20)));
    assertThat(drain(pairs))
        .singleElement()
        .satisfies(
            work -> {
              assertThat(work.kind()).isEqualTo(PairWork.Kind.COMPUTE);
              assertThat(work.whole()).isTrue();
              assertThat(work.revisionA()).isEqualTo(7);
              assertThat(work.revisionB()).isEqualTo(3);
              assertThat(work.ingestedAt()).isEqualTo(Given.INGESTED_AT);
            });
  }

  @Test
  void onlyTheBodiesThatMovedAreComputedAndOnlyThoseOfThePolicy() throws Exception {
    become("p", at(10, 20), at(30));
    put(chart("p", Side.A, 1, 8, at(10, 21)));
    assertThat(drain(pairs))
        .singleElement()
        .satisfies(
            work -> {
              assertThat(work.whole()).isFalse();
              assertThat(work.movedA()).isEqualTo(2);
              assertThat(work.movedB()).isZero();
            });
    put(chart("p", Side.A, 1, 9, at(10, 21).with(15, 5)));
    put(chart("p", Side.A, 1, 9, at(10, 21).with(15, 5)));
    assertThat(drain(pairs)).isEmpty();
  }

  @Test
  void sidesOfDifferentEpochsDoNotMeet() throws Exception {
    become("p", at(10), at(30));
    put(SideUpdate.closed("p", Side.A, 1, "a", 0, 0));
    assertThat(drain(pairs)).extracting(PairWork::kind).containsExactly(PairWork.Kind.CLOSE);
    put(chart("p", Side.A, 2, 8, at(10)));
    assertThat(drain(pairs)).isEmpty();
    put(SideUpdate.closed("p", Side.B, 1, "b", 0, 0));
    put(chart("p", Side.B, 2, 8, at(30)));
    assertThat(drain(pairs)).singleElement().matches(PairWork::whole);
    put(chart("p", Side.A, 1, 99, at(99)));
    assertThat(drain(pairs)).isEmpty();
  }

  @Test
  void aPairIsKnownAfterARestore() throws Exception {
    become("p", at(10, 20), at(30));
    OperatorSubtaskState snapshot = pairs.snapshot(1, 1);
    pairs = harnesses.pairs(Subtask.ONLY, snapshot);
    put(chart("p", Side.B, 1, 9, at(31)));
    assertThat(drain(pairs))
        .singleElement()
        .matches(work -> !work.whole() && work.movedA() == 0 && work.movedB() == 1);
  }

  @Test
  void everyPairIsKnownAcrossRescaling() throws Exception {
    int count = 20;
    for (int pair = 0; pair < count; pair++) {
      become("p" + pair, at(10), at(30));
    }
    List<OperatorSubtaskState> one = List.of(pairs.snapshot(1, 1));
    List<OperatorSubtaskState> two = new ArrayList<>();
    for (Subtask half : Subtask.all(2)) {
      var harness = harnesses.pairs(half, Rescale.share(one, half));
      for (int pair = 0; pair < count; pair++) {
        if (owner("p" + pair) == half.index()) {
          harness.processElement(chart("p" + pair, Side.A, 1, 8, at(11)), 0);
        }
      }
      assertThat(drain(harness)).isNotEmpty().noneMatch(PairWork::whole);
      two.add(harness.snapshot(2, 2));
    }
    pairs = harnesses.pairs(Subtask.ONLY, Rescale.share(two, Subtask.ONLY));
    for (int pair = 0; pair < count; pair++) {
      put(chart("p" + pair, Side.A, 1, 8, at(11)));
    }
    assertThat(drain(pairs)).isEmpty();
    for (int pair = 0; pair < count; pair++) {
      put(SideUpdate.closed("p" + pair, Side.A, 1, "a", 0, 0));
      put(SideUpdate.closed("p" + pair, Side.B, 1, "b", 0, 0));
    }
    assertThat(drain(pairs)).hasSize(count).allMatch(work -> work.kind() == PairWork.Kind.CLOSE);
    assertEmpty();
  }

  @Test
  void endsEmpty() throws Exception {
    become("p", at(10), at(30));
    put(opened("p", Side.A, 1));
    put(SideUpdate.closed("p", Side.B, 1, "b", 0, 0));
    put(SideUpdate.closed("p", Side.A, 1, "a", 0, 0));
    assertThat(drain(pairs)).extracting(PairWork::kind).containsExactly(PairWork.Kind.CLOSE);
    assertEmpty();
  }

  private void become(String pair, Longitudes a, Longitudes b) throws Exception {
    put(chart(pair, Side.A, 1, 7, a));
    put(chart(pair, Side.B, 1, 7, b));
    assertThat(drain(pairs)).singleElement().matches(PairWork::whole);
  }

  private void put(SideUpdate update) throws Exception {
    pairs.processElement(update, 0);
  }

  private void assertEmpty() throws Exception {
    pairs.snapshot(9, 9);
    assertThat(pairs.numKeyedStateEntries()).isZero();
    assertThat(pairs.numProcessingTimeTimers() + pairs.numEventTimeTimers()).isZero();
  }

  private static int owner(String pairId) {
    return KeyGroupRangeAssignment.assignKeyToParallelOperator(pairId, Subtask.MAX_PARALLELISM, 2);
  }

  private static SideUpdate opened(String pair, Side side, long epoch) {
    return SideUpdate.truth(pair, side, epoch, chartOf(side), null, 0, Given.INGESTED_AT);
  }

  private static SideUpdate chart(
      String pair, Side side, long epoch, long revision, Longitudes longitudes) {
    PublishedChart published = new PublishedChart(1, revision, Given.INGESTED_AT, longitudes);
    return SideUpdate.truth(pair, side, epoch, chartOf(side), published, 0, Given.INGESTED_AT);
  }

  private static String chartOf(Side side) {
    return side == Side.A ? "a" : "b";
  }
}
