package io.cosmichub.streaming.aspect;

import static org.assertj.core.api.Assertions.assertThat;

import io.cosmichub.aspect.AspectPolicy;
import io.cosmichub.aspect.AspectSet;
import io.cosmichub.contracts.ControlBytes;
import io.cosmichub.contracts.v1.ArmResult;
import io.cosmichub.contracts.v1.ExperimentResult;
import io.cosmichub.feedback.Contribution;
import io.cosmichub.kernels.guard.GuardSettings;
import io.cosmichub.pair.PairUpdate;
import io.cosmichub.pair.PairWork;
import io.cosmichub.serving.Control;
import io.cosmichub.serving.Exposure;
import io.cosmichub.streaming.exposure.Exposures;
import io.cosmichub.streaming.feedback.FeedbackStates;
import io.cosmichub.streaming.feedback.ResultUpdate;
import io.cosmichub.streaming.feedback.ResultsFunction;
import io.cosmichub.streaming.given.Given;
import io.cosmichub.streaming.given.Models;
import io.cosmichub.streaming.given.Rescale;
import io.cosmichub.streaming.given.Subtask;
import io.cosmichub.streaming.hot.HotKeyedOperator;
import io.cosmichub.streaming.record.RecordTypes;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.apache.flink.api.common.serialization.SerializerConfigImpl;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.runtime.checkpoint.OperatorSubtaskState;
import org.apache.flink.runtime.state.KeyGroupRangeAssignment;
import org.apache.flink.streaming.api.operators.co.CoBroadcastWithKeyedOperator;
import org.apache.flink.streaming.util.AbstractStreamOperatorTestHarness;
import org.apache.flink.streaming.util.KeyedOneInputStreamOperatorTestHarness;
import org.apache.flink.streaming.util.KeyedTwoInputStreamOperatorTestHarness;
import org.jspecify.annotations.Nullable;

/**
 * The step that scores and the step that sums up, each in some number of subtasks, by a clock of
 * the test: what the one measures reaches the other, and what is paused reaches both.
 */
final class GuardedSteps {

  static final long SOUND = 20_000;

  private static final long TICK = 100;
  private static final Duration INTERVAL = Duration.ofSeconds(10);

  private final List<KeyedOneInputStreamOperatorTestHarness<String, PairResult, PairUpdate>>
      scores = new ArrayList<>();
  private final List<
          KeyedTwoInputStreamOperatorTestHarness<String, Contribution, PairWork, ResultUpdate>>
      results = new ArrayList<>();
  private final List<Control.Pause> pauses = new ArrayList<>();
  private final List<Exposure> exposures = new ArrayList<>();
  private @Nullable ExperimentResult latest;
  private long now = Given.INGESTED_AT;
  private int scored;
  private int ofModel;
  private long nanos;
  private long step = SOUND;

  /** How long a score of the arm with the model takes, in nanoseconds. */
  long modelTakes = SOUND;

  /** Whether pauses do not arrive. */
  boolean holdsPauses;

  /** Opens both in so many subtasks and tells them of an experiment with the model {@code m}. */
  GuardedSteps(int ofScores, int ofResults) throws Exception {
    start(ofScores, List.of(), ofResults, List.of());
    tell(new Control.Experiment(1, TrialPairs.TRIAL, Map.of("model", "m")));
  }

  long now() {
    return now;
  }

  /** How many pairs were scored. */
  int scored() {
    return scored;
  }

  /** How many of them the experiment deals to the model, whether that is paused or not. */
  int ofModel() {
    return ofModel;
  }

  List<Control.Pause> pauses() {
    return pauses;
  }

  List<Exposure> exposures() {
    return exposures;
  }

  /** The arm in the result that was told last. */
  ArmResult arm(String arm) {
    return Objects.requireNonNull(latest).getArmsList().stream()
        .filter(each -> each.getArm().equals(arm))
        .findAny()
        .orElseThrow();
  }

  void tell(Control control) throws Exception {
    for (var each : scores) {
      each.processElement(new PairResult(Models.tell(control), AspectSet.EMPTY), 0);
    }
    if (!(control instanceof Control.Model)) {
      for (var each : results) {
        each.processElement2(Models.tell(control), 0);
      }
    }
  }

  /** New pairs come, three a tick, and everything that is told in between arrives. */
  void run(long millis) throws Exception {
    for (long end = now + millis; now < end; now += TICK) {
      for (var each : scores) {
        each.setProcessingTime(now);
      }
      for (int i = 0; i < 3; i++) {
        score("pair-" + scored++);
      }
      deliver();
      results();
    }
  }

  /** What was measured goes on its way as before a barrier, and none of it stays. */
  void measure() throws Exception {
    for (var each : scores) {
      each.getOneInputOperator().prepareSnapshotPreBarrier(1);
    }
    deliver();
    for (var each : scores) {
      each.getOneInputOperator().prepareSnapshotPreBarrier(2);
      assertThat(each.getSideOutput(FeedbackStates.SCORE_MEASURES)).isNullOrEmpty();
    }
  }

  /** Time goes by in which nothing is scored. */
  void pass(Duration time) throws Exception {
    now += time.toMillis();
    results();
  }

  /** Both begin anew from a checkpoint, in so many subtasks. */
  void restart(int ofScores, int ofResults) throws Exception {
    measure();
    List<OperatorSubtaskState> scoring = new ArrayList<>();
    for (var each : scores) {
      scoring.add(each.snapshot(1, 1));
    }
    List<OperatorSubtaskState> judging = new ArrayList<>();
    for (var each : results) {
      judging.add(each.snapshot(1, 1));
    }
    close();
    start(ofScores, scoring, ofResults, judging);
  }

  void close() throws Exception {
    for (var each : scores) {
      each.close();
    }
    for (var each : results) {
      each.close();
    }
    scores.clear();
    results.clear();
  }

  private void score(String pairId) throws Exception {
    boolean isModel = TrialPairs.isOfModel(pairId);
    ofModel += isModel ? 1 : 0;
    step = isModel ? modelTakes : SOUND;
    var subtask = scores.get(index(pairId, scores.size()));
    subtask.processElement(TrialPairs.met(pairId), 0);
    subtask.getOutput().clear();
    var told = subtask.getSideOutput(Exposures.TAG);
    while (told != null && !told.isEmpty()) {
      exposures.add(told.remove().getValue());
    }
  }

  private void deliver() throws Exception {
    for (var each : scores) {
      var measures = each.getSideOutput(FeedbackStates.SCORE_MEASURES);
      while (measures != null && !measures.isEmpty()) {
        Contribution change = measures.remove().getValue();
        results.get(index(change.experiment(), results.size())).processElement1(change, 0);
      }
    }
  }

  private void results() throws Exception {
    for (var each : results) {
      each.setProcessingTime(now);
      for (ResultUpdate update : each.extractOutputValues()) {
        latest = ExperimentResult.parseFrom(Objects.requireNonNull(update.content()));
      }
      each.getOutput().clear();
      var told = each.getSideOutput(ResultsFunction.PAUSES);
      while (told != null && !told.isEmpty()) {
        Control.Pause pause = (Control.Pause) ControlBytes.read(told.remove().getValue());
        pauses.add(pause);
        if (!holdsPauses) {
          tell(pause);
        }
      }
    }
  }

  private static int index(String key, int parallelism) {
    return KeyGroupRangeAssignment.assignKeyToParallelOperator(
        key, Subtask.MAX_PARALLELISM, parallelism);
  }

  private void start(
      int ofScores,
      List<OperatorSubtaskState> scoring,
      int ofResults,
      List<OperatorSubtaskState> judging)
      throws Exception {
    for (Subtask subtask : Subtask.all(ofScores)) {
      scores.add(scores(subtask, scoring));
    }
    for (Subtask subtask : Subtask.all(ofResults)) {
      results.add(results(subtask, judging));
    }
  }

  /** The step that scores; each look at its clock is {@code step} after the one before. */
  private KeyedOneInputStreamOperatorTestHarness<String, PairResult, PairUpdate> scores(
      Subtask subtask, List<OperatorSubtaskState> restored) throws Exception {
    var harness =
        new KeyedOneInputStreamOperatorTestHarness<>(
            new HotKeyedOperator<>(
                new PairAspectsFunction(
                    KernelSource.known("vector", GuardSettings.DEFAULT),
                    AspectPolicy::classic,
                    1 << 20,
                    this::nanoTime)),
            result -> result.work().pairId(),
            Types.STRING,
            Subtask.MAX_PARALLELISM,
            subtask.parallelism(),
            subtask.index());
    harness.setup(RecordTypes.PAIR_UPDATE.createSerializer(new SerializerConfigImpl()));
    open(harness, subtask, restored);
    return harness;
  }

  private KeyedTwoInputStreamOperatorTestHarness<String, Contribution, PairWork, ResultUpdate>
      results(Subtask subtask, List<OperatorSubtaskState> restored) throws Exception {
    var harness =
        new KeyedTwoInputStreamOperatorTestHarness<String, Contribution, PairWork, ResultUpdate>(
            new CoBroadcastWithKeyedOperator<>(
                new ResultsFunction(INTERVAL), List.of(FeedbackStates.experiments())),
            Contribution::experiment,
            null,
            Types.STRING,
            Subtask.MAX_PARALLELISM,
            subtask.parallelism(),
            subtask.index());
    harness.setup(ResultUpdate.TYPE.createSerializer(new SerializerConfigImpl()));
    open(harness, subtask, restored);
    return harness;
  }

  private void open(
      AbstractStreamOperatorTestHarness<?> harness,
      Subtask subtask,
      List<OperatorSubtaskState> restored)
      throws Exception {
    if (restored.isEmpty()) {
      harness.initializeEmptyState();
    } else {
      harness.initializeState(Rescale.share(restored, subtask));
    }
    harness.setProcessingTime(now);
    harness.open();
  }

  private long nanoTime() {
    nanos += step;
    return nanos;
  }
}
