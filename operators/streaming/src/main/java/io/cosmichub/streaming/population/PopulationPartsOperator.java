package io.cosmichub.streaming.population;

import io.cosmichub.population.count.ChartChange;
import io.cosmichub.population.count.Cohorts;
import io.cosmichub.population.count.PairChange;
import io.cosmichub.population.window.PaneClock;
import io.cosmichub.population.window.Panes;
import io.cosmichub.streaming.ingest.Accounting;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.apache.flink.api.common.state.ListState;
import org.apache.flink.api.common.state.ListStateDescriptor;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.metrics.Counter;
import org.apache.flink.metrics.MetricGroup;
import org.apache.flink.runtime.state.StateInitializationContext;
import org.apache.flink.runtime.state.StateSnapshotContext;
import org.apache.flink.streaming.api.operators.AbstractStreamOperator;
import org.apache.flink.streaming.api.operators.OneInputStreamOperator;
import org.apache.flink.streaming.api.watermark.Watermark;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;

/**
 * Sums up what becomes of charts or pairs where it happens, and sends the sums on: when a window
 * closes, and before each barrier, so that nothing of them is ever in a checkpoint. What comes too
 * late for its window leaves by a side output, too.
 *
 * @param <I> what says that something changed
 */
public final class PopulationPartsOperator<I> extends AbstractStreamOperator<PopulationPart>
    implements OneInputStreamOperator<I, PopulationPart>, ChangeReader.Changes {
  /*
   * Whoever puts the parts together closes a window at the lowest event time of all who send. That
   * time is in the checkpoint: else a task would begin again without any, and take for current what
   * belongs to a window that is closed there.
   *
   * Parts of more cohorts than there is room for are sent at once: whoever puts them together does
   * not mind how many parts a window has.
   */

  /** The counter of changes that came too late. */
  public static final String LATE = "population_late";

  /** The counter of parts that were sent. */
  public static final String PARTS = "population_parts_out";

  private static final long serialVersionUID = 1L;
  private static final int MOST_COHORTS = 64;

  // Configuration.
  private final PaneClock clock;
  private final ChangeReader<I> reader;

  // Runtime.
  private transient Panes everyone;
  private transient Map<String, Panes> cohorts;
  private transient ListState<Long> times;
  private transient Counter late;
  private transient Counter parts;
  private transient long now;

  /** Counts changes. */
  @SuppressWarnings("NullAway.Init") // Flink calls initializeState and open before anything else.
  public PopulationPartsOperator(PaneClock clock, ChangeReader<I> reader) {
    this.clock = Objects.requireNonNull(clock, "clock");
    this.reader = Objects.requireNonNull(reader, "reader");
  }

  @Override
  public void initializeState(StateInitializationContext context) throws Exception {
    super.initializeState(context);
    times =
        context
            .getOperatorStateStore()
            .getUnionListState(new ListStateDescriptor<>("event-times", Types.LONG));
    boolean any = false;
    long lowest = Long.MAX_VALUE;
    for (long time : times.get()) {
      any = true;
      lowest = Math.min(lowest, time);
    }
    now = any ? lowest : Long.MIN_VALUE;
  }

  @Override
  public void open() throws Exception {
    super.open();
    everyone = new Panes(clock);
    cohorts = new TreeMap<>();
    reader.open();
    MetricGroup group = getMetricGroup().addGroup(Accounting.GROUP);
    late = group.counter(LATE);
    parts = group.counter(PARTS);
  }

  @Override
  public void processElement(StreamRecord<I> element) {
    reader.read(element.getValue(), this);
    if (cohorts.size() > MOST_COHORTS) {
      send();
    }
  }

  @Override
  public void ofChart(String cohort, ChartChange change) {
    if (panes(cohort).add(change, change.eventTime(), now)) {
      late(cohort, false, change.chartId(), change.eventTime());
    }
  }

  @Override
  public void ofPair(String cohort, PairChange change) {
    Panes panes = panes(cohort);
    if (change.onlySeenOtherwise()) {
      panes.settle(change);
    } else if (panes.add(change, change.eventTime(), now)) {
      late(cohort, true, change.pairId(), change.eventTime());
    }
  }

  private Panes panes(String cohort) {
    return cohort.equals(Cohorts.EVERYONE)
        ? everyone
        : cohorts.computeIfAbsent(cohort, fresh -> new Panes(clock));
  }

  private void late(String cohort, boolean pair, String id, long eventTime) {
    late.inc();
    long start = clock.start(eventTime);
    output.collect(
        LateChange.TAG,
        new StreamRecord<>(
            new LateChange(cohort, pair, id, eventTime, start, start + clock.size(), now)));
  }

  @Override
  public void processWatermark(Watermark mark) throws Exception {
    now = Math.max(now, mark.getTimestamp());
    if (everyone.closes(now) || cohorts.values().stream().anyMatch(panes -> panes.closes(now))) {
      send();
    }
    super.processWatermark(mark);
  }

  @Override
  public void prepareSnapshotPreBarrier(long checkpointId) {
    send();
  }

  @Override
  public void snapshotState(StateSnapshotContext context) throws Exception {
    super.snapshotState(context);
    times.clear();
    times.add(now);
  }

  @Override
  public void finish() {
    send();
  }

  private void send() {
    send(Cohorts.EVERYONE, everyone);
    cohorts.forEach(this::send);
    cohorts.clear();
  }

  private void send(String cohort, Panes panes) {
    panes.take(
        (start, figures) -> {
          parts.inc();
          output.collect(new StreamRecord<>(PopulationPart.of(cohort, start, clock, figures)));
        });
  }
}
