package io.cosmichub.bench;

import io.cosmichub.contracts.OutputRecord;
import io.cosmichub.contracts.Topics;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.IntStream;
import org.HdrHistogram.ConcurrentHistogram;
import org.HdrHistogram.Histogram;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/**
 * The time from handing a chart update to a producer until a consumer of the live topic holds what
 * it changed in a pair, at a given rate of updates.
 */
final class Latency implements AutoCloseable {

  private static final int LIVE_PARTITIONS = 8;
  private static final long LONGEST_MICROS = 60_000_000;
  private static final String EVENT_ID = "ce_id";

  private final Session session;
  private final Histogram micros = new ConcurrentHistogram(LONGEST_MICROS, 3);
  private final Map<Long, Long> sentAt = new ConcurrentHashMap<>();
  private final AtomicBoolean closed = new AtomicBoolean();
  private final Thread reader;

  /** Reads the live topic from now on. */
  Latency(Session session) throws InterruptedException {
    this.session = session;
    KafkaConsumer<byte[], byte[]> consumer =
        new KafkaConsumer<>(
            Map.of(
                "bootstrap.servers",
                session.bootstrapServers(),
                "fetch.max.wait.ms",
                "100",
                "receive.buffer.bytes",
                "-1"),
            new ByteArrayDeserializer(),
            new ByteArrayDeserializer());
    List<TopicPartition> partitions =
        IntStream.range(0, LIVE_PARTITIONS)
            .mapToObj(partition -> new TopicPartition(Topics.SYNASTRY_LIVE, partition))
            .toList();
    consumer.assign(partitions);
    consumer.seekToEnd(partitions);
    partitions.forEach(consumer::position);
    reader = new Thread(() -> read(consumer), "benchmark-reader");
    reader.start();
  }

  /**
   * Sends {@code perSecond} moves of popular charts a second, evenly, for a while, in which event
   * time goes as the clock does.
   */
  void drive(Workload workload, int perSecond, Duration length) throws InterruptedException {
    workload.pace(Duration.ofSeconds(1).dividedBy(perSecond));
    long start = System.nanoTime();
    long interval = TimeUnit.SECONDS.toNanos(1) / perSecond;
    long count = length.toNanos() / interval;
    for (long i = 0; i < count; i++) {
      long due = start + i * interval;
      while (System.nanoTime() < due) {
        TimeUnit.NANOSECONDS.sleep(due - System.nanoTime());
      }
      int chart = workload.popular();
      OutputRecord move = workload.move(chart);
      sentAt.put(key(chart, workload.revision(chart)), System.nanoTime());
      session.send(move);
    }
    session.flush();
  }

  /** Forgets what was measured so far. */
  void forget() {
    micros.reset();
  }

  /** Microseconds. */
  Histogram micros() {
    return micros;
  }

  private void read(KafkaConsumer<byte[], byte[]> consumer) {
    try (consumer) {
      while (!closed.get()) {
        var records = consumer.poll(Duration.ofMillis(20));
        long now = System.nanoTime();
        records.forEach(record -> record(record, now));
      }
    }
  }

  private void record(ConsumerRecord<byte[], byte[]> live, long now) {
    String[] id =
        new String(live.headers().lastHeader(EVENT_ID).value(), StandardCharsets.UTF_8)
            .split("/", 3);
    if (!Workload.isPair(id[0])) {
      return;
    }
    Long sent = sentAt.get(key(Workload.moverOf(id[0]), Integer.parseInt(id[1])));
    if (sent != null) {
      micros.recordValue(Math.min(LONGEST_MICROS, (now - sent) / 1_000));
    }
  }

  private static long key(int chart, int revision) {
    return (long) chart << Integer.SIZE | revision;
  }

  @Override
  public void close() throws InterruptedException {
    closed.set(true);
    reader.join();
  }
}
