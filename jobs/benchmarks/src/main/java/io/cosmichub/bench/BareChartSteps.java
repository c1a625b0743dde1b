package io.cosmichub.bench;

import io.cosmichub.chart.ChartRecord;
import io.cosmichub.contracts.InputRecord;
import io.cosmichub.pair.SideUpdate;
import io.cosmichub.streaming.fanout.ChartRecordSerializer;
import io.cosmichub.streaming.ingest.ChartInput;
import io.cosmichub.streaming.ingest.WatchInput;
import io.cosmichub.streaming.watch.KeyedMembership;
import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.api.common.functions.RichFlatMapFunction;
import org.apache.flink.api.common.state.ValueState;
import org.apache.flink.api.common.state.ValueStateDescriptor;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.java.typeutils.ResultTypeQueryable;
import org.apache.flink.streaming.api.functions.co.RichCoFlatMapFunction;
import org.apache.flink.util.Collector;

/** The steps of {@link BarePipeline} by chart, up to what each pair is told. */
final class BareChartSteps {

  /** As long as the keyed hash of a chart's id. */
  private static final String KEY_REST = "........";

  private BareChartSteps() {}

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
}
