package io.cosmichub.bench;

import io.cosmichub.contracts.InputRecord;
import io.cosmichub.contracts.OutputRecord;
import io.cosmichub.pair.PairUpdate;
import io.cosmichub.pair.PairWork;
import io.cosmichub.pair.SideUpdate;
import io.cosmichub.pipeline.InputStreams;
import io.cosmichub.pipeline.KafkaSinks;
import io.cosmichub.pipeline.KafkaSources;
import io.cosmichub.pipeline.OperatorIds;
import io.cosmichub.pipeline.PipelineConfig;
import io.cosmichub.streaming.aspect.PairResult;
import io.cosmichub.streaming.ingest.ChartInput;
import io.cosmichub.streaming.record.RecordTypes;
import java.nio.charset.StandardCharsets;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.streaming.api.datastream.AsyncDataStream;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.datastream.DataStreamUtils;
import org.apache.flink.streaming.api.datastream.SingleOutputStreamOperator;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;

/**
 * The floors: the graph of the pipeline with its sources, exchanges, keyed steps and sinks, and
 * records of the same types, serializers and sizes, but nothing in it thinks. Each keyed step reads
 * the packed value of its key from the state backend and writes it back. Which pairs a chart has
 * follows from its id, and what would be encoded was encoded before.
 */
final class BarePipeline {

  private BarePipeline() {}

  /** With an exchange before each step of a pair and before the encoder, and an async step. */
  static void inExchanges(StreamExecutionEnvironment environment, PipelineConfig config) {
    var work = work(environment, config, true);
    var results =
        OperatorIds.ASPECTS.on(
            AsyncDataStream.orderedWait(
                work,
                new BarePairSteps.Aspects(),
                config.aspects().timeout().toMillis(),
                TimeUnit.MILLISECONDS,
                config.aspects().capacity()));
    var pairs =
        OperatorIds.PAIR_ASPECTS.on(
            results
                .keyBy(BarePipeline::pairId, Types.STRING)
                .flatMap(new BarePairSteps.PairAspects(true), RecordTypes.PAIR_UPDATE));
    write(encoded(pairs).startNewChain(), config);
  }

  /** As the pipeline is: one task from both charts of a pair to the sinks. */
  static void inOneTask(StreamExecutionEnvironment environment, PipelineConfig config) {
    inOneTask(environment, config, true);
  }

  /** The same, whose steps of a pair keep nothing: what no state, however fast, can beat. */
  static void withoutState(StreamExecutionEnvironment environment, PipelineConfig config) {
    inOneTask(environment, config, false);
  }

  private static void inOneTask(
      StreamExecutionEnvironment environment, PipelineConfig config, boolean state) {
    var results =
        OperatorIds.ASPECTS.on(
            work(environment, config, state)
                .map(new BarePairSteps.AspectsAtOnce(), PairResult.TYPE));
    var pairs =
        OperatorIds.PAIR_ASPECTS.on(
            DataStreamUtils.reinterpretAsKeyedStream(results, BarePipeline::pairId, Types.STRING)
                .flatMap(new BarePairSteps.PairAspects(state), RecordTypes.PAIR_UPDATE));
    write(encoded(pairs), config);
  }

  private static SingleOutputStreamOperator<OutputRecord> encoded(DataStream<PairUpdate> pairs) {
    return OperatorIds.ENCODE_OUTPUTS.on(
        pairs.process(new BarePairSteps.EncodeOutputs(), RecordTypes.OUTPUT_RECORD));
  }

  private static void write(
      SingleOutputStreamOperator<OutputRecord> committed, PipelineConfig config) {
    KafkaSinks.write(committed, committed.getSideOutput(BarePairSteps.EncodeOutputs.LIVE), config);
  }

  /** Configures {@code environment} as the real job does, and defines what comes first in it. */
  private static SingleOutputStreamOperator<PairWork> work(
      StreamExecutionEnvironment environment, PipelineConfig config, boolean state) {
    environment.configure(config.flink());
    InputStreams inputs = KafkaSources.open(environment, config);

    var updates =
        OperatorIds.DECODE_CHART_UPDATES.on(inputs.charts().flatMap(new BareChartSteps.Decode()));
    var moves =
        OperatorIds.DECODE_CHART_MOVES.on(inputs.moves().flatMap(new BareChartSteps.Decode()));
    var memberships =
        OperatorIds.PAIR_WATCHES.on(
            OperatorIds.DECODE_PAIR_WATCHES
                .on(inputs.watches().flatMap(new BareChartSteps.DecodeWatch()))
                .keyBy(watch -> watch.pairId(), Types.STRING)
                .flatMap(new BareChartSteps.Watches()));

    var sides =
        OperatorIds.CHART_FAN_OUT.on(
            updates
                .union(moves)
                .keyBy(ChartInput::chartKey, Types.STRING)
                .connect(memberships.keyBy(member -> member.chartKey(), Types.STRING))
                .flatMap(new BareChartSteps.FanOut(), RecordTypes.SIDE_UPDATE));

    return OperatorIds.PAIR_CHARTS.on(
        sides
            .keyBy(SideUpdate::pairId, Types.STRING)
            .flatMap(new BarePairSteps.PairCharts(state), RecordTypes.PAIR_WORK));
  }

  private static String pairId(PairResult result) {
    return result.work().pairId();
  }

  /** A record of the pair, with the bytes of a template. */
  static OutputRecord encoded(OutputRecord template, PairUpdate update) {
    return new OutputRecord(
        template.topic(),
        update.pairId().getBytes(StandardCharsets.UTF_8),
        template.value(),
        template.headers(),
        template.timestamp());
  }

  static String id(InputRecord raw) {
    return new String(Objects.requireNonNull(raw.key()), StandardCharsets.UTF_8);
  }

  static PairWork work(PairWork template, SideUpdate update) {
    return new PairWork(
            update.pairId(),
            template.kind(),
            template.whole(),
            template.chartA(),
            template.chartB(),
            template.revisionA(),
            template.revisionB(),
            template.a(),
            template.b(),
            template.movedA(),
            template.movedB(),
            template.eventTime(),
            update.ingestedAt(),
            template.previous())
        .in(template.cohorts());
  }
}
