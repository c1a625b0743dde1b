package io.cosmichub.streaming.watch;

import static io.cosmichub.streaming.given.Given.join;
import static io.cosmichub.streaming.given.Given.leave;
import static io.cosmichub.streaming.given.Given.unwatch;
import static io.cosmichub.streaming.given.Given.watch;
import static io.cosmichub.streaming.given.Harnesses.drain;
import static org.assertj.core.api.Assertions.assertThat;

import io.cosmichub.contracts.DeadLetterCode;
import io.cosmichub.pair.Side;
import io.cosmichub.streaming.given.Given;
import io.cosmichub.streaming.given.Harnesses;
import io.cosmichub.streaming.given.Rescale;
import io.cosmichub.streaming.given.Subtask;
import io.cosmichub.streaming.ingest.DeadLetter;
import io.cosmichub.streaming.ingest.DeadLetters;
import io.cosmichub.streaming.ingest.WatchInput;
import java.util.ArrayList;
import java.util.List;
import org.apache.flink.runtime.checkpoint.OperatorSubtaskState;
import org.apache.flink.runtime.state.KeyGroupRangeAssignment;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.apache.flink.streaming.util.KeyedOneInputStreamOperatorTestHarness;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

final class PairWatchesFunctionTest {

  private final Harnesses harnesses = new Harnesses();

  @AfterEach
  void close() throws Exception {
    harnesses.close();
  }

  @Test
  void aWatchTellsBothChartsUnderOneEpoch() throws Exception {
    var watches = harnesses.watches(Subtask.ONLY, null);
    watches.processElement(watch("p", "a", "b"), 0);
    assertThat(drain(watches))
        .containsExactly(join("a", "p", Side.A, 1), join("b", "p", Side.B, 1));
    assertThat(watches.numKeyedStateEntries()).isEqualTo(1);
  }

  @Test
  void theEndOfAWatchTellsTheChartsThatItNamedAndLeavesNothing() throws Exception {
    var watches = harnesses.watches(Subtask.ONLY, null);
    watches.processElement(watch("p", "a", "b"), 0);
    drain(watches);
    watches.processElement(unwatch("p"), 0);
    assertThat(drain(watches))
        .containsExactly(leave("a", "p", Side.A, 1), leave("b", "p", Side.B, 1));
    assertThat(watches.numKeyedStateEntries()).isZero();
    assertThat(watches.numProcessingTimeTimers() + watches.numEventTimeTimers()).isZero();
  }

  @Test
  void otherChartsLeaveBeforeTheNewOnesJoinUnderAHigherEpoch() throws Exception {
    var watches = harnesses.watches(Subtask.ONLY, null);
    watches.processElement(watch("p", "a", "b"), 0);
    drain(watches);
    watches.processElement(watch("p", "b", "c"), 0);
    assertThat(drain(watches))
        .containsExactly(
            leave("a", "p", Side.A, 1),
            leave("b", "p", Side.B, 1),
            join("b", "p", Side.A, 2),
            join("c", "p", Side.B, 2));
  }

  @Test
  void aRepeatedAStaleAndANeedlessWatchTellNobody() throws Exception {
    var watches = harnesses.watches(Subtask.ONLY, null);
    watches.processElement(unwatch("p"), 0);
    watches.processElement(watch("p", "a", "b", 4), 0);
    drain(watches);
    watches.processElement(watch("p", "a", "b", 4), 0);
    watches.processElement(watch("p", "c", "d", 3), 0);
    assertThat(drain(watches)).isEmpty();
    assertThat(watches.getSideOutput(DeadLetters.TAG)).isNull();
  }

  @Test
  void aConflictIsDeadLetteredWithItsBytes() throws Exception {
    var watches = harnesses.watches(Subtask.ONLY, null);
    WatchInput conflict = watch("p", "a", "c", 4);
    watches.processElement(watch("p", "a", "b", 4), 0);
    drain(watches);
    watches.processElement(conflict, 0);
    assertThat(drain(watches)).isEmpty();
    assertThat(watches.getSideOutput(DeadLetters.TAG))
        .extracting(StreamRecord::getValue)
        .containsExactly(
            new DeadLetter(
                conflict.origin(),
                DeadLetterCode.WATCH_CONFLICT,
                DeadLetterCode.WATCH_CONFLICT.description(),
                "pair-watches"));
  }

  @Test
  void epochsRiseOverARestore() throws Exception {
    var watches = harnesses.watches(Subtask.ONLY, null);
    watches.processElement(watch("p", "a", "b"), 0);
    watches.processElement(watch("q", "a", "b"), 0);
    OperatorSubtaskState snapshot = watches.snapshot(1, 1);
    var restored = harnesses.watches(Subtask.ONLY, snapshot);
    restored.processElement(unwatch("p"), 0);
    restored.processElement(watch("p", "a", "b"), 0);
    assertThat(drain(restored))
        .containsExactly(
            leave("a", "p", Side.A, 1),
            leave("b", "p", Side.B, 1),
            join("a", "p", Side.A, 3),
            join("b", "p", Side.B, 3));
  }

  @Test
  void epochsRiseForEveryPairOverRescaling() throws Exception {
    List<OperatorSubtaskState> one = new ArrayList<>();
    var whole = harnesses.watches(Subtask.ONLY, null);
    for (int pair = 0; pair < 20; pair++) {
      whole.processElement(watch("p" + pair, "a", "b"), 0);
    }
    one.add(whole.snapshot(1, 1));
    List<OperatorSubtaskState> two = new ArrayList<>();
    for (Subtask half : Subtask.all(2)) {
      var watches = harnesses.watches(half, Rescale.share(one, half));
      List<String> mine = pairsOf(half);
      assertThat(mine).isNotEmpty();
      for (String pair : mine) {
        assertRejoinsAbove(20, pair, watches);
      }
      two.add(watches.snapshot(2, 2));
    }
    int highest = 20 + Math.max(pairsOf(Subtask.of(0, 2)).size(), pairsOf(Subtask.of(1, 2)).size());
    var again = harnesses.watches(Subtask.ONLY, Rescale.share(two, Subtask.ONLY));
    for (int pair = 0; pair < 20; pair++) {
      assertRejoinsAbove(highest, "p" + pair, again);
    }
    for (int pair = 0; pair < 20; pair++) {
      again.processElement(unwatch("p" + pair), 0);
    }
    assertThat(again.numKeyedStateEntries()).isZero();
  }

  private static void assertRejoinsAbove(
      long epoch,
      String pair,
      KeyedOneInputStreamOperatorTestHarness<String, WatchInput, KeyedMembership> watches)
      throws Exception {
    watches.processElement(unwatch(pair), 0);
    assertThat(drain(watches)).hasSize(2);
    watches.processElement(watch(pair, "a", "b"), 0);
    assertThat(drain(watches)).hasSize(2).allMatch(joined -> joined.change().epoch() > epoch);
  }

  private static List<String> pairsOf(Subtask subtask) {
    List<String> pairs = new ArrayList<>();
    for (int pair = 0; pair < 20; pair++) {
      int owner =
          KeyGroupRangeAssignment.assignKeyToParallelOperator(
              "p" + pair, Subtask.MAX_PARALLELISM, subtask.parallelism());
      if (owner == subtask.index()) {
        pairs.add("p" + pair);
      }
    }
    return pairs;
  }

  @Test
  void chartsAreKeyedByTheirHash() throws Exception {
    var watches = harnesses.watches(Subtask.ONLY, null);
    watches.processElement(watch("p", "a", "b"), 0);
    assertThat(drain(watches))
        .extracting(KeyedMembership::chartKey)
        .containsExactly(Given.key("a"), Given.key("b"));
  }
}
