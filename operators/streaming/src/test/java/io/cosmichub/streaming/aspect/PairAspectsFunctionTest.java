package io.cosmichub.streaming.aspect;

import static io.cosmichub.streaming.given.Given.at;
import static io.cosmichub.streaming.given.Harnesses.drain;
import static org.assertj.core.api.Assertions.assertThat;

import io.cosmichub.aspect.AspectDelta;
import io.cosmichub.aspect.AspectPolicy;
import io.cosmichub.aspect.AspectSet;
import io.cosmichub.aspect.ChangeKind;
import io.cosmichub.chart.Longitudes;
import io.cosmichub.kernels.ReferenceKernel;
import io.cosmichub.pair.PairUpdate;
import io.cosmichub.pair.PairWork;
import io.cosmichub.score.RuleScore;
import io.cosmichub.streaming.given.Harnesses;
import io.cosmichub.streaming.given.Rescale;
import io.cosmichub.streaming.given.Subtask;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.apache.flink.runtime.checkpoint.OperatorSubtaskState;
import org.apache.flink.runtime.state.KeyGroupRangeAssignment;
import org.apache.flink.streaming.util.KeyedOneInputStreamOperatorTestHarness;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

final class PairAspectsFunctionTest {

  private static final ReferenceKernel KERNEL = new ReferenceKernel(AspectPolicy.classic());
  private static final int ALL = 0x3FF;

  private final Harnesses harnesses = new Harnesses();
  private KeyedOneInputStreamOperatorTestHarness<String, PairResult, PairUpdate> aspects;

  @BeforeEach
  void open() throws Exception {
    aspects = harnesses.aspects(Subtask.ONLY, null);
  }

  @AfterEach
  void close() throws Exception {
    harnesses.close();
  }

  @Test
  void theFirstComputationFormsEveryAspect() throws Exception {
    put(whole("p", at(0, 10), at(120)));
    PairUpdate update = only();
    assertThat(update.sequence()).isEqualTo(1);
    assertThat(update.aspects().size()).isEqualTo(1);
    assertThat(update.changes()).extracting(c -> c.kind()).containsExactly(ChangeKind.FORMED);
    assertThat(update.score()).isEqualTo(RuleScore.of(update.aspects(), AspectPolicy.classic()));
    assertThat(update.closed()).isFalse();
  }

  @Test
  void aPairWithoutAspectsIsToldOnceWithoutADelta() throws Exception {
    put(whole("p", at(0), at(15)));
    PairUpdate update = only();
    assertThat(update.sequence()).isZero();
    assertThat(update.changes()).isEmpty();
    assertThat(update.score()).isNotNull();
    put(moved("p", at(0), at(15), at(16)));
    assertThat(drain(aspects)).isEmpty();
  }

  @Test
  void foldedDeltasAreTheSet() throws Exception {
    AspectSet folded = AspectSet.EMPTY;
    long sequence = 0;
    put(whole("p", at(0, 10, 20), at(0, 90, 180)));
    for (int degree = 1; degree < 360; degree++) {
      put(moved("p", at(0, 10, 20), at(degree - 1, 90, 180), at(degree, 90, 180)));
      for (PairUpdate update : drain(aspects)) {
        folded = AspectDelta.fold(folded, update.changes());
        assertThat(update.sequence()).isEqualTo(++sequence);
        assertThat(folded).isEqualTo(update.aspects());
      }
      assertThat(folded).isEqualTo(KERNEL.aspects(at(0, 10, 20), at(degree, 90, 180), ALL, ALL));
    }
    assertThat(sequence).isPositive();
  }

  @Test
  void theEndDissolvesEverythingAndLeavesNothing() throws Exception {
    put(whole("p", at(0), at(120)));
    drain(aspects);
    put(closed("p", at(0), at(120)));
    PairUpdate update = only();
    assertThat(update.closed()).isTrue();
    assertThat(update.sequence()).isEqualTo(2);
    assertThat(update.changes()).extracting(c -> c.kind()).containsExactly(ChangeKind.DISSOLVED);
    assertThat(update.aspects()).isEqualTo(AspectSet.EMPTY);
    assertThat(update.score()).isNull();
    assertEmpty();

    put(closed("p", at(0), at(120)));
    assertThat(drain(aspects)).isEmpty();
    put(whole("p", at(0), at(120)));
    assertThat(only().sequence()).isEqualTo(1);
  }

  @Test
  void theSequenceGoesOnAfterARestore() throws Exception {
    put(whole("p", at(0), at(120)));
    drain(aspects);
    OperatorSubtaskState snapshot = aspects.snapshot(1, 1);
    aspects = harnesses.aspects(Subtask.ONLY, snapshot);
    put(moved("p", at(0), at(120), at(121)));
    PairUpdate update = only();
    assertThat(update.sequence()).isEqualTo(2);
    assertThat(update.changes()).extracting(c -> c.kind()).containsExactly(ChangeKind.ORB_CHANGED);
  }

  @Test
  void everySequenceGoesOnAcrossRescaling() throws Exception {
    int count = 20;
    for (int pair = 0; pair < count; pair++) {
      put(whole("p" + pair, at(0), at(120)));
    }
    List<OperatorSubtaskState> one = List.of(aspects.snapshot(1, 1));
    List<OperatorSubtaskState> two = new ArrayList<>();
    for (Subtask half : Subtask.all(2)) {
      var harness = harnesses.aspects(half, Rescale.share(one, half));
      for (int pair = 0; pair < count; pair++) {
        if (owner("p" + pair) == half.index()) {
          harness.processElement(moved("p" + pair, at(0), at(120), at(121)), 0);
        }
      }
      assertThat(drain(harness)).isNotEmpty().allMatch(update -> update.sequence() == 2);
      two.add(harness.snapshot(2, 2));
    }
    aspects = harnesses.aspects(Subtask.ONLY, Rescale.share(two, Subtask.ONLY));
    for (int pair = 0; pair < count; pair++) {
      put(closed("p" + pair, at(0), at(121)));
    }
    assertThat(drain(aspects)).hasSize(count).allMatch(update -> update.sequence() == 3);
    assertEmpty();
  }

  private void put(PairResult result) throws Exception {
    aspects.processElement(result, 0);
  }

  private PairUpdate only() {
    List<PairUpdate> updates = drain(aspects);
    assertThat(updates).hasSize(1);
    return Objects.requireNonNull(updates.get(0));
  }

  private void assertEmpty() throws Exception {
    aspects.snapshot(9, 9);
    assertThat(aspects.numKeyedStateEntries()).isZero();
    assertThat(aspects.numProcessingTimeTimers() + aspects.numEventTimeTimers()).isZero();
  }

  private static int owner(String pairId) {
    return KeyGroupRangeAssignment.assignKeyToParallelOperator(pairId, Subtask.MAX_PARALLELISM, 2);
  }

  private static PairResult whole(String pairId, Longitudes a, Longitudes b) {
    return result(
        new PairWork(pairId, PairWork.Kind.COMPUTE, true, "a", "b", 7, 3, a, b, ALL, ALL, 5, 6));
  }

  /** The first body of B moved. */
  private static PairResult moved(String pairId, Longitudes a, Longitudes from, Longitudes to) {
    return result(
        new PairWork(
            pairId, PairWork.Kind.COMPUTE, false, "a", "b", 7, 3, a, to, 0, 1, 5, 6, from.only(1)));
  }

  private static PairResult closed(String pairId, Longitudes a, Longitudes b) {
    return result(
        new PairWork(pairId, PairWork.Kind.CLOSE, false, "a", "b", 7, 3, a, b, 0, 0, 5, 6));
  }

  private static PairResult result(PairWork work) {
    return new PairResult(work, KERNEL.aspects(work.a(), work.b(), work.movedA(), work.movedB()));
  }
}
