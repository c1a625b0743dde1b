package io.cosmichub.pipeline;

import static io.cosmichub.pipeline.OperatorIds.ASPECTS;
import static io.cosmichub.pipeline.OperatorIds.CHART_FAN_OUT;
import static io.cosmichub.pipeline.OperatorIds.CONTROL;
import static io.cosmichub.pipeline.OperatorIds.DECODE_CHART_MOVES;
import static io.cosmichub.pipeline.OperatorIds.DECODE_CHART_UPDATES;
import static io.cosmichub.pipeline.OperatorIds.DECODE_CONTROL;
import static io.cosmichub.pipeline.OperatorIds.DECODE_FEEDBACK;
import static io.cosmichub.pipeline.OperatorIds.DECODE_PAIR_WATCHES;
import static io.cosmichub.pipeline.OperatorIds.PAIR_ASPECTS;
import static io.cosmichub.pipeline.OperatorIds.PAIR_CHARTS;
import static io.cosmichub.pipeline.OperatorIds.PAIR_WATCHES;

import io.cosmichub.pair.SideUpdate;
import io.cosmichub.streaming.aspect.AspectConfig;
import io.cosmichub.streaming.aspect.AspectsFunction;
import io.cosmichub.streaming.aspect.AspectsOperatorFactory;
import io.cosmichub.streaming.aspect.PairAspectsFunction;
import io.cosmichub.streaming.aspect.PairResult;
import io.cosmichub.streaming.aspect.PolicySource;
import io.cosmichub.streaming.control.ControlFunction;
import io.cosmichub.streaming.control.ModelFolder;
import io.cosmichub.streaming.fanout.ChartFanOutFunction;
import io.cosmichub.streaming.hot.HotKeyedOperator;
import io.cosmichub.streaming.hot.HotToldOperator;
import io.cosmichub.streaming.ingest.ChartInput;
import io.cosmichub.streaming.ingest.ControlInput;
import io.cosmichub.streaming.ingest.DeadLetter;
import io.cosmichub.streaming.ingest.DeadLetters;
import io.cosmichub.streaming.ingest.DecodeCharts;
import io.cosmichub.streaming.ingest.DecodeControl;
import io.cosmichub.streaming.ingest.DecodeFeedback;
import io.cosmichub.streaming.ingest.DecodeWatches;
import io.cosmichub.streaming.ingest.WatchInput;
import io.cosmichub.streaming.pair.PairChartsFunction;
import io.cosmichub.streaming.record.RecordTypes;
import io.cosmichub.streaming.watch.KeyedMembership;
import io.cosmichub.streaming.watch.PairWatchesFunction;
import java.time.Clock;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.datastream.DataStreamUtils;
import org.apache.flink.streaming.api.datastream.SingleOutputStreamOperator;

/**
 * The whole topology: from chart updates and pair watches to what changed in each pair, and what
 * hangs on that.
 */
public final class SynastryPipeline {

  /** Who scores by the rules of the job's policy, as the scores say it. */
  public static final String MODEL = "rules/classic@1";

  private SynastryPipeline() {}

  /** As {@link #define(InputStreams, PipelineConfig, Clock)}, by the system's clock. */
  public static OutputStreams define(InputStreams inputs, PipelineConfig config) {
    return define(inputs, config, Clock.systemUTC());
  }

  /**
   * Defines the pipeline over {@code inputs}; {@code clock}, which must be serializable, says what
   * time it is to those who refuse records from the future.
   */
  public static OutputStreams define(InputStreams inputs, PipelineConfig config, Clock clock) {
    long maxAhead = config.eventTime().maxAhead().toMillis();
    String secret = config.charts().erasureKey().value();
    PolicySource policy = config.policies();
    AspectConfig aspects = config.aspects().config();

    var updates =
        DECODE_CHART_UPDATES.on(inputs.charts().process(new DecodeCharts(maxAhead, secret, clock)));
    var moves =
        DECODE_CHART_MOVES.on(inputs.moves().process(new DecodeCharts(maxAhead, secret, clock)));
    var watches = DECODE_PAIR_WATCHES.on(inputs.watches().process(new DecodeWatches()));

    var feedback =
        DECODE_FEEDBACK.on(inputs.feedback().process(new DecodeFeedback(maxAhead, clock)));
    var control = DECODE_CONTROL.on(inputs.control().process(new DecodeControl()));

    var served =
        CONTROL.on(
            control
                .keyBy(ControlInput::name, Types.STRING)
                .process(new ControlFunction(policy, new ModelFolder(config.models().uri()))));

    var memberships =
        PAIR_WATCHES.on(
            watches
                .keyBy(WatchInput::pairId, Types.STRING)
                .process(new PairWatchesFunction(secret)));

    var sides =
        CHART_FAN_OUT.on(
            updates
                .union(moves)
                .keyBy(ChartInput::chartKey, Types.STRING)
                .connect(memberships.keyBy(KeyedMembership::chartKey, Types.STRING))
                .process(new ChartFanOutFunction(config.charts().fanOut())));

    var work =
        PAIR_CHARTS.on(
            sides
                .keyBy(SideUpdate::pairId, Types.STRING)
                .connect(served.broadcast())
                .transform(
                    PAIR_CHARTS.name(),
                    RecordTypes.PAIR_WORK,
                    HotToldOperator.of(
                        new PairChartsFunction(
                            policy,
                            config.hotState().chartBytes(),
                            config.models().rescoredPerSecond()))));

    // Ordered: a result for moved bodies only stands on the one before it.
    var results =
        ASPECTS.on(
            work.transform(
                ASPECTS.name(),
                PairResult.TYPE,
                new AspectsOperatorFactory(
                    new AspectsFunction(aspects, policy),
                    config.aspects().timeout(),
                    config.aspects().capacity())));

    // Where the work came from its pair is: no exchange, and one task to the sinks.
    var pairs =
        PAIR_ASPECTS.on(
            DataStreamUtils.reinterpretAsKeyedStream(
                    results, result -> result.work().pairId(), Types.STRING)
                .transform(
                    PAIR_ASPECTS.name(),
                    RecordTypes.PAIR_UPDATE,
                    new HotKeyedOperator<>(
                        new PairAspectsFunction(
                            aspects, policy, config.hotState().aspectBytes()))));

    var experiments = new ExperimentSteps(config).of(pairs, feedback, served);

    var population =
        config.population().enabled()
            ? new PopulationSteps(config, policy).of(sides, work, pairs)
            : null;

    return new OutputStreams(
        pairs,
        experiments.exposures(),
        experiments.results(),
        experiments.pauses(),
        population,
        deadLetters(updates, moves, watches, memberships, sides, feedback, control, served)
            .union(experiments.deadLetters()));
  }

  private static DataStream<DeadLetter> deadLetters(
      SingleOutputStreamOperator<?> first, SingleOutputStreamOperator<?>... others) {
    DataStream<DeadLetter> letters = first.getSideOutput(DeadLetters.TAG);
    for (SingleOutputStreamOperator<?> other : others) {
      letters = letters.union(other.getSideOutput(DeadLetters.TAG));
    }
    return letters;
  }
}
