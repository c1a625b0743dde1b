package io.cosmichub.pipeline;

import static io.cosmichub.pipeline.OperatorIds.ASPECTS;
import static io.cosmichub.pipeline.OperatorIds.CHART_FAN_OUT;
import static io.cosmichub.pipeline.OperatorIds.CONTROL;
import static io.cosmichub.pipeline.OperatorIds.DECODE_CHART_MOVES;
import static io.cosmichub.pipeline.OperatorIds.DECODE_CHART_UPDATES;
import static io.cosmichub.pipeline.OperatorIds.DECODE_CONTROL;
import static io.cosmichub.pipeline.OperatorIds.DECODE_FEEDBACK;
import static io.cosmichub.pipeline.OperatorIds.DECODE_PAIR_WATCHES;
import static io.cosmichub.pipeline.OperatorIds.EXPOSURES;
import static io.cosmichub.pipeline.OperatorIds.FEEDBACK;
import static io.cosmichub.pipeline.OperatorIds.MATCHES;
import static io.cosmichub.pipeline.OperatorIds.MATCH_CHANGES;
import static io.cosmichub.pipeline.OperatorIds.MATCH_COHORTS;
import static io.cosmichub.pipeline.OperatorIds.PAIR_ASPECTS;
import static io.cosmichub.pipeline.OperatorIds.PAIR_CHARTS;
import static io.cosmichub.pipeline.OperatorIds.PAIR_WATCHES;
import static io.cosmichub.pipeline.OperatorIds.PATTERNS;
import static io.cosmichub.pipeline.OperatorIds.PATTERN_COHORTS;
import static io.cosmichub.pipeline.OperatorIds.POPULATION;
import static io.cosmichub.pipeline.OperatorIds.POPULATION_COHORTS;
import static io.cosmichub.pipeline.OperatorIds.POPULATION_OF_CHARTS;
import static io.cosmichub.pipeline.OperatorIds.POPULATION_OF_PAIRS;
import static io.cosmichub.pipeline.OperatorIds.RESULTS;
import static io.cosmichub.pipeline.OperatorIds.SAMPLE_CHARTS;
import static io.cosmichub.pipeline.OperatorIds.SAMPLE_PAIRS;

import io.cosmichub.feedback.Contribution;
import io.cosmichub.kernels.KernelSettings;
import io.cosmichub.kernels.batch.BatchSettings;
import io.cosmichub.kernels.guard.GuardSettings;
import io.cosmichub.pair.PairUpdate;
import io.cosmichub.pair.PairWork;
import io.cosmichub.pair.SideUpdate;
import io.cosmichub.population.publish.PublishedPattern;
import io.cosmichub.population.window.PaneClock;
import io.cosmichub.serving.ExposedDays;
import io.cosmichub.streaming.aspect.AspectConfig;
import io.cosmichub.streaming.aspect.AspectsFunction;
import io.cosmichub.streaming.aspect.AspectsOperatorFactory;
import io.cosmichub.streaming.aspect.PairAspectsFunction;
import io.cosmichub.streaming.aspect.PairResult;
import io.cosmichub.streaming.aspect.PolicySource;
import io.cosmichub.streaming.control.ControlFunction;
import io.cosmichub.streaming.control.ModelFolder;
import io.cosmichub.streaming.exposure.ExposureFunction;
import io.cosmichub.streaming.exposure.Exposures;
import io.cosmichub.streaming.exposure.UnitKey;
import io.cosmichub.streaming.fanout.ChartFanOutFunction;
import io.cosmichub.streaming.fanout.FanOutConfig;
import io.cosmichub.streaming.feedback.FeedbackFunction;
import io.cosmichub.streaming.feedback.FeedbackStates;
import io.cosmichub.streaming.feedback.ResultsFunction;
import io.cosmichub.streaming.feedback.UnitKeys;
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
import io.cosmichub.streaming.matches.ChangesByCohort;
import io.cosmichub.streaming.matches.CohortChange;
import io.cosmichub.streaming.matches.MatchConfig;
import io.cosmichub.streaming.matches.MatchList;
import io.cosmichub.streaming.matches.MatchesFunction;
import io.cosmichub.streaming.pair.PairChartsFunction;
import io.cosmichub.streaming.population.ChartChanges;
import io.cosmichub.streaming.population.CohortAdmission;
import io.cosmichub.streaming.population.LateChange;
import io.cosmichub.streaming.population.PairChanges;
import io.cosmichub.streaming.population.PatternConfig;
import io.cosmichub.streaming.population.PatternsFunction;
import io.cosmichub.streaming.population.PopulationConfig;
import io.cosmichub.streaming.population.PopulationFunction;
import io.cosmichub.streaming.population.PopulationPart;
import io.cosmichub.streaming.population.PopulationPartsOperator;
import io.cosmichub.streaming.population.PopulationTypes;
import io.cosmichub.streaming.population.SampleChange;
import io.cosmichub.streaming.population.SampleOperator;
import io.cosmichub.streaming.population.SampledCharts;
import io.cosmichub.streaming.population.SampledPairs;
import io.cosmichub.streaming.record.RecordTypes;
import io.cosmichub.streaming.watch.KeyedMembership;
import io.cosmichub.streaming.watch.PairWatchesFunction;
import java.time.Clock;
import java.time.Duration;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.datastream.DataStreamUtils;
import org.apache.flink.streaming.api.datastream.SingleOutputStreamOperator;

/** The whole topology: from chart updates and pair watches to what changed in each pair. */
public final class SynastryPipeline {

  /** Who scores by the rules of the job's policy, as the scores say it. */
  public static final String MODEL = "rules/classic@1";

  /** As long as it is known who was exposed. */
  private static final Duration MEMORY_OF_UNITS = Duration.ofDays(ExposedDays.MEMORY);

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
                .process(new ChartFanOutFunction(fanOut(config.charts()))));

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
                    new AspectsFunction(aspects(config.aspects()), policy),
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
                            aspects(config.aspects()), policy, config.hotState().aspectBytes()))));

    var exposures =
        EXPOSURES.on(
            pairs
                .getSideOutput(Exposures.TAG)
                .keyBy(new UnitKey(secret), Types.STRING)
                .process(new ExposureFunction()));

    // Off the way of the pairs: whoever was exposed, joined to what was said about him.
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

    return new OutputStreams(
        pairs,
        exposures,
        standings,
        standings.getSideOutput(ResultsFunction.PAUSES),
        config.population().enabled() ? population(sides, work, pairs, config, policy) : null,
        deadLetters(
            updates, moves, watches, memberships, sides, control, served, feedback, joined));
  }

  // Summed up where it happens, so that what crosses the network is a few sums a checkpoint.
  private static PopulationStreams population(
      SingleOutputStreamOperator<SideUpdate> charts,
      SingleOutputStreamOperator<PairWork> work,
      SingleOutputStreamOperator<PairUpdate> pairs,
      PipelineConfig config,
      PolicySource policy) {
    PopulationOptions population = config.population();
    PopulationConfig windows = windows(population);
    var ofCharts =
        POPULATION_OF_CHARTS.on(
            charts
                .getSideOutput(PopulationTypes.CHART_CHANGES)
                .transform(
                    POPULATION_OF_CHARTS.name(),
                    PopulationPart.TYPE,
                    new PopulationPartsOperator<>(windows.clock(), new ChartChanges())));
    var ofPairs =
        POPULATION_OF_PAIRS.on(
            pairs.transform(
                POPULATION_OF_PAIRS.name(),
                PopulationPart.TYPE,
                new PopulationPartsOperator<>(windows.clock(), new PairChanges(policy, MODEL))));
    var admitted =
        POPULATION_COHORTS.on(
            new CohortAdmission<>(population.cohorts(), PopulationPart::cohort, PopulationPart.TYPE)
                .of(ofCharts.union(ofPairs)));
    var figures =
        POPULATION.on(
            admitted
                .keyBy(PopulationPart::cohort, Types.STRING)
                .process(new PopulationFunction(windows, policy)));
    return new PopulationStreams(
        figures,
        population.patterns().most() > 0 ? patterns(charts, work, population, policy) : null,
        config.matches().best() > 0 ? matches(charts, config, policy) : null,
        ofCharts.getSideOutput(LateChange.TAG).union(ofPairs.getSideOutput(LateChange.TAG)));
  }

  // Each chart against many: in one task, off the way of the pairs.
  private static DataStream<MatchList> matches(
      SingleOutputStreamOperator<SideUpdate> charts, PipelineConfig config, PolicySource policy) {
    MatchOptions matches = config.matches();
    AspectConfig aspects = aspects(config.aspects());
    var changes =
        MATCH_CHANGES.on(
            charts
                .getSideOutput(PopulationTypes.CHART_CHANGES)
                .transform(MATCH_CHANGES.name(), CohortChange.TYPE, new ChangesByCohort()));
    var admitted =
        MATCH_COHORTS.on(
            new CohortAdmission<>(
                    config.population().cohorts(), CohortChange::cohort, CohortChange.TYPE)
                .of(changes.getSideOutput(CohortChange.OF_COHORTS)));
    return MATCHES.on(
        changes
            .union(admitted)
            .keyBy(CohortChange::cohort, Types.STRING)
            .process(
                new MatchesFunction(
                    new MatchConfig(
                        matches.best(),
                        matches.every().toMillis(),
                        matches.candidates(),
                        aspects.kernel(),
                        aspects.guard().kernel()),
                    policy)));
  }

  private static DataStream<PublishedPattern> patterns(
      SingleOutputStreamOperator<SideUpdate> charts,
      SingleOutputStreamOperator<PairWork> work,
      PopulationOptions config,
      PolicySource policy) {
    PatternOptions patterns = config.patterns();
    PatternConfig samples =
        new PatternConfig(
            new PaneClock(patterns.window().toMillis(), config.allowedLateness().toMillis()),
            config.people(),
            patterns.most(),
            patterns.share(),
            patterns.size());
    var ofCharts =
        SAMPLE_CHARTS.on(
            charts
                .getSideOutput(PopulationTypes.CHART_CHANGES)
                .transform(
                    SAMPLE_CHARTS.name(),
                    SampleChange.TYPE,
                    new SampleOperator<>(samples, new SampledCharts())));
    var ofPairs =
        SAMPLE_PAIRS.on(
            work.transform(
                SAMPLE_PAIRS.name(),
                SampleChange.TYPE,
                new SampleOperator<>(samples, new SampledPairs())));
    // What is of everyone goes straight on.
    var admitted =
        PATTERN_COHORTS.on(
            new CohortAdmission<>(config.cohorts(), SampleChange::cohort, SampleChange.TYPE)
                .of(
                    ofCharts
                        .getSideOutput(SampleChange.OF_COHORTS)
                        .union(ofPairs.getSideOutput(SampleChange.OF_COHORTS))));
    return PATTERNS.on(
        ofCharts
            .union(ofPairs, admitted)
            .keyBy(SampleChange::cohort, Types.STRING)
            .process(new PatternsFunction(samples, policy)));
  }

  private static PopulationConfig windows(PopulationOptions config) {
    return new PopulationConfig(
        new PaneClock(config.window().toMillis(), config.allowedLateness().toMillis()),
        config.slidingWindow().toMillis(),
        config.people(),
        config.trailing(),
        config.falseDiscoveries(),
        config.insights());
  }

  private static FanOutConfig fanOut(ChartOptions charts) {
    return new FanOutConfig(
        charts.motionEpsilon(),
        charts.pageSize(),
        charts.pagePause().toMillis(),
        charts.erasureMemory().toMillis());
  }

  private static AspectConfig aspects(AspectOptions aspects) {
    KernelOptions kernel = aspects.kernel();
    // A full queue then holds a full batch and the next one, whatever the capacity.
    int batch = Math.min(kernel.batches().max(), aspects.capacity() / 2);
    return new AspectConfig(
        kernel.name(),
        new GuardSettings(
            new KernelSettings(kernel.threads(), kernel.memory()),
            new BatchSettings(batch, kernel.batches().linger(), kernel.batches().inFlight()),
            kernel.deadline(),
            kernel.trust().failures(),
            kernel.trust().pause(),
            kernel.trust().shadowShare()));
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
