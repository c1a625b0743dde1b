package io.cosmichub.bench;

import io.cosmichub.chart.ChartRecord;
import io.cosmichub.contracts.InputRecord;
import io.cosmichub.contracts.OutputRecord;
import io.cosmichub.pair.PairAspectsRecord;
import io.cosmichub.pair.PairRecord;
import io.cosmichub.pair.PairUpdate;
import io.cosmichub.pair.PairWork;
import io.cosmichub.pair.SideUpdate;
import io.cosmichub.streaming.aspect.PairAspectsFunction;
import io.cosmichub.streaming.aspect.PairAspectsRecordSerializer;
import io.cosmichub.streaming.aspect.PairResult;
import io.cosmichub.streaming.fanout.ChartRecordSerializer;
import io.cosmichub.streaming.ingest.Accounting;
import io.cosmichub.streaming.ingest.ChartInput;
import io.cosmichub.streaming.ingest.WatchInput;
import io.cosmichub.streaming.pair.PairRecordSerializer;
import io.cosmichub.streaming.record.RecordTypes;
import io.cosmichub.streaming.watch.KeyedMembership;
import java.util.List;
import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.api.common.functions.RichFlatMapFunction;
import org.apache.flink.api.common.functions.RichMapFunction;
import org.apache.flink.api.common.state.ValueState;
import org.apache.flink.api.common.state.ValueStateDescriptor;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.java.typeutils.ResultTypeQueryable;
import org.apache.flink.metrics.Counter;
import org.apache.flink.streaming.api.functions.ProcessFunction;
import org.apache.flink.streaming.api.functions.async.ResultFuture;
import org.apache.flink.streaming.api.functions.async.RichAsyncFunction;
import org.apache.flink.streaming.api.functions.co.RichCoFlatMapFunction;
import org.apache.flink.util.Collector;
import org.apache.flink.util.OutputTag;

/** The steps of {@link BarePipeline}. */
final class BareSteps {

  /** As long as the keyed hash of a chart's id. */
  private static final String KEY_REST = "........";

  private BareSteps() {}

  /** Takes the id from the key. */
  static final class Decode extends RichFlatMapFunction<InputRecord, ChartInput>
      implements ResultTypeQueryable<ChartInput> {

    private static final long serialVersionUID = 1L;

    private transient Templates templates;

    @Override
    public void open(OpenContext context) {
      templates = Templates.make();
    }

    @Override
    public void flatMap(InputRecord raw, Collector<ChartInput> out) {
      String id = BarePipeline.id(raw);
      out.collect(new ChartInput(id + KEY_REST, id, templates.update(), raw));
    }

    @Override
    public TypeInformation<ChartInput> getProducedType() {
      return ChartInput.TYPE;
    }
  }

  /** Takes the id from the key. */
  static final class DecodeWatch extends RichFlatMapFunction<InputRecord, WatchInput>
      implements ResultTypeQueryable<WatchInput> {

    private static final long serialVersionUID = 1L;

    @Override
    public void flatMap(InputRecord raw, Collector<WatchInput> out) {
      out.collect(new WatchInput(BarePipeline.id(raw), null, raw));
    }

    @Override
    public TypeInformation<WatchInput> getProducedType() {
      return WatchInput.TYPE;
    }
  }

  /** Swallows watches: which pairs there are follows from ids. */
  static final class Watches extends RichFlatMapFunction<WatchInput, KeyedMembership>
      implements ResultTypeQueryable<KeyedMembership> {

    private static final long serialVersionUID = 1L;

    @Override
    public void flatMap(WatchInput watch, Collector<KeyedMembership> out) {}

    @Override
    public TypeInformation<KeyedMembership> getProducedType() {
      return KeyedMembership.TYPE;
    }
  }

  /** Reads and writes a chart, and tells ten pairs if it is one that moves. */
  static final class FanOut extends RichCoFlatMapFunction<ChartInput, KeyedMembership, SideUpdate> {

    private static final long serialVersionUID = 1L;

    private transient Templates templates;
    private transient ValueState<ChartRecord> chart;

    @Override
    public void open(OpenContext context) {
      templates = Templates.make();
      chart =
          getRuntimeContext()
              .getState(new ValueStateDescriptor<>("chart", new ChartRecordSerializer()));
    }

    @Override
    public void flatMap1(ChartInput input, Collector<SideUpdate> out) throws Exception {
      ChartRecord before = chart.value();
      chart.update(before == null ? templates.chart() : before);
      if (!Workload.isMover(input.chartId())) {
        return;
      }
      int first = Workload.moverOf(input.chartId()) * Workload.FAN_OUT;
      SideUpdate side = templates.side();
      for (int pair = first; pair < first + Workload.FAN_OUT; pair++) {
        out.collect(
            new SideUpdate(
                Workload.pairId(pair),
                side.side(),
                side.epoch(),
                side.kind(),
                input.chartId(),
                side.life(),
                side.revision(),
                side.effectiveAt(),
                side.longitudes(),
                input.origin().timestamp(),
                side.cohorts()));
      }
    }

    @Override
    public void flatMap2(KeyedMembership input, Collector<SideUpdate> out) {}
  }

  /** Reads and writes both sides, if it keeps state. */
  static final class PairCharts extends RichFlatMapFunction<SideUpdate, PairWork> {

    private static final long serialVersionUID = 1L;

    private final boolean state;
    private transient Templates templates;
    private transient ValueState<PairRecord> pair;

    PairCharts(boolean state) {
      this.state = state;
    }

    @Override
    public void open(OpenContext context) {
      templates = Templates.make();
      pair =
          getRuntimeContext()
              .getState(new ValueStateDescriptor<>("pair", new PairRecordSerializer()));
    }

    @Override
    public void flatMap(SideUpdate update, Collector<PairWork> out) throws Exception {
      if (state) {
        PairRecord before = pair.value();
        pair.update(before == null ? templates.pair() : before);
      }
      out.collect(BarePipeline.work(templates.work(), update));
    }
  }

  /** Answers at once. */
  static final class Aspects extends RichAsyncFunction<PairWork, PairResult>
      implements ResultTypeQueryable<PairResult> {

    private static final long serialVersionUID = 1L;

    private transient Templates templates;

    @Override
    public void open(OpenContext context) {
      templates = Templates.make();
    }

    @Override
    public void asyncInvoke(PairWork work, ResultFuture<PairResult> result) {
      result.complete(List.of(new PairResult(work, templates.touched())));
    }

    @Override
    public TypeInformation<PairResult> getProducedType() {
      return PairResult.TYPE;
    }
  }

  /** Answers at once, and nobody waits. */
  static final class AspectsAtOnce extends RichMapFunction<PairWork, PairResult> {

    private static final long serialVersionUID = 1L;

    private transient Templates templates;

    @Override
    public void open(OpenContext context) {
      templates = Templates.make();
    }

    @Override
    public PairResult map(PairWork work) {
      return new PairResult(work, templates.touched());
    }
  }

  /** Reads and writes the aspects, if it keeps state. */
  static final class PairAspects extends RichFlatMapFunction<PairResult, PairUpdate> {

    private static final long serialVersionUID = 1L;

    private final boolean state;
    private transient Templates templates;
    private transient ValueState<PairAspectsRecord> aspects;
    private transient Counter recomputed;

    PairAspects(boolean state) {
      this.state = state;
    }

    @Override
    public void open(OpenContext context) {
      templates = Templates.make();
      aspects =
          getRuntimeContext()
              .getState(new ValueStateDescriptor<>("aspects", new PairAspectsRecordSerializer()));
      recomputed =
          getRuntimeContext()
              .getMetricGroup()
              .addGroup(Accounting.GROUP)
              .counter(PairAspectsFunction.PAIRS_RECOMPUTED);
    }

    @Override
    public void flatMap(PairResult result, Collector<PairUpdate> out) throws Exception {
      if (state) {
        PairAspectsRecord before = aspects.value();
        aspects.update(before == null ? templates.aspects() : before);
      }
      recomputed.inc();
      PairUpdate update = templates.result();
      out.collect(
          new PairUpdate(
              result.work().pairId(),
              update.chartA(),
              update.chartB(),
              update.revisionA(),
              update.revisionB(),
              update.policy(),
              update.sequence(),
              update.eventTime(),
              update.closed(),
              update.changes(),
              update.aspects(),
              update.score(),
              result.work().ingestedAt(),
              update.served(),
              update.cohorts(),
              update.was(),
              update.policyBefore(),
              update.rescored()));
    }
  }

  /** Sends the bytes of the templates. */
  static final class EncodeOutputs extends ProcessFunction<PairUpdate, OutputRecord> {

    /** The records of the live topic. */
    static final OutputTag<OutputRecord> LIVE = new OutputTag<>("live", RecordTypes.OUTPUT_RECORD);

    private static final long serialVersionUID = 1L;

    private transient Templates[] templates;

    @Override
    public void open(OpenContext context) {
      templates = Templates.many();
    }

    @Override
    public void processElement(PairUpdate update, Context context, Collector<OutputRecord> out) {
      Templates template = Templates.of(templates, update);
      for (OutputRecord record : template.committed()) {
        out.collect(BarePipeline.encoded(record, update));
      }
      context.output(LIVE, BarePipeline.encoded(template.live(), update));
    }
  }
}
