package io.cosmichub.streaming.aspect;

import static io.cosmichub.streaming.aspect.ServedPairs.result;
import static io.cosmichub.streaming.aspect.ServedPairs.whole;
import static io.cosmichub.streaming.aspect.ServedPairs.work;
import static io.cosmichub.streaming.given.Harnesses.drain;
import static io.cosmichub.streaming.given.Models.announce;
import static io.cosmichub.streaming.given.Models.experiment;
import static io.cosmichub.streaming.given.Models.flag;
import static io.cosmichub.streaming.given.Models.tell;
import static org.assertj.core.api.Assertions.assertThat;

import io.cosmichub.aspect.AspectSet;
import io.cosmichub.model.PairModel;
import io.cosmichub.pair.PairUpdate;
import io.cosmichub.pair.PairWork;
import io.cosmichub.pair.Served;
import io.cosmichub.streaming.given.Harnesses;
import io.cosmichub.streaming.given.Models;
import io.cosmichub.streaming.given.Rescale;
import io.cosmichub.streaming.given.Subtask;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.apache.flink.runtime.checkpoint.OperatorSubtaskState;
import org.apache.flink.runtime.state.KeyGroupRangeAssignment;
import org.apache.flink.streaming.util.KeyedOneInputStreamOperatorTestHarness;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Trained models of every kind score as they did, whatever a job was restored from or to. */
final class RestoredScoresTest {

  private static final int PAIRS = 50;

  private final Harnesses harnesses = new Harnesses();
  private final Random random = new Random(5);
  private final List<PairResult> results = new ArrayList<>();
  private KeyedOneInputStreamOperatorTestHarness<String, PairResult, PairUpdate> aspects;

  @BeforeEach
  void open() throws Exception {
    aspects = harnesses.aspects(Subtask.ONLY, null);
    for (int pair = 0; pair < PAIRS; pair++) {
      results.add(whole("pair-" + pair, ServedPairs.chart(random), ServedPairs.chart(random)));
    }
  }

  @AfterEach
  void close() throws Exception {
    harnesses.close();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"linear", "logistic", "factorization-machine", "cart", "random-forest", "xgboost"})
  void everyScoreIsTheSameToTheBitAfterARestoreAtAnotherParallelism(String trainer)
      throws Exception {
    told(tell(announce("current", 1, 1)));
    told(tell(Models.trained("next", 7, trainer)));
    told(tell(flag(1, 0.5, "next", "current")));
    told(tell(experiment(1, "next")));
    List<OperatorSubtaskState> snapshot = List.of(aspects.snapshot(1, 1));
    List<PairUpdate> before = new ArrayList<>();
    for (PairResult result : results) {
      aspects.processElement(result, 0);
      before.addAll(drain(aspects));
    }
    assertThat(before).extracting(each -> model(each)).contains("next@7", "");
    List<OperatorSubtaskState> next = new ArrayList<>();
    for (Subtask third : Subtask.all(3)) {
      var restored = harnesses.aspects(third, Rescale.share(snapshot, third));
      for (int pair = 0; pair < PAIRS; pair++) {
        if (owner(results.get(pair)) == third.index()) {
          restored.processElement(results.get(pair), 0);
          assertThat(drain(restored)).containsExactly(before.get(pair));
        }
      }
      next.add(restored.snapshot(2, 2));
    }
    // And from three to one again, with each pair already there: what was told is in every part.
    var again = harnesses.aspects(Subtask.ONLY, Rescale.share(next, Subtask.ONLY));
    List<PairUpdate> after = new ArrayList<>();
    for (int pair = 0; pair < PAIRS; pair++) {
      PairWork met = results.get(pair).work();
      PairResult moved =
          result(ServedPairs.moved(met.pairId(), met.a(), met.b(), ServedPairs.chart(random)));
      aspects.processElement(moved, 0);
      again.processElement(moved, 0);
      List<PairUpdate> unbroken = drain(aspects);
      assertThat(unbroken).hasSize(1);
      assertThat(drain(again)).isEqualTo(unbroken);
      after.addAll(unbroken);
    }
    assertThat(after).extracting(each -> model(each)).contains("next@7", "");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"linear", "logistic", "factorization-machine", "cart", "random-forest", "xgboost"})
  void everyPairIsScoredAgainToTheSameBitAfterARestore(String trainer) throws Exception {
    told(tell(announce("current", 1, 1)));
    told(tell(Models.trained("next", 7, trainer)));
    told(tell(flag(1, 1, "current", "")));
    for (PairResult result : results) {
      aspects.processElement(result, 0);
    }
    drain(aspects);
    OperatorSubtaskState snapshot = aspects.snapshot(1, 1);
    List<PairUpdate> ofBefore = rescored();
    aspects = harnesses.aspects(Subtask.ONLY, snapshot);

    assertThat(rescored()).isEqualTo(ofBefore);
    PairModel model = Models.trained(trainer);
    for (int pair = 0; pair < PAIRS; pair++) {
      PairWork work = results.get(pair).work();
      assertThat(ofBefore.get(pair).served())
          .isEqualTo(new Served("next@7", ServedPairs.answer(model, work.a(), work.b()), "", ""));
    }
    assertThat(ofBefore.stream().map(each -> each.served()).distinct())
        .as("answers that differ")
        .hasSizeGreaterThan(1);
  }

  /** What comes of a walk over all pairs under the next model. */
  private List<PairUpdate> rescored() throws Exception {
    told(tell(flag(2, 1, "next", "")));
    for (PairResult result : results) {
      PairWork work = result.work();
      PairWork again = work(work.pairId(), PairWork.Kind.RESCORE, work.a(), work.b());
      aspects.processElement(result(again), 0);
    }
    List<PairUpdate> updates = drain(aspects);
    assertThat(updates).hasSize(PAIRS);
    return updates;
  }

  private void told(PairWork told) throws Exception {
    aspects.processElement(new PairResult(told, AspectSet.EMPTY), 0);
    assertThat(drain(aspects)).isEmpty();
  }

  private static String model(PairUpdate update) {
    Served served = update.served();
    return served == null ? "" : served.model();
  }

  private static int owner(PairResult result) {
    return KeyGroupRangeAssignment.assignKeyToParallelOperator(
        result.work().pairId(), Subtask.MAX_PARALLELISM, 3);
  }
}
