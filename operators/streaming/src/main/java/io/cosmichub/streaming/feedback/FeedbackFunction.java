package io.cosmichub.streaming.feedback;

import io.cosmichub.chart.Outcome;
import io.cosmichub.contracts.DeadLetterCode;
import io.cosmichub.feedback.Contribution;
import io.cosmichub.feedback.UnitFigures;
import io.cosmichub.feedback.UnitRecord;
import io.cosmichub.serving.Exposure;
import io.cosmichub.streaming.ingest.Accounting;
import io.cosmichub.streaming.ingest.DeadLetter;
import io.cosmichub.streaming.ingest.DeadLetters;
import io.cosmichub.streaming.ingest.FeedbackInput;
import java.time.Duration;
import java.util.Objects;
import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.api.common.state.ValueState;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.java.typeutils.ResultTypeQueryable;
import org.apache.flink.metrics.Counter;
import org.apache.flink.metrics.MetricGroup;
import org.apache.flink.streaming.api.TimerService;
import org.apache.flink.streaming.api.functions.co.KeyedCoProcessFunction;
import org.apache.flink.util.Collector;
import org.jspecify.annotations.Nullable;

/**
 * Keyed by a keyed hash of the unit: joins feedback to exposures by their times, in whatever order
 * they come, and tells by how much the sums of an arm change. A unit that is not seen for the time
 * of memory is forgotten.
 */
public final class FeedbackFunction
    extends KeyedCoProcessFunction<String, Exposure, FeedbackInput, Contribution>
    implements ResultTypeQueryable<Contribution> {

  /** The name of this step in dead letters. */
  public static final String STAGE = "feedback";

  /** The counter of feedback that counts for an experiment since it came. */
  public static final String MATCHED = "feedback_matched";

  /** The counter of feedback that counted for none when it came: it is kept, and may yet. */
  public static final String WAITING = "feedback_waiting";

  /** The counter of feedback that was forgotten, and had counted for none. */
  public static final String UNMATCHED = "feedback_unmatched";

  /** The counter of feedback that gave way to newer one of the same unit. */
  public static final String DISPLACED = "feedback_displaced";

  private static final long serialVersionUID = 1L;
  private static final long DAY = Duration.ofDays(1).toMillis();

  // Configuration.
  private final Duration memory;

  // Runtime.
  private transient ValueState<UnitRecord> unit;
  private transient ValueState<Long> forgetAt;
  private transient Accounting accounting;
  private transient Counter matched;
  private transient Counter waiting;
  private transient Counter unmatched;
  private transient Counter displaced;

  /** Remembers units for a time; {@link IllegalArgumentException} if that is less than a day. */
  public FeedbackFunction(Duration memory) {
    if (memory.toMillis() < DAY) {
      throw new IllegalArgumentException("memory of " + memory + ", less than a day");
    }
    this.memory = memory;
  }

  @Override
  public void open(OpenContext context) {
    unit = getRuntimeContext().getState(FeedbackStates.unit());
    forgetAt = getRuntimeContext().getState(FeedbackStates.forgetAt());
    accounting = new Accounting(getRuntimeContext().getMetricGroup());
    MetricGroup metrics = getRuntimeContext().getMetricGroup().addGroup(Accounting.GROUP);
    matched = metrics.counter(MATCHED);
    waiting = metrics.counter(WAITING);
    unmatched = metrics.counter(UNMATCHED);
    displaced = metrics.counter(DISPLACED);
  }

  @Override
  public void processElement1(Exposure exposure, Context context, Collector<Contribution> out)
      throws Exception {
    UnitRecord before = known();
    change(before, before.with(exposure), context.timerService(), out);
  }

  @Override
  public void processElement2(FeedbackInput input, Context context, Collector<Contribution> out)
      throws Exception {
    UnitRecord before = known();
    UnitRecord.Applied applied = before.with(input.feedback());
    settle(input, applied.outcome(), context);
    if (applied.outcome() == Outcome.APPLIED) {
      (applied.after().covers(input.feedback().at()) ? matched : waiting).inc();
      if (applied.displaced()) {
        displaced.inc();
      }
      long now = context.timerService().currentProcessingTime();
      UnitFigures.heard(before, input.feedback(), now).forEach(out::collect);
      change(before, applied.after(), context.timerService(), out);
    }
  }

  /** A record is settled once, though it may be about a pair and about a chart. */
  private void settle(FeedbackInput input, Outcome outcome, Context context) {
    if (input.ofChart()) {
      return;
    }
    accounting.settled(input.origin().topic(), outcome);
    if (outcome == Outcome.CONFLICT) {
      DeadLetterCode code = DeadLetterCode.FEEDBACK_CONFLICT;
      context.output(
          DeadLetters.TAG, new DeadLetter(input.origin(), code, code.description(), STAGE));
    }
  }

  private void change(
      UnitRecord before, UnitRecord after, TimerService timers, Collector<Contribution> out)
      throws Exception {
    if (!after.equals(before)) {
      unit.update(after);
      UnitFigures.between(before, after).forEach(out::collect);
    }
    remember(timers);
  }

  /** By the day, so that a unit has few timers however often it is seen. */
  private void remember(TimerService timers) throws Exception {
    long until = timers.currentProcessingTime() + memory.toMillis();
    long day = Math.floorDiv(until, DAY) * DAY + DAY;
    @Nullable Long known = forgetAt.value();
    if (known == null || known < day) {
      forgetAt.update(day);
      timers.registerProcessingTimeTimer(day);
    }
  }

  @Override
  public void onTimer(long timestamp, OnTimerContext context, Collector<Contribution> out)
      throws Exception {
    if (timestamp >= Objects.requireNonNullElse(forgetAt.value(), 0L)) {
      unmatched.inc(known().unmatched());
      unit.clear();
      forgetAt.clear();
    }
  }

  private UnitRecord known() throws Exception {
    return Objects.requireNonNullElse(unit.value(), UnitRecord.NOTHING);
  }

  @Override
  public TypeInformation<Contribution> getProducedType() {
    return FeedbackStates.CONTRIBUTION;
  }
}
