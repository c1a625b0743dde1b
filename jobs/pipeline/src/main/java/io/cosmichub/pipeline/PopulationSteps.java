package io.cosmichub.pipeline;

import static io.cosmichub.pipeline.OperatorIds.MATCHES;
import static io.cosmichub.pipeline.OperatorIds.MATCH_CHANGES;
import static io.cosmichub.pipeline.OperatorIds.MATCH_COHORTS;
import static io.cosmichub.pipeline.OperatorIds.PATTERNS;
import static io.cosmichub.pipeline.OperatorIds.PATTERN_COHORTS;
import static io.cosmichub.pipeline.OperatorIds.POPULATION;
import static io.cosmichub.pipeline.OperatorIds.POPULATION_COHORTS;
import static io.cosmichub.pipeline.OperatorIds.POPULATION_OF_CHARTS;
import static io.cosmichub.pipeline.OperatorIds.POPULATION_OF_PAIRS;
import static io.cosmichub.pipeline.OperatorIds.SAMPLE_CHARTS;
import static io.cosmichub.pipeline.OperatorIds.SAMPLE_PAIRS;

import io.cosmichub.pair.PairUpdate;
import io.cosmichub.pair.PairWork;
import io.cosmichub.pair.SideUpdate;
import io.cosmichub.population.count.ChartChange;
import io.cosmichub.population.publish.PublishedFigure;
import io.cosmichub.population.publish.PublishedPattern;
import io.cosmichub.streaming.aspect.PolicySource;
import io.cosmichub.streaming.matches.ChangesByCohort;
import io.cosmichub.streaming.matches.CohortChange;
import io.cosmichub.streaming.matches.MatchList;
import io.cosmichub.streaming.matches.MatchesFunction;
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
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.datastream.SingleOutputStreamOperator;

/** The part of the topology that looks at everyone: figures, patterns and best matches. */
final class PopulationSteps {

  private final PipelineConfig config;
  private final PolicySource policy;

  PopulationSteps(PipelineConfig config, PolicySource policy) {
    this.config = config;
    this.policy = policy;
  }

  /** Of the charts as they are fanned out, the work on pairs, and what changed in each. */
  PopulationStreams of(
      SingleOutputStreamOperator<SideUpdate> charts,
      SingleOutputStreamOperator<PairWork> work,
      SingleOutputStreamOperator<PairUpdate> pairs) {
    DataStream<ChartChange> changes = charts.getSideOutput(PopulationTypes.CHART_CHANGES);
    PopulationConfig windows = config.population().windows();

    // Summed up where it happens, so that what crosses the network is a few sums a checkpoint.
    var ofCharts =
        POPULATION_OF_CHARTS.on(
            changes.transform(
                POPULATION_OF_CHARTS.name(),
                PopulationPart.TYPE,
                new PopulationPartsOperator<>(windows.clock(), new ChartChanges())));
    var ofPairs =
        POPULATION_OF_PAIRS.on(
            pairs.transform(
                POPULATION_OF_PAIRS.name(),
                PopulationPart.TYPE,
                new PopulationPartsOperator<>(
                    windows.clock(), new PairChanges(policy, SynastryPipeline.MODEL))));

    return new PopulationStreams(
        figures(ofCharts.union(ofPairs), windows),
        config.population().patterns().most() > 0 ? patterns(changes, work) : null,
        config.matches().best() > 0 ? matches(changes) : null,
        ofCharts.getSideOutput(LateChange.TAG).union(ofPairs.getSideOutput(LateChange.TAG)));
  }

  private DataStream<PublishedFigure> figures(
      DataStream<PopulationPart> parts, PopulationConfig windows) {
    var admitted =
        POPULATION_COHORTS.on(
            new CohortAdmission<>(
                    config.population().cohorts(), PopulationPart::cohort, PopulationPart.TYPE)
                .of(parts));
    return POPULATION.on(
        admitted
            .keyBy(PopulationPart::cohort, Types.STRING)
            .process(new PopulationFunction(windows, policy)));
  }

  private DataStream<PublishedPattern> patterns(
      DataStream<ChartChange> changes, SingleOutputStreamOperator<PairWork> work) {
    PatternConfig samples = config.population().samples();
    var ofCharts =
        SAMPLE_CHARTS.on(
            changes.transform(
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
            new CohortAdmission<>(
                    config.population().cohorts(), SampleChange::cohort, SampleChange.TYPE)
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

  // Each chart against many: in one task, off the way of the pairs.
  private DataStream<MatchList> matches(DataStream<ChartChange> charts) {
    var changes =
        MATCH_CHANGES.on(
            charts.transform(MATCH_CHANGES.name(), CohortChange.TYPE, new ChangesByCohort()));
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
                new MatchesFunction(config.matches().config(config.aspects().config()), policy)));
  }
}
