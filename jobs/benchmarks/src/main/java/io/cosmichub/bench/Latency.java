package io.cosmichub.bench;

import io.cosmichub.contracts.OutputRecord;
import io.cosmichub.contracts.Topics;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.ObjLongConsumer;
import java.util.stream.IntStream;
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
  private static final String EVENT_ID = "ce_id";

  private final Session session;
  private final ObjLongConsumer<String> others;
  private final Lateness lateness = new Lateness();
  private final AtomicBoolean closed = new AtomicBoolean();
  private final Thread reader;

  /** Reads the live topic from now on. */
  Latency(Session session) throws InterruptedException {
    this(session, (id, nanos) -> {});
  }

  /** The same; {@code others} get the ids of records of other pairs, and when they came. */
  Latency(Session session, ObjLongConsumer<String> others) throws InterruptedException {
    this.session = session;
    this.others = others;
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
      lateness.sent(chart, workload.revision(chart), System.nanoTime());
      session.send(move);
    }
    session.flush();
  }

  /** Forgets what was measured so far; what was sent before is not measured any more. */
  void forget() {
    Histogram unused = lateness.begin();
  }

  /** Microseconds. */
  Histogram micros() {
    return lateness.micros();
  }

  /** How late which updates are. */
  Lateness lateness() {
    return lateness;
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
    String id = new String(live.headers().lastHeader(EVENT_ID).value(), StandardCharsets.UTF_8);
    if (!Workload.isPair(id)) {
      others.accept(id, now);
      return;
    }
    String[] parts = id.split("/", 3);
    lateness.seen(Workload.moverOf(parts[0]), Integer.parseInt(parts[1]), now);
  }

  @Override
  public void close() throws InterruptedException {
    closed.set(true);
    reader.join();
  }
}
