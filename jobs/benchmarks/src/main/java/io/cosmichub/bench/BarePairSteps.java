package io.cosmichub.bench;

import io.cosmichub.contracts.OutputRecord;
import io.cosmichub.pair.PairAspectsRecord;
import io.cosmichub.pair.PairRecord;
import io.cosmichub.pair.PairUpdate;
import io.cosmichub.pair.PairWork;
import io.cosmichub.pair.SideUpdate;
import io.cosmichub.streaming.aspect.PairAspectsFunction;
import io.cosmichub.streaming.aspect.PairAspectsRecordSerializer;
import io.cosmichub.streaming.aspect.PairResult;
import io.cosmichub.streaming.ingest.Accounting;
import io.cosmichub.streaming.pair.PairRecordSerializer;
import io.cosmichub.streaming.record.RecordTypes;
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
import org.apache.flink.util.Collector;
import org.apache.flink.util.OutputTag;

/** The steps of {@link BarePipeline} by pair, from what a pair is told to the records of it. */
final class BarePairSteps {

  private BarePairSteps() {}

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
