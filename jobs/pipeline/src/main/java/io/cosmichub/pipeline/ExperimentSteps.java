package io.cosmichub.pipeline;

import static io.cosmichub.pipeline.OperatorIds.EXPOSURES;
import static io.cosmichub.pipeline.OperatorIds.FEEDBACK;
import static io.cosmichub.pipeline.OperatorIds.RESULTS;

import io.cosmichub.feedback.Contribution;
import io.cosmichub.pair.PairUpdate;
import io.cosmichub.pair.PairWork;
import io.cosmichub.serving.ExposedDays;
import io.cosmichub.streaming.control.ControlFunction;
import io.cosmichub.streaming.exposure.ExposureFunction;
import io.cosmichub.streaming.exposure.Exposures;
import io.cosmichub.streaming.exposure.UnitKey;
import io.cosmichub.streaming.feedback.FeedbackFunction;
import io.cosmichub.streaming.feedback.FeedbackStates;
import io.cosmichub.streaming.feedback.ResultsFunction;
import io.cosmichub.streaming.feedback.UnitKeys;
import io.cosmichub.streaming.ingest.DeadLetters;
import io.cosmichub.streaming.ingest.FeedbackInput;
import java.time.Duration;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.streaming.api.datastream.SingleOutputStreamOperator;

/** The part of the topology that tells how experiments go, off the way of the pairs. */
final class ExperimentSteps {

  /** As long as it is known who was exposed. */
  private static final Duration MEMORY_OF_UNITS = Duration.ofDays(ExposedDays.MEMORY);

  private final PipelineConfig config;

  ExperimentSteps(PipelineConfig config) {
    this.config = config;
  }

  /** Of what changed in each pair, what people said, and which experiments are served. */
  ExperimentStreams of(
      SingleOutputStreamOperator<PairUpdate> pairs,
      SingleOutputStreamOperator<FeedbackInput> feedback,
      SingleOutputStreamOperator<PairWork> served) {
    String secret = config.charts().erasureKey().value();
    var exposures =
        EXPOSURES.on(
            pairs
                .getSideOutput(Exposures.TAG)
                .keyBy(new UnitKey(secret), Types.STRING)
                .process(new ExposureFunction()));

    // Whoever was exposed, joined to what was said about him.
    UnitKeys units = new UnitKeys(secret);
    var joined =
        FEEDBACK.on(
            pairs
                .getSideOutput(Exposures.TAG)
                .keyBy(units.ofExposures(), Types.STRING)
                .connect(feedback.keyBy(units.ofFeedback(), Types.STRING))
                .process(new FeedbackFunction(MEMORY_OF_UNITS)));

    var standings =
        RESULTS.on(
            joined
                .union(pairs.getSideOutput(FeedbackStates.SCORE_MEASURES))
                .keyBy(Contribution::experiment, Types.STRING)
                .connect(
                    served
                        .getSideOutput(ControlFunction.EXPERIMENTS)
                        .broadcast(FeedbackStates.experiments()))
                .process(new ResultsFunction(config.models().resultsEvery())));

    return new ExperimentStreams(
        exposures,
        standings,
        standings.getSideOutput(ResultsFunction.PAUSES),
        joined.getSideOutput(DeadLetters.TAG));
  }
}
