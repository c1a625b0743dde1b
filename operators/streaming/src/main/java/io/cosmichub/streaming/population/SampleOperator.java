package io.cosmichub.streaming.population;

import io.cosmichub.population.sample.SampleShare;
import io.cosmichub.population.sample.Sampled;
import io.cosmichub.population.window.PaneClock;
import io.cosmichub.streaming.ingest.Accounting;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import org.apache.flink.metrics.Counter;
import org.apache.flink.streaming.api.operators.AbstractStreamOperator;
import org.apache.flink.streaming.api.operators.OneInputStreamOperator;
import org.apache.flink.streaming.api.watermark.Watermark;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;

/**
 * Takes the pairs or charts of a sample and sends on how each stands: once, however often it
 * changed, when a window closes and before each barrier, so that nothing of them is ever in a
 * checkpoint.
 *
 * @param <I> what says how they stand
 */
public final class SampleOperator<I> extends AbstractStreamOperator<SampleChange>
    implements OneInputStreamOperator<I, SampleChange> {

  /** The counter of changes that were sent. */
  public static final String CHANGES = "population_sample_out";

  private static final long serialVersionUID = 1L;
  private static final int MOST_WAITING = 4_096;

  // Configuration.
  private final String cohort;
  private final PatternConfig sampling;
  private final SampleReader<I> reader;

  // Runtime.
  private transient SampleShare share;
  private transient Map<Waiting, I> waiting;
  private transient Counter changes;
  private transient long closes;

  /** What waits to be sent: the latest that an id came to be in a window. */
  private record Waiting(long end, long id) {}

  /** Takes a sample of {@code cohort}. */
  @SuppressWarnings("NullAway.Init") // Flink calls open before anything else.
  public SampleOperator(String cohort, PatternConfig sampling, SampleReader<I> reader) {
    this.cohort = Objects.requireNonNull(cohort, "cohort");
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
    waiting.remove(key);
    waiting.put(key, input);
    closes = Math.min(closes, clock.closesAt(start));
    if (waiting.size() >= MOST_WAITING) {
      send();
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

  private void send() {
    waiting.forEach(
        (key, input) -> {
          Sampled sampled = reader.sampled(input, key.id());
          output.collect(
              new StreamRecord<>(
                  new SampleChange(cohort, reader.pairs(), key.id(), key.end(), sampled)));
        });
    changes.inc(waiting.size());
    waiting.clear();
    closes = Long.MAX_VALUE;
  }
}
