package io.cosmichub.streaming.matches;

import io.cosmichub.population.count.ChartChange;
import io.cosmichub.population.count.Cohorts;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.ScheduledFuture;
import org.apache.flink.streaming.api.operators.AbstractStreamOperator;
import org.apache.flink.streaming.api.operators.OneInputStreamOperator;
import org.apache.flink.streaming.api.watermark.Watermark;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;

/**
 * Tells each cohort how a chart stands there now; others than everyone by the side output {@link
 * CohortChange#OF_COHORTS}. A chart that is new or erased is told of at once; one that moves or
 * changes its cohorts a second later, however often it did meanwhile, and before each barrier, so
 * that nothing is ever in a checkpoint.
 */
public final class ChangesByCohort extends AbstractStreamOperator<CohortChange>
    implements OneInputStreamOperator<ChartChange, CohortChange> {

  private static final long serialVersionUID = 1L;
  private static final long PAUSE_MILLIS = 1_000;

  /** So that those whose second is over are told of in many small lots. */
  private static final long TICK_MILLIS = 50;

  private static final int MOST_WAITING = 4_096;

  // Runtime; who waits for longest comes first.
  private transient Map<String, Waiting> waiting;
  private transient boolean timed;

  /** What has become of a chart since a time. */
  private record Waiting(ChartChange change, long since) {

    Waiting and(Waiting later) {
      return new Waiting(change.and(later.change), since);
    }
  }

  /** Waits for no chart yet. */
  @SuppressWarnings("NullAway.Init") // Flink calls open before anything else.
  public ChangesByCohort() {}

  @Override
  public void open() throws Exception {
    super.open();
    waiting = new LinkedHashMap<>();
  }

  @Override
  public void processElement(StreamRecord<ChartChange> element) {
    ChartChange next = element.getValue();
    if (next.before() == null || next.after() == null) {
      Waiting before = waiting.remove(next.chartId());
      send(before == null ? next : before.change().and(next));
      return;
    }
    long now = getProcessingTimeService().getCurrentProcessingTime();
    waiting.merge(next.chartId(), new Waiting(next, now), Waiting::and);
    if (waiting.size() >= MOST_WAITING) {
      send();
    }
    if (!timed) {
      time(now + PAUSE_MILLIS);
    }
  }

  private void time(long due) {
    timed = true;
    ScheduledFuture<?> unused = getProcessingTimeService().registerTimer(due, this::onTime);
  }

  private void onTime(long now) {
    timed = false;
    Iterator<Waiting> all = waiting.values().iterator();
    while (all.hasNext()) {
      Waiting next = all.next();
      long due = next.since() + PAUSE_MILLIS;
      if (due > now) {
        time(Math.max(due, now + TICK_MILLIS));
        return;
      }
      all.remove();
      send(next.change());
    }
  }

  /** Lists are made up when the watermark of the end comes: nothing may come after it. */
  @Override
  public void processWatermark(Watermark mark) throws Exception {
    if (mark.equals(Watermark.MAX_WATERMARK)) {
      send();
    }
    super.processWatermark(mark);
  }

  @Override
  public void prepareSnapshotPreBarrier(long checkpointId) {
    send();
  }

  private void send() {
    waiting.values().forEach(each -> send(each.change()));
    waiting.clear();
  }

  private void send(ChartChange change) {
    if (change.changesNothing()) {
      return;
    }
    change.byCohort(
        (cohort, part) -> {
          StreamRecord<CohortChange> told = new StreamRecord<>(CohortChange.of(cohort, part));
          if (cohort.equals(Cohorts.EVERYONE)) {
            output.collect(told);
          } else {
            output.collect(CohortChange.OF_COHORTS, told);
          }
        });
  }
}
