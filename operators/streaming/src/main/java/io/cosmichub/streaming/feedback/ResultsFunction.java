package io.cosmichub.streaming.feedback;

import io.cosmichub.contracts.ControlBytes;
import io.cosmichub.contracts.ExperimentResults;
import io.cosmichub.experiment.Evaluation;
import io.cosmichub.experiment.ExperimentReport;
import io.cosmichub.experiment.Verdict;
import io.cosmichub.feedback.Contribution;
import io.cosmichub.feedback.Tally;
import io.cosmichub.pair.PairWork;
import io.cosmichub.pair.Told;
import io.cosmichub.serving.Control;
import io.cosmichub.streaming.ingest.Accounting;
import java.time.Duration;
import java.time.Instant;
import java.util.Objects;
import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.api.common.state.ValueState;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.java.typeutils.ResultTypeQueryable;
import org.apache.flink.metrics.Counter;
import org.apache.flink.streaming.api.TimerService;
import org.apache.flink.streaming.api.functions.co.KeyedBroadcastProcessFunction;
import org.apache.flink.util.Collector;
import org.jspecify.annotations.Nullable;

/**
 * Keyed by experiment: sums up what units contribute, and tells where the experiment stands, some
 * time after its sums have changed, and when its time is over.
 */
public final class ResultsFunction
    extends KeyedBroadcastProcessFunction<String, Contribution, PairWork, ResultUpdate>
    implements ResultTypeQueryable<ResultUpdate> {

  /** The counter of contributions to an older version, or to one metric too many. */
  public static final String UNCOUNTED = "contributions_uncounted";

  private static final long serialVersionUID = 1L;
  private static final String CHANGED = "";

  // Configuration.
  private final Duration interval;

  // Runtime.
  private transient ValueState<Tally> tally;
  private transient ValueState<String> published;
  private transient Counter uncounted;

  /** Tells of an experiment no more often than once an interval. */
  public ResultsFunction(Duration interval) {
    if (interval.toMillis() < 1) {
      throw new IllegalArgumentException("an interval of " + interval);
    }
    this.interval = interval;
  }

  @Override
  public void open(OpenContext context) {
    tally = getRuntimeContext().getState(FeedbackStates.tally());
    published = getRuntimeContext().getState(FeedbackStates.published());
    uncounted = getRuntimeContext().getMetricGroup().addGroup(Accounting.GROUP).counter(UNCOUNTED);
  }

  @Override
  public void processElement(
      Contribution contribution, ReadOnlyContext context, Collector<ResultUpdate> out)
      throws Exception {
    Tally before = Objects.requireNonNullElse(tally.value(), Tally.EMPTY);
    if (!before.counts(contribution)) {
      uncounted.inc();
      return;
    }
    tally.update(before.with(contribution));
    published.update(CHANGED);
    inAnInterval(context.timerService());
  }

  @Override
  public void processBroadcastElement(PairWork news, Context context, Collector<ResultUpdate> out)
      throws Exception {
    Told told = Objects.requireNonNull(news.told(), "not told");
    byte[] content = told.content();
    if (content != null) {
      context.getBroadcastState(FeedbackStates.experiments()).put(told.name(), content);
      return;
    }
    context.getBroadcastState(FeedbackStates.experiments()).remove(told.name());
    long now = context.currentProcessingTime();
    context.applyToKeyedState(
        FeedbackStates.published(),
        (experiment, verdict) -> {
          if (experiment.equals(told.name())) {
            verdict.clear();
          }
        });
    context.applyToKeyedState(
        FeedbackStates.tally(),
        (experiment, sums) -> {
          if (experiment.equals(told.name()) && sums.value() != null) {
            sums.clear();
            out.collect(new ResultUpdate(experiment, null, now));
          }
        });
  }

  @Override
  public void onTimer(long timestamp, OnTimerContext context, Collector<ResultUpdate> out)
      throws Exception {
    Tally sums = tally.value();
    Control.Experiment experiment = experiment(context);
    if (sums == null || experiment == null) {
      tally.clear();
      published.clear();
      return;
    }
    if (sums.version() != experiment.version()) {
      if (sums.version() > experiment.version()) { // its definition is yet to come
        inAnInterval(context.timerService());
      }
      return;
    }
    publish(sums, experiment, context.timerService(), out);
  }

  private void publish(
      Tally sums, Control.Experiment experiment, TimerService timers, Collector<ResultUpdate> out)
      throws Exception {
    long now = timers.currentProcessingTime();
    ExperimentReport report =
        new Evaluation(experiment.definition())
            .report(
                sums.figures(experiment.definition()),
                sums.haltedArms(experiment.definition()),
                Instant.ofEpochMilli(now));
    if (!report.verdict().name().equals(published.value())) {
      published.update(report.verdict().name());
      byte[] message = ExperimentResults.of(experiment, report, now).toByteArray();
      out.collect(new ResultUpdate(experiment.name(), message, now));
    }
    long end = experiment.definition().end().toEpochMilli();
    if (report.verdict() == Verdict.CONTINUE && end > now) {
      timers.registerProcessingTimeTimer(end);
    }
  }

  private static Control.@Nullable Experiment experiment(
      KeyedBroadcastProcessFunction<String, Contribution, PairWork, ResultUpdate>.OnTimerContext
          context)
      throws Exception {
    byte[] content =
        context.getBroadcastState(FeedbackStates.experiments()).get(context.getCurrentKey());
    return content == null ? null : (Control.Experiment) ControlBytes.read(content);
  }

  private void inAnInterval(TimerService timers) {
    long step = interval.toMillis();
    timers.registerProcessingTimeTimer(
        Math.floorDiv(timers.currentProcessingTime(), step) * step + step);
  }

  @Override
  public TypeInformation<ResultUpdate> getProducedType() {
    return ResultUpdate.TYPE;
  }
}
