package io.cosmichub.streaming.aspect;

import static org.assertj.core.api.Assertions.assertThat;

import io.cosmichub.aspect.AspectPolicy;
import io.cosmichub.aspect.AspectSet;
import io.cosmichub.contracts.ControlBytes;
import io.cosmichub.contracts.v1.ArmResult;
import io.cosmichub.contracts.v1.ExperimentResult;
import io.cosmichub.contracts.v1.GuardrailFigures;
import io.cosmichub.experiment.Arm;
import io.cosmichub.experiment.Assignment;
import io.cosmichub.experiment.ExperimentDefinition;
import io.cosmichub.experiment.Guardrail;
import io.cosmichub.feedback.Contribution;
import io.cosmichub.feedback.Metric;
import io.cosmichub.kernels.ReferenceKernel;
import io.cosmichub.kernels.guard.GuardSettings;
import io.cosmichub.model.Artifacts;
import io.cosmichub.model.GoldenRow;
import io.cosmichub.model.LinearModel;
import io.cosmichub.pair.PairUpdate;
import io.cosmichub.pair.PairWork;
import io.cosmichub.serving.Control;
import io.cosmichub.streaming.feedback.FeedbackStates;
import io.cosmichub.streaming.feedback.ResultUpdate;
import io.cosmichub.streaming.feedback.ResultsFunction;
import io.cosmichub.streaming.given.Given;
import io.cosmichub.streaming.given.Models;
import io.cosmichub.streaming.hot.HotKeyedOperator;
import io.cosmichub.streaming.record.RecordTypes;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.apache.flink.api.common.serialization.SerializerConfigImpl;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.runtime.checkpoint.OperatorSubtaskState;
import org.apache.flink.streaming.api.operators.co.CoBroadcastWithKeyedOperator;
import org.apache.flink.streaming.util.KeyedOneInputStreamOperatorTestHarness;
import org.apache.flink.streaming.util.KeyedTwoInputStreamOperatorTestHarness;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * From scores that fail or are slow to the record that pauses their arm: the step that scores and
 * the step that sums up, by a clock of the test.
 */
final class ScoreGuardrailTest {

  private static final ReferenceKernel KERNEL = new ReferenceKernel(AspectPolicy.classic());
  private static final int ALL = 0x3FF;
  private static final long TICK = 100;
  private static final long MINUTE = 60_000;
  private static final long SOUND = 20_000;
  private static final long SLOW = 3_000_000;

  private static final Arm MODEL = new Arm("model", 1);
  private static final ExperimentDefinition TRIAL =
      new ExperimentDefinition(
          "trial",
          "salt",
          ExperimentDefinition.Unit.PAIR,
          List.of(new Arm("control", 1), MODEL),
          1,
          "rating",
          0.02,
          List.of(
              new Guardrail(Metric.SCORE_LATENCY, Guardrail.Harm.HIGHER, 1),
              new Guardrail(Metric.SCORE_ERRORS, Guardrail.Harm.HIGHER, 0.02)),
          Instant.parse("2026-01-01T00:00:00Z"),
          Instant.parse("2027-01-01T00:00:00Z"));
  private static final Assignment ARMS = new Assignment(TRIAL);

  private KeyedOneInputStreamOperatorTestHarness<String, PairResult, PairUpdate> scores;
  private KeyedTwoInputStreamOperatorTestHarness<String, Contribution, PairWork, ResultUpdate>
      results;
  private final List<Control.Pause> pauses = new ArrayList<>();
  private @Nullable ExperimentResult latest;
  private long now = Given.INGESTED_AT;
  private int scored;
  private long nanos;
  private long step = SOUND;
  private boolean slow;

  @BeforeEach
  void open() throws Exception {
    scores = scores(null);
    results =
        new KeyedTwoInputStreamOperatorTestHarness<String, Contribution, PairWork, ResultUpdate>(
            new CoBroadcastWithKeyedOperator<>(
                new ResultsFunction(Duration.ofSeconds(10)), List.of(FeedbackStates.experiments())),
            Contribution::experiment,
            null,
            Types.STRING,
            1,
            1,
            0);
    results.setup(ResultUpdate.TYPE.createSerializer(new SerializerConfigImpl()));
    results.setProcessingTime(now);
    results.open();
    tell(new Control.Experiment(1, TRIAL, Map.of("model", "m")));
  }

  @AfterEach
  void close() throws Exception {
    scores.close();
    results.close();
  }

  @Test
  void anArmWhoseModelGivesNoAnswerIsPausedWithinAMinute() throws Exception {
    tell(Models.announce("m", 1, overflowing()));
    long harmful = now;
    run(MINUTE);

    assertThat(pauses).hasSize(1);
    assertThat(pauses.get(0).arms()).isEqualTo(Map.of("model", "it harms score-errors"));
    assertThat(pauses.get(0).version() - harmful).isLessThanOrEqualTo(MINUTE);
    assertThat(figure("model", Metric.SCORE_ERRORS)).isEqualTo(1);
  }

  @Test
  void anArmThatIsSlowIsPausedWithinAMinute() throws Exception {
    tell(Models.announce("m", 1, 1));
    slow = true;
    long harmful = now;
    run(MINUTE);

    assertThat(pauses).hasSize(1);
    assertThat(pauses.get(0).arms()).isEqualTo(Map.of("model", "it harms score-latency"));
    assertThat(pauses.get(0).version() - harmful).isLessThanOrEqualTo(MINUTE);
  }

  @Test
  void anArmThatWasSoundForLongAndThenFailsIsPausedWithinAMinuteToo() throws Exception {
    tell(Models.announce("m", 1, 1));
    run(90 * MINUTE);
    assertThat(pauses).isEmpty();
    tell(Models.announce("m", 2, overflowing()));
    long harmful = now;
    run(MINUTE);

    assertThat(pauses).hasSize(1);
    assertThat(pauses.get(0).arms()).isEqualTo(Map.of("model", "it harms score-errors of late"));
    assertThat(pauses.get(0).version() - harmful).isLessThanOrEqualTo(MINUTE);
  }

  @Test
  void aSoundArmIsNotPausedAndItsFiguresAreToldThroughARestore() throws Exception {
    tell(Models.announce("m", 1, 1));
    run(MINUTE / 2);
    OperatorSubtaskState snapshot = snapshot();
    scores.close();
    scores = scores(snapshot);
    run(MINUTE / 2);
    snapshot();
    now += 10_000;
    results();

    assertThat(pauses).isEmpty();
    assertThat(figure("model", Metric.SCORE_LATENCY)).isEqualTo(SOUND / 1e6);
    assertThat(figure("control", Metric.SCORE_LATENCY)).isEqualTo(SOUND / 1e6);
    assertThat(figure("model", Metric.SCORE_ERRORS)).isZero();
    assertThat(count("model", Metric.SCORE_ERRORS) + count("control", Metric.SCORE_ERRORS))
        .as("every score is counted once")
        .isEqualTo(scored);
  }

  /** Before a barrier what was measured goes on its way, and none of it stays. */
  private OperatorSubtaskState snapshot() throws Exception {
    scores.getOneInputOperator().prepareSnapshotPreBarrier(1);
    deliver();
    OperatorSubtaskState snapshot = scores.snapshot(1, 1);
    scores.getOneInputOperator().prepareSnapshotPreBarrier(2);
    assertThat(scores.getSideOutput(FeedbackStates.SCORE_MEASURES)).isNullOrEmpty();
    return snapshot;
  }

  /** New pairs come, three a tick, and everything that is told in between arrives. */
  private void run(long millis) throws Exception {
    for (long end = now + millis; now < end; now += TICK) {
      scores.setProcessingTime(now);
      for (int i = 0; i < 3; i++) {
        String pairId = "pair-" + scored++;
        step = slow && MODEL.equals(ARMS.arm(pairId)) ? SLOW : SOUND;
        scores.processElement(whole(pairId), 0);
        scores.getOutput().clear();
      }
      deliver();
      results();
    }
  }

  private void results() throws Exception {
    results.setProcessingTime(now);
    for (ResultUpdate update : results.extractOutputValues()) {
      latest = ExperimentResult.parseFrom(Objects.requireNonNull(update.content()));
    }
    results.getOutput().clear();
    var told = results.getSideOutput(ResultsFunction.PAUSES);
    while (told != null && !told.isEmpty()) {
      Control.Pause pause = (Control.Pause) ControlBytes.read(told.remove().getValue());
      pauses.add(pause);
      tell(pause);
    }
  }

  private void deliver() throws Exception {
    var measures = scores.getSideOutput(FeedbackStates.SCORE_MEASURES);
    while (measures != null && !measures.isEmpty()) {
      results.processElement1(measures.remove().getValue(), 0);
    }
  }

  private void tell(Control control) throws Exception {
    scores.processElement(new PairResult(Models.tell(control), AspectSet.EMPTY), 0);
    if (!(control instanceof Control.Model)) {
      results.processElement2(Models.tell(control), 0);
    }
  }

  private PairResult whole(String pairId) {
    PairWork work =
        new PairWork(
            pairId,
            PairWork.Kind.COMPUTE,
            true,
            "a",
            "b",
            7,
            3,
            Given.at(0, 10),
            Given.at(120),
            ALL,
            ALL,
            Given.INGESTED_AT,
            Given.INGESTED_AT);
    return new PairResult(work, KERNEL.aspects(work.a(), work.b(), ALL, ALL));
  }

  private double figure(String arm, String metric) {
    return guardrails(arm, metric).getFigures().getMean();
  }

  private long count(String arm, String metric) {
    return guardrails(arm, metric).getFigures().getCount();
  }

  private GuardrailFigures guardrails(String arm, String metric) {
    return Objects.requireNonNull(latest).getArmsList().stream()
        .filter(each -> each.getArm().equals(arm))
        .map(ArmResult::getGuardrailsList)
        .flatMap(List::stream)
        .filter(each -> each.getMetric().equals(metric))
        .findAny()
        .orElseThrow();
  }

  /** The step that scores; each look at its clock is {@code step} after the one before. */
  private KeyedOneInputStreamOperatorTestHarness<String, PairResult, PairUpdate> scores(
      @Nullable OperatorSubtaskState restored) throws Exception {
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
            1,
            1,
            0);
    harness.setup(RecordTypes.PAIR_UPDATE.createSerializer(new SerializerConfigImpl()));
    if (restored == null) {
      harness.initializeEmptyState();
    } else {
      harness.initializeState(restored);
    }
    harness.setProcessingTime(now);
    harness.open();
    return harness;
  }

  private long nanoTime() {
    nanos += step;
    return nanos;
  }

  /** A model whose answer to a pair is no finite number, though that to its golden rows is. */
  private static byte[] overflowing() {
    double[] weights = new double[Models.SCHEMA.size()];
    Arrays.fill(weights, Double.MAX_VALUE);
    LinearModel model = new LinearModel(1, weights);
    float[] nothing = new float[weights.length];
    GoldenRow row =
        new GoldenRow(Collections.nCopies(weights.length, 0f), model.predict(nothing, 0));
    return Artifacts.write(
        "compatibility",
        "linear",
        Models.SCHEMA,
        model,
        Collections.nCopies(8, row),
        Map.of(),
        new byte[0]);
  }
}
