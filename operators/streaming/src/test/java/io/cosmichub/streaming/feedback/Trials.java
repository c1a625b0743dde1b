package io.cosmichub.streaming.feedback;

import io.cosmichub.contracts.Topics;
import io.cosmichub.experiment.Arm;
import io.cosmichub.experiment.ExperimentDefinition;
import io.cosmichub.experiment.Guardrail;
import io.cosmichub.feedback.Contribution;
import io.cosmichub.feedback.Feedback;
import io.cosmichub.feedback.Metric;
import io.cosmichub.pair.PairWork;
import io.cosmichub.serving.Control;
import io.cosmichub.serving.Exposure;
import io.cosmichub.serving.Terms;
import io.cosmichub.streaming.given.Given;
import io.cosmichub.streaming.given.Subtask;
import io.cosmichub.streaming.ingest.FeedbackInput;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.apache.flink.api.common.serialization.SerializerConfigImpl;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.runtime.checkpoint.OperatorSubtaskState;
import org.apache.flink.streaming.api.operators.co.CoBroadcastWithKeyedOperator;
import org.apache.flink.streaming.api.operators.co.KeyedCoProcessOperator;
import org.apache.flink.streaming.util.KeyedTwoInputStreamOperatorTestHarness;
import org.jspecify.annotations.Nullable;

/** Experiments, exposures and feedback, and the two steps that make results of them. */
final class Trials {

  static final long START = Given.INGESTED_AT;
  static final long DAY = Duration.ofDays(1).toMillis();
  static final long END = START + 30 * DAY;
  static final Duration INTERVAL = Duration.ofSeconds(10);
  static final Duration MEMORY = Duration.ofDays(64);

  private static final UnitKeys KEYS = new UnitKeys(Given.SECRET);

  private Trials() {}

  /** An experiment of two arms that measures ratings. */
  static Control.Experiment experiment(String name, long version) {
    return new Control.Experiment(
        version,
        new ExperimentDefinition(
            name,
            "salt",
            ExperimentDefinition.Unit.PAIR,
            List.of(new Arm("control", 1), new Arm("model", 1)),
            1,
            "rating",
            0.05,
            List.of(
                new Guardrail(Metric.SCORE_LATENCY, Guardrail.Harm.HIGHER, 0.01),
                new Guardrail(Metric.SCORE_ERRORS, Guardrail.Harm.HIGHER, 0.02),
                new Guardrail(Metric.FEEDBACK_RATE, Guardrail.Harm.LOWER, 0.1)),
            Instant.ofEpochMilli(START),
            Instant.ofEpochMilli(END)),
        Map.of());
  }

  static Exposure exposure(String unit, String experiment, long version, String arm, long at) {
    return new Exposure(unit, experiment, arm, at, new Terms(version, false, END));
  }

  static FeedbackInput feedback(String pair, String kind, double value, long at) {
    return new FeedbackInput(
        new Feedback(pair, "", kind, (int) Math.round(value * Metric.WHOLE), at),
        false,
        Given.raw(Topics.PAIR_FEEDBACK, pair, "{}"));
  }

  static KeyedTwoInputStreamOperatorTestHarness<String, Exposure, FeedbackInput, Contribution> join(
      Subtask subtask, @Nullable OperatorSubtaskState restored) throws Exception {
    var harness =
        new KeyedTwoInputStreamOperatorTestHarness<>(
            new KeyedCoProcessOperator<>(new FeedbackFunction(MEMORY)),
            KEYS.ofExposures(),
            KEYS.ofFeedback(),
            Types.STRING,
            Subtask.MAX_PARALLELISM,
            subtask.parallelism(),
            subtask.index());
    harness.setup(FeedbackStates.CONTRIBUTION.createSerializer(new SerializerConfigImpl()));
    open(harness, restored);
    return harness;
  }

  static KeyedTwoInputStreamOperatorTestHarness<String, Contribution, PairWork, ResultUpdate>
      results(Subtask subtask, @Nullable OperatorSubtaskState restored) throws Exception {
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
    open(harness, restored);
    return harness;
  }

  private static void open(
      KeyedTwoInputStreamOperatorTestHarness<String, ?, ?, ?> harness,
      @Nullable OperatorSubtaskState restored)
      throws Exception {
    if (restored == null) {
      harness.initializeEmptyState();
    } else {
      harness.initializeState(restored);
    }
    harness.open();
  }
}
