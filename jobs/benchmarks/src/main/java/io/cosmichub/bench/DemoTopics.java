package io.cosmichub.bench;

import io.cosmichub.contracts.Topics;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.jspecify.annotations.Nullable;

/** Reads the live topic of a demo from now on, and when each move of the sky was sent. */
final class DemoTopics implements AutoCloseable {

  private static final String EVENT_ID = "ce_id";
  private static final String SKY = "sky";
  private static final Pattern REVISION = Pattern.compile("\"revision\":\"?(\\d+)");

  private final KafkaConsumer<byte[], byte[]> consumer;
  private final String ours;
  private final Awaited live;
  private final Map<Long, Long> skySentAt = new ConcurrentHashMap<>();
  private final Thread reader = new Thread(this::read, "benchmark-reader");
  private volatile boolean closed;

  /** Tells {@code live} what it sees of the pairs whose ids begin with {@code ours}. */
  DemoTopics(String bootstrapServers, String ours, Awaited live) {
    this.ours = ours;
    this.live = live;
    consumer =
        new KafkaConsumer<>(
            Map.of(
                "bootstrap.servers",
                bootstrapServers,
                "fetch.max.wait.ms",
                "100",
                "receive.buffer.bytes",
                "-1",
                "default.api.timeout.ms",
                "15000"),
            new ByteArrayDeserializer(),
            new ByteArrayDeserializer());
    List<TopicPartition> partitions;
    try {
      partitions = partitions();
    } catch (TimeoutException e) {
      consumer.close();
      throw new DemoEnded("there is no broker of a demo at " + bootstrapServers, e);
    }
    consumer.assign(partitions);
    consumer.seekToEnd(partitions);
    partitions.forEach(consumer::position);
    reader.start();
  }

  private List<TopicPartition> partitions() {
    return Stream.of(Topics.SYNASTRY_LIVE, Topics.CHART_MOVES)
        .flatMap(topic -> consumer.partitionsFor(topic).stream())
        .map(partition -> new TopicPartition(partition.topic(), partition.partition()))
        .toList();
  }

  /** When the producer made the record of this revision of the sky, in epoch milliseconds. */
  @Nullable Long skySentAt(long revision) {
    return skySentAt.get(revision);
  }

  private void read() {
    while (!closed) {
      var records = consumer.poll(Duration.ofMillis(20));
      long now = System.nanoTime();
      records.forEach(record -> read(record, now));
    }
    consumer.close();
  }

  private void read(ConsumerRecord<byte[], byte[]> record, long now) {
    String key = new String(record.key(), StandardCharsets.UTF_8);
    if (record.topic().equals(Topics.SYNASTRY_LIVE)) {
      Header id = record.headers().lastHeader(EVENT_ID);
      if (id != null && key.startsWith(ours)) {
        String[] parts = new String(id.value(), StandardCharsets.UTF_8).split("/", 3);
        live.seen(key, Long.parseLong(parts[1]), now);
      }
    } else if (key.equals(SKY) && record.value() != null) {
      Matcher revision = REVISION.matcher(new String(record.value(), StandardCharsets.UTF_8));
      if (revision.find()) {
        skySentAt.put(Long.parseLong(revision.group(1)), record.timestamp());
      }
    }
  }

  @Override
  public void close() throws InterruptedException {
    closed = true;
    reader.join();
  }
}
