package io.cosmichub.streaming.feedback;

import io.cosmichub.contracts.ControlBytes;
import io.cosmichub.contracts.ExperimentResults;
import io.cosmichub.experiment.Evaluation;
import io.cosmichub.experiment.ExperimentDefinition;
import io.cosmichub.experiment.ExperimentReport;
import io.cosmichub.experiment.ExperimentReport.ArmLine;
import io.cosmichub.experiment.Verdict;
import io.cosmichub.feedback.Contribution;
import io.cosmichub.feedback.Tally;
import io.cosmichub.pair.PairWork;
import io.cosmichub.pair.Told;
import io.cosmichub.serving.Control;
import io.cosmichub.streaming.ingest.Accounting;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.api.common.state.BroadcastState;
import org.apache.flink.api.common.state.ValueState;
import org.apache.flink.api.common.typeinfo.PrimitiveArrayTypeInfo;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.java.typeutils.ResultTypeQueryable;
import org.apache.flink.metrics.Counter;
import org.apache.flink.metrics.MetricGroup;
import org.apache.flink.streaming.api.TimerService;
import org.apache.flink.streaming.api.functions.co.KeyedBroadcastProcessFunction;
import org.apache.flink.util.Collector;
import org.apache.flink.util.OutputTag;
import org.jspecify.annotations.Nullable;

/**
 * Keyed by experiment: sums up what units contribute, and tells where the experiment stands, some
 * time after its sums have changed, and when its time is over. An arm that harms a guardrail beyond
 * doubt is paused.
 */
public final class ResultsFunction
    extends KeyedBroadcastProcessFunction<String, Contribution, PairWork, ResultUpdate>
    implements ResultTypeQueryable<ResultUpdate> {

  /** Which arms are to be paused, for the control topic: {@link ControlBytes}. */
  public static final OutputTag<byte[]> PAUSES =
      new OutputTag<>("pauses", PrimitiveArrayTypeInfo.BYTE_PRIMITIVE_ARRAY_TYPE_INFO);

  /**
   * The counter of contributions to an older version, or to one metric too many that nobody asks
   * for.
   */
  public static final String UNCOUNTED = "contributions_uncounted";

  /** The counter of arms that were paused because they harmed a guardrail. */
  public static final String PAUSED = "arms_paused";

  /** For that many intervals sums wait for the definition of an experiment nobody has told of. */
  static final int WAITS = 60;

  private static final long serialVersionUID = 1L;
  private static final String CHANGED = "";

  // Configuration.
  private final Duration interval;

  // Runtime.
  private transient ValueState<Tally> tally;
  private transient ValueState<String> published;
  private transient ValueState<Long> awaited;
  private transient Counter uncounted;
  private transient Counter paused;

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
    awaited = getRuntimeContext().getState(FeedbackStates.awaited());
    MetricGroup metrics = getRuntimeContext().getMetricGroup().addGroup(Accounting.GROUP);
    uncounted = metrics.counter(UNCOUNTED);
    paused = metrics.counter(PAUSED);
  }

  @Override
  public void processElement(
      Contribution contribution, ReadOnlyContext context, Collector<ResultUpdate> out)
      throws Exception {
    Tally before = Objects.requireNonNullElse(tally.value(), Tally.EMPTY);
    if (before.isPast(contribution)
        || (!before.hasRoomFor(contribution) && !isAskedFor(contribution, context))) {
      uncounted.inc();
      return;
    }
    tally.update(before.with(contribution, context.currentProcessingTime()));
    published.update(CHANGED);
    inAnInterval(context.timerService());
  }

  @Override
  public void processBroadcastElement(PairWork news, Context context, Collector<ResultUpdate> out)
      throws Exception {
    Told told = Objects.requireNonNull(news.told(), "not told");
    byte[] content = told.content();
    BroadcastState<String, byte[]> known = context.getBroadcastState(FeedbackStates.experiments());
    byte[] before = known.get(told.name());
    if (content == null) {
      known.remove(told.name());
    } else {
      known.put(told.name(), content);
    }
    if (before != null && ControlBytes.read(before) instanceof Control.Pause pause) {
      resume(pause, content, context);
      return;
    }
    if (content != null) {
      return;
    }
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
    var told = context.getBroadcastState(FeedbackStates.experiments());
    Control.Experiment experiment = ToldExperiments.experiment(told, context.getCurrentKey());
    if (sums != null && experiment == null && mayBeToldOf(context.timerService())) {
      inAnInterval(context.timerService());
      return;
    }
    awaited.clear();
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
    publish(guarded(sums, experiment, context), experiment, context.timerService(), out);
  }

  /**
   * Whether a definition that is not there may still come. What units contributed stays until then:
   * they tell only changes, so sums that were cleared too early would be short for good.
   */
  private boolean mayBeToldOf(TimerService timers) throws Exception {
    long now = timers.currentProcessingTime();
    Long until = awaited.value();
    if (until == null) {
      awaited.update(now + WAITS * interval.toMillis());
      return true;
    }
    return now < until;
  }

  /** The sums, with the arms halted that were told to be, or that do harm: these are told of. */
  private Tally guarded(Tally sums, Control.Experiment experiment, OnTimerContext context)
      throws Exception {
    ExperimentDefinition definition = experiment.definition();
    Control.Pause known =
        ToldExperiments.pause(context.getBroadcastState(FeedbackStates.experiments()), experiment);
    Map<String, String> told = known == null ? Map.of() : known.arms();
    Map<String, String> harmful = new HashMap<>();
    Tally guarded = sums;
    for (ArmLine line : report(sums, definition, context.currentProcessingTime()).arms()) {
      if (line.halted().isEmpty()) {
        String reason = told.get(line.arm());
        if (reason == null && !line.harmed().isEmpty()) {
          reason = "it harms " + String.join(", ", line.harmed());
          harmful.put(line.arm(), reason);
        }
        if (reason != null) {
          guarded = guarded.halted(line.arm(), definition.control().id(), reason);
        }
      }
    }
    if (!guarded.equals(sums)) {
      tally.update(guarded);
    }
    if (!harmful.isEmpty()) {
      paused.inc(harmful.size());
      harmful.putAll(told);
      guarded.halts().forEach((arm, halt) -> harmful.putIfAbsent(arm, halt.reason()));
      long version =
          Math.max(context.currentProcessingTime(), known == null ? 1 : known.version() + 1);
      Control.Pause pause =
          new Control.Pause(version, experiment.name(), experiment.version(), harmful);
      context.output(PAUSES, ControlBytes.of(pause));
    }
    return guarded;
  }

  /**
   * The arms that a pause named and what came in its stead does not go on, with everything that was
   * measured of them, so that whatever still does harm is paused again.
   */
  private void resume(Control.Pause pause, byte @Nullable [] instead, Context context)
      throws Exception {
    Set<String> arms = ToldExperiments.goOn(pause, instead);
    context.applyToKeyedState(
        FeedbackStates.tally(),
        (experiment, sums) -> {
          Tally known = sums.value();
          if (experiment.equals(pause.experiment())
              && known != null
              && known.version() == pause.ofVersion()) {
            sums.update(known.resumed(arms));
          }
        });
  }

  private static ExperimentReport report(Tally sums, ExperimentDefinition definition, long now) {
    return new Evaluation(definition)
        .report(
            sums.figures(definition, now), sums.haltedArms(definition), Instant.ofEpochMilli(now));
  }

  private void publish(
      Tally sums, Control.Experiment experiment, TimerService timers, Collector<ResultUpdate> out)
      throws Exception {
    long now = timers.currentProcessingTime();
    ExperimentReport report = report(sums, experiment.definition(), now);
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

  private static boolean isAskedFor(
      Contribution contribution,
      KeyedBroadcastProcessFunction<String, Contribution, PairWork, ResultUpdate>.ReadOnlyContext
          context)
      throws Exception {
    Control.Experiment experiment =
        ToldExperiments.experiment(
            context.getBroadcastState(FeedbackStates.experiments()), contribution.experiment());
    return experiment != null
        && experiment.version() == contribution.version()
        && experiment.definition().measures(contribution.metric());
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
