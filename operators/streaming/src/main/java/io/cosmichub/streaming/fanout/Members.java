package io.cosmichub.streaming.fanout;

import io.cosmichub.chart.PublishedChart;
import io.cosmichub.fanout.FanOutCursor;
import io.cosmichub.fanout.Member;
import io.cosmichub.fanout.Membership;
import io.cosmichub.pair.MembershipChange;
import io.cosmichub.pair.SideUpdate;
import io.cosmichub.streaming.ingest.Accounting;
import io.cosmichub.streaming.ingest.ChartInput;
import io.cosmichub.streaming.watch.KeyedMembership;
import java.io.IOException;
import org.apache.flink.api.common.functions.RuntimeContext;
import org.apache.flink.api.common.state.ValueState;
import org.apache.flink.metrics.Counter;
import org.apache.flink.streaming.api.TimerService;
import org.apache.flink.streaming.api.watermark.Watermark;
import org.apache.flink.util.Collector;
import org.jspecify.annotations.Nullable;

/**
 * The pairs that the current key's chart is in, and the walk that tells them of it.
 *
 * <p>A walk that does not end with its first page is kept alive by two timers. One in processing
 * time visits the next page and sets its successor one pause after it has done so, never at a time
 * that the timer service is already working off, so that other work passes between any two pages. A
 * page that had to wait for room in what follows is followed by several times as long a pause:
 * while there is no room the task takes no input either. One at the end of event time fires when
 * the last input has ended, after which Flink fires no processing-time timer: it walks the rest.
 */
final class Members {

  /** The counter of side updates. */
  static final String SIDE_UPDATES = "side_updates_out";

  /** How much longer others have the way than a page had it. */
  private static final long FOR_OTHERS = 4;

  private static final long END_OF_INPUT = Watermark.MAX_WATERMARK.getTimestamp();

  private final Membership membership;
  private final long pause;
  private final KeyedMemberStore store;
  private final ValueState<FanOutCursor> cursor;
  private final ValueState<Round> round;
  private final Counter told;

  Members(RuntimeContext runtime, FanOutConfig config) {
    membership = new Membership(config.pageSize());
    pause = config.pagePauseMillis();
    store =
        new KeyedMemberStore(
            runtime.getMapState(FanOutStates.pages()),
            runtime.getMapState(FanOutStates.pageOfPair()));
    cursor = runtime.getState(FanOutStates.cursor());
    round = runtime.getState(FanOutStates.round());
    told = runtime.getMetricGroup().addGroup(Accounting.GROUP).counter(SIDE_UPDATES);
  }

  /**
   * Begins a walk with the truth of {@code input}, or makes the one that is on begin anew, and
   * visits one page.
   */
  void publish(
      ChartInput input,
      long effectiveAt,
      @Nullable PublishedChart truth,
      TimerService timers,
      Collector<SideUpdate> out)
      throws IOException {
    FanOutCursor before = cursor();
    if (before.isEmpty()) {
      return;
    }
    long ingestedAt = Math.max(0, input.origin().timestamp());
    long nextAt =
        before.inRound() ? round.value().nextAt() : timers.currentProcessingTime() + pause;
    Round walk = new Round(input.chartId(), effectiveAt, ingestedAt, nextAt);
    boolean inputEnded = timers.currentWatermark() == END_OF_INPUT;
    FanOutCursor started = membership.startRound(before);
    keep(before, visit(started, walk, truth, inputEnded, out), walk, timers);
  }

  /**
   * Visits the next page if {@code timestamp} is its time, or every page that is left once the
   * input has ended.
   */
  void walkOn(
      long timestamp,
      boolean inputEnded,
      @Nullable PublishedChart truth,
      TimerService timers,
      Collector<SideUpdate> out)
      throws IOException {
    Round walk = round.value();
    if (walk != null && (inputEnded || timestamp == walk.nextAt())) {
      long began = timers.currentProcessingTime();
      FanOutCursor before = cursor();
      FanOutCursor after = visit(before, walk, truth, inputEnded, out);
      long ended = timers.currentProcessingTime();
      long wait = Math.max(pause, FOR_OTHERS * (ended - began));
      keep(before, after, walk.at(Math.max(timestamp, ended) + wait), timers);
    }
  }

  /** Whether some members have yet to be told the truth. */
  boolean walking() throws IOException {
    return cursor().inRound();
  }

  /** Lets a pair join or leave, and tells it so. */
  void change(
      KeyedMembership input,
      @Nullable PublishedChart truth,
      TimerService timers,
      Collector<SideUpdate> out)
      throws IOException {
    MembershipChange change = input.change();
    Telling telling =
        new Telling(change.chartId(), truth, input.effectiveAt(), input.ingestedAt(), out, told);
    FanOutCursor before = cursor();
    FanOutCursor after =
        change.joined()
            ? membership.join(
                store,
                before,
                new Member(change.pairId(), change.side().code(), change.epoch()),
                telling)
            : membership.leave(store, before, change.pairId(), change.epoch(), telling);
    keep(before, after, before.inRound() ? round.value() : null, timers);
  }

  private FanOutCursor visit(
      FanOutCursor from,
      Round walk,
      @Nullable PublishedChart truth,
      boolean toTheEnd,
      Collector<SideUpdate> out) {
    Telling telling =
        new Telling(walk.chartId(), truth, walk.effectiveAt(), walk.ingestedAt(), out, told);
    FanOutCursor at = membership.visitNextPage(store, from, telling);
    while (toTheEnd && at.inRound()) {
      at = membership.visitNextPage(store, at, telling);
    }
    return at;
  }

  private void keep(
      FanOutCursor before, FanOutCursor after, @Nullable Round walk, TimerService timers)
      throws IOException {
    if (after.isEmpty()) {
      cursor.clear();
    } else if (!after.equals(before)) {
      cursor.update(after);
    }
    if (after.inRound() && walk != null) {
      round.update(walk);
      timers.registerProcessingTimeTimer(walk.nextAt());
      timers.registerEventTimeTimer(END_OF_INPUT);
    } else if (before.inRound()) {
      round.clear();
      timers.deleteEventTimeTimer(END_OF_INPUT);
    }
  }

  private FanOutCursor cursor() throws IOException {
    FanOutCursor kept = cursor.value();
    return kept == null ? FanOutCursor.EMPTY : kept;
  }
}
