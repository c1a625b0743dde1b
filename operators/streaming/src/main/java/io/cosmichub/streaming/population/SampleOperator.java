package io.cosmichub.streaming.population;

import io.cosmichub.population.count.Cohorts;
import io.cosmichub.population.sample.SampleShare;
import io.cosmichub.population.sample.Sampled;
import io.cosmichub.population.window.PaneClock;
import io.cosmichub.streaming.ingest.Accounting;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import org.apache.flink.metrics.Counter;
import org.apache.flink.streaming.api.operators.AbstractStreamOperator;
import org.apache.flink.streaming.api.operators.OneInputStreamOperator;
import org.apache.flink.streaming.api.watermark.Watermark;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.jspecify.annotations.Nullable;

/**
 * Takes the pairs or charts of a sample and sends on how each stands: once, however often it
 * changed, when as many others have changed since as may wait, when a window closes and before each
 * barrier, so that nothing of them is ever in a checkpoint. What is of other cohorts than everyone
 * leaves by a side output.
 *
 * @param <I> what says how they stand
 */
public final class SampleOperator<I> extends AbstractStreamOperator<SampleChange>
    implements OneInputStreamOperator<I, SampleChange> {

  /** The counter of changes that were sent. */
  public static final String CHANGES = "population_sample_out";

  private static final long serialVersionUID = 1L;

  /** What waits is sent before a barrier by the task that all pairs go through. */
  private static final int MOST_WAITING = 512;

  // Configuration.
  private final PatternConfig sampling;
  private final SampleReader<I> reader;

  // Runtime.
  private transient SampleShare share;
  private transient Map<Waiting, Latest<I>> waiting;
  private transient Counter changes;
  private transient long closes;

  /** What waits to be sent: the latest that an id came to be in a window. */
  private record Waiting(long end, long id) {}

  /** How it last came to stand, and the cohorts that it was ever said to have left meanwhile. */
  private record Latest<I>(I input, Set<String> left) {}

  /** Takes a sample. */
  @SuppressWarnings("NullAway.Init") // Flink calls open before anything else.
  public SampleOperator(PatternConfig sampling, SampleReader<I> reader) {
    this.sampling = Objects.requireNonNull(sampling, "sampling");
    this.reader = Objects.requireNonNull(reader, "reader");
  }

  @Override
  public void open() throws Exception {
    super.open();
    share = sampling.sample();
    waiting = new LinkedHashMap<>();
    closes = Long.MAX_VALUE;
    changes = getMetricGroup().addGroup(Accounting.GROUP).counter(CHANGES);
  }

  @Override
  public void processElement(StreamRecord<I> element) {
    I input = element.getValue();
    String id = reader.id(input);
    if (id == null) {
      return;
    }
    long hash = SampleShare.hash(id);
    if (!share.takes(hash)) {
      return;
    }
    PaneClock clock = sampling.clock();
    long start = clock.start(reader.eventTime(input));
    Waiting key = new Waiting(start + clock.size(), hash);
    // To the end: whoever puts windows together goes by the order of arrival.
    Latest<I> known = waiting.remove(key);
    waiting.put(key, new Latest<>(input, left(known, input)));
    closes = Math.min(closes, clock.closesAt(start));
    if (waiting.size() > MOST_WAITING) {
      sendOldest();
    }
  }

  @Override
  public void processWatermark(Watermark mark) throws Exception {
    if (closes <= mark.getTimestamp()) {
      send();
    }
    super.processWatermark(mark);
  }

  @Override
  public void prepareSnapshotPreBarrier(long checkpointId) {
    send();
  }

  @Override
  public void finish() {
    send();
  }

  private Set<String> left(@Nullable Latest<I> known, I input) {
    List<String> now = reader.left(input);
    if (known == null || known.left().isEmpty()) {
      return now.isEmpty() ? Set.of() : new TreeSet<>(now);
    }
    known.left().addAll(now);
    return known.left();
  }

  private void sendOldest() {
    Iterator<Map.Entry<Waiting, Latest<I>>> oldest = waiting.entrySet().iterator();
    Map.Entry<Waiting, Latest<I>> next = oldest.next();
    oldest.remove();
    send(next.getKey(), next.getValue());
  }

  private void send() {
    waiting.forEach(this::send);
    waiting.clear();
    closes = Long.MAX_VALUE;
  }

  private void send(Waiting key, Latest<I> latest) {
    Sampled sampled = reader.sampled(latest.input(), key.id());
    output.collect(change(Cohorts.EVERYONE, key, sampled));
    List<String> in = sampled == null ? List.of() : reader.cohorts(latest.input());
    for (String cohort : latest.left()) {
      if (!in.contains(cohort)) {
        send(cohort, key, null);
      }
    }
    for (String cohort : in) {
      send(cohort, key, sampled);
    }
  }

  private void send(String cohort, Waiting key, @Nullable Sampled sampled) {
    if (!cohort.equals(Cohorts.EVERYONE)) {
      output.collect(SampleChange.OF_COHORTS, change(cohort, key, sampled));
    }
  }

  private StreamRecord<SampleChange> change(String cohort, Waiting key, @Nullable Sampled sampled) {
    changes.inc();
    return new StreamRecord<>(
        new SampleChange(cohort, reader.pairs(), key.id(), key.end(), sampled));
  }
}
