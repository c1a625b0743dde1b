package io.cosmichub.streaming.fanout;

import io.cosmichub.chart.ChartRecord;
import io.cosmichub.chart.ChartReducer;
import io.cosmichub.chart.ChartUpdate;
import io.cosmichub.chart.ErasedMark;
import io.cosmichub.chart.Outcome;
import io.cosmichub.chart.PublishedChart;
import io.cosmichub.contracts.DeadLetterCode;
import io.cosmichub.contracts.EventTime;
import io.cosmichub.pair.SideUpdate;
import io.cosmichub.population.count.ChartChange;
import io.cosmichub.streaming.ingest.Accounting;
import io.cosmichub.streaming.ingest.ChartInput;
import io.cosmichub.streaming.ingest.DeadLetter;
import io.cosmichub.streaming.ingest.DeadLetters;
import io.cosmichub.streaming.ingest.UpdateAge;
import io.cosmichub.streaming.population.PopulationTypes;
import io.cosmichub.streaming.record.RecordTypes;
import io.cosmichub.streaming.watch.KeyedMembership;
import java.util.List;
import java.util.Objects;
import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.api.common.state.ValueState;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.java.typeutils.ResultTypeQueryable;
import org.apache.flink.streaming.api.TimeDomain;
import org.apache.flink.streaming.api.functions.co.KeyedCoProcessFunction;
import org.apache.flink.util.Collector;
import org.jspecify.annotations.Nullable;

/**
 * Keyed by the keyed hash of a chart's id: settles what is said of the chart, and tells every pair
 * that it is in what is published of it. The first page of pairs is told at once, each further one
 * by a processing-time timer of its own, between which barriers pass; when the input ends, what is
 * left is told at once. A conflicting update leaves by the side output of dead letters; by another,
 * how a published chart stood and stands.
 */
public final class ChartFanOutFunction
    extends KeyedCoProcessFunction<String, ChartInput, KeyedMembership, SideUpdate>
    implements ResultTypeQueryable<SideUpdate> {

  /** The name of this step in dead letters. */
  public static final String STAGE = "chart-fan-out";

  // Configuration.
  private final FanOutConfig config;

  // Runtime.
  private transient ChartReducer reducer;
  private transient Accounting accounting;
  private transient UpdateAge age;
  private transient ValueState<ChartRecord> chart;
  private transient ValueState<ErasedMark> erased;
  private transient Members members;

  /** A fan-out of this configuration. */
  public ChartFanOutFunction(FanOutConfig config) {
    this.config = Objects.requireNonNull(config, "config");
  }

  @Override
  public void open(OpenContext context) {
    reducer = new ChartReducer(config.motionEpsilon());
    accounting = new Accounting(getRuntimeContext().getMetricGroup());
    age = new UpdateAge(getRuntimeContext().getMetricGroup());
    chart = getRuntimeContext().getState(FanOutStates.chart());
    erased = getRuntimeContext().getState(FanOutStates.erased());
    members = new Members(getRuntimeContext(), config);
  }

  @Override
  public void processElement1(ChartInput input, Context context, Collector<SideUpdate> out)
      throws Exception {
    age.seen(input.origin().timestamp(), context.timerService().currentProcessingTime());
    ChartUpdate update = input.update();
    Outcome outcome =
        update == null ? erase(input, context, out) : apply(input, update, context, out);
    accounting.settled(input.origin().topic(), outcome);
    if (outcome == Outcome.CONFLICT) {
      DeadLetterCode code = DeadLetterCode.REVISION_CONFLICT;
      context.output(
          DeadLetters.TAG, new DeadLetter(input.origin(), code, code.description(), STAGE));
    }
  }

  private Outcome apply(
      ChartInput input, ChartUpdate update, Context context, Collector<SideUpdate> out)
      throws Exception {
    ChartRecord before = chart.value();
    ErasedMark mark = before == null ? erased.value() : null;
    ChartReducer.Applied applied = reducer.apply(before, mark, update);
    ChartRecord after = applied.after();
    if (after == null) {
      return applied.outcome();
    }
    if (!after.equals(before)) {
      chart.update(after);
    }
    if (mark != null) {
      erased.clear();
      context.timerService().deleteProcessingTimeTimer(mark.until());
    }
    if (applied.publish()) {
      members.publish(input, update.effectiveAt(), after.published(), context.timerService(), out);
      tell(input, update.effectiveAt(), before, after, context);
    }
    return applied.outcome();
  }

  private Outcome erase(ChartInput input, Context context, Collector<SideUpdate> out)
      throws Exception {
    ChartRecord before = chart.value();
    ErasedMark mark = before == null ? erased.value() : null;
    long until = context.timerService().currentProcessingTime() + config.erasureMemoryMillis();
    ChartReducer.Erased applied = reducer.erase(before, mark, until);
    if (applied.outcome() == Outcome.APPLIED) {
      chart.clear();
      erased.update(applied.mark());
      context.timerService().registerProcessingTimeTimer(until);
    }
    if (applied.publish()) {
      members.publish(input, EventTime.of(input.origin()), null, context.timerService(), out);
      tell(input, EventTime.of(input.origin()), before, null, context);
    }
    return applied.outcome();
  }

  private static void tell(
      ChartInput input,
      long effectiveAt,
      @Nullable ChartRecord before,
      @Nullable ChartRecord after,
      Context context) {
    long eventTime =
        effectiveAt == ChartUpdate.NO_TIME ? EventTime.of(input.origin()) : effectiveAt;
    PublishedChart then = before == null ? null : before.published();
    PublishedChart now = after == null ? null : after.published();
    context.output(
        PopulationTypes.CHART_CHANGES,
        new ChartChange(
            input.chartId(),
            now == null ? 0 : now.revision(),
            eventTime,
            then == null ? null : then.longitudes(),
            now == null ? null : now.longitudes(),
            then == null ? List.of() : then.cohorts(),
            now == null ? List.of() : now.cohorts()));
  }

  @Override
  public void processElement2(KeyedMembership input, Context context, Collector<SideUpdate> out)
      throws Exception {
    ChartRecord known = chart.value();
    members.change(input, known == null ? null : known.published(), context.timerService(), out);
  }

  @Override
  public void onTimer(long timestamp, OnTimerContext context, Collector<SideUpdate> out)
      throws Exception {
    boolean inputEnded = context.timeDomain() == TimeDomain.EVENT_TIME;
    ChartRecord known = chart.value();
    members.walkOn(
        timestamp,
        inputEnded,
        known == null ? null : known.published(),
        context.timerService(),
        out);
    if (!inputEnded && !members.walking()) {
      forget(timestamp);
    }
  }

  // Not before every member has heard of the erasure: the timer of the last page comes by here,
  // too.
  private void forget(long timestamp) throws Exception {
    ErasedMark mark = erased.value();
    if (mark != null && mark.until() <= timestamp) {
      erased.clear();
    }
  }

  @Override
  public TypeInformation<SideUpdate> getProducedType() {
    return RecordTypes.SIDE_UPDATE;
  }
}
