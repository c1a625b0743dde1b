package io.cosmichub.streaming.matches;

import io.cosmichub.population.count.ChartChange;
import io.cosmichub.population.count.Cohorts;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.ScheduledFuture;
import org.apache.flink.streaming.api.operators.AbstractStreamOperator;
import org.apache.flink.streaming.api.operators.OneInputStreamOperator;
import org.apache.flink.streaming.api.watermark.Watermark;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.jspecify.annotations.Nullable;

/**
 * Tells each cohort how a chart stands there now; others than everyone by the side output {@link
 * CohortChange#OF_COHORTS}. A chart that is new or erased is told of at once; one that moves or
 * changes its cohorts once a second, however often, and before each barrier, so that nothing is
 * ever in a checkpoint.
 */
public final class ChangesByCohort extends AbstractStreamOperator<CohortChange>
    implements OneInputStreamOperator<ChartChange, CohortChange> {

  private static final long serialVersionUID = 1L;
  private static final long PAUSE_MILLIS = 1_000;
  private static final int MOST_WAITING = 4_096;

  // Runtime.
  private transient Map<String, ChartChange> waiting;
  private transient boolean timed;

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
      send(joined(waiting.remove(next.chartId()), next));
      return;
    }
    if (!timed) {
      timed = true;
      long now = getProcessingTimeService().getCurrentProcessingTime();
      ScheduledFuture<?> unused =
          getProcessingTimeService().registerTimer(now + PAUSE_MILLIS, this::onTime);
    }
    waiting.merge(next.chartId(), next, ChartChange::and);
    if (waiting.size() >= MOST_WAITING) {
      send();
    }
  }

  private void onTime(long time) {
    timed = false;
    send();
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
    waiting.values().forEach(this::send);
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

  private static ChartChange joined(@Nullable ChartChange first, ChartChange next) {
    return first == null ? next : first.and(next);
  }
}
