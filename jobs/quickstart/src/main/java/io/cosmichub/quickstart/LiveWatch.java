package io.cosmichub.quickstart;

import io.cosmichub.contracts.Topics;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.HdrHistogram.Histogram;
import org.HdrHistogram.Recorder;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.errors.WakeupException;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.jspecify.annotations.Nullable;

/**
 * A consumer of the live topic from its end on. It counts the records, and measures for each pair
 * of the sky how long after its move was sent the result was here; the revision of the move is in
 * the record's {@code ce_id}.
 */
final class LiveWatch implements Worker {

  private static final Duration POLL = Duration.ofMillis(100);
  private static final long LONGEST_MICROS = TimeUnit.MINUTES.toMicros(10);
  private static final byte[] TRANSIT = SampleData.transitId("").getBytes(StandardCharsets.UTF_8);

  private final KafkaConsumer<byte[], Object> consumer;
  private final SkyProgress sky;
  private final AtomicLong records = new AtomicLong();
  private final Recorder micros = new Recorder(LONGEST_MICROS, 3);
  private volatile boolean measuring;

  /** Takes its place at the end of the topic at once. */
  LiveWatch(String bootstrapServers, SkyProgress sky) {
    this.sky = sky;
    this.consumer =
        new KafkaConsumer<>(
            Map.of(
                "bootstrap.servers",
                bootstrapServers,
                "fetch.max.wait.ms",
                "100",
                "max.poll.records",
                "5000"),
            new ByteArrayDeserializer(),
            new Unread());
    AtEnd.assign(consumer, Topics.SYNASTRY_LIVE);
  }

  /** Reads until it is closed. */
  @Override
  public @Nullable Void call() {
    try (consumer) {
      while (true) {
        var batch = consumer.poll(POLL);
        long now = System.nanoTime();
        batch.forEach(record -> read(record, now));
        records.addAndGet(batch.count());
      }
    } catch (WakeupException e) {
      return null;
    }
  }

  /** From now on latencies count; what loading took is nobody's latency. */
  void measure() {
    measuring = true;
  }

  /** Records read so far. */
  long records() {
    return records.get();
  }

  /** The latencies in microseconds since the last call. */
  Histogram latencies() {
    return micros.getIntervalHistogram();
  }

  @Override
  public void close() {
    consumer.wakeup();
  }

  private void read(ConsumerRecord<byte[], Object> record, long now) {
    byte[] key = record.key();
    Header id = record.headers().lastHeader("ce_id");
    if (!startsWith(key, TRANSIT) || id == null) {
      return;
    }
    long nanos = sky.saw(number(id.value(), key.length + 1), now);
    if (measuring && nanos >= 0) {
      micros.recordValue(Math.min(TimeUnit.NANOSECONDS.toMicros(nanos), LONGEST_MICROS));
    }
  }

  private static boolean startsWith(byte @Nullable [] bytes, byte[] beginning) {
    return bytes != null
        && bytes.length >= beginning.length
        && Arrays.equals(bytes, 0, beginning.length, beginning, 0, beginning.length);
  }

  /** The decimal number that begins at an index, or -1 if none does. */
  private static long number(byte[] ascii, int from) {
    long number = -1;
    for (int i = from; i < ascii.length && ascii[i] >= '0' && ascii[i] <= '9'; i++) {
      number = 10 * Math.max(number, 0) + ascii[i] - '0';
    }
    return number;
  }
}
