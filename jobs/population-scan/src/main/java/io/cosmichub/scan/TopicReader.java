package io.cosmichub.scan;

import io.cosmichub.quickstart.UsageException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.function.Consumer;
import org.apache.kafka.clients.consumer.CloseOptions;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/**
 * Reads a topic from its beginning to where it ends when the reading begins: what is committed, in
 * the order of each partition.
 */
final class TopicReader implements AutoCloseable {

  private static final Duration POLL = Duration.ofMillis(500);
  private static final Duration CLOSE = Duration.ofSeconds(5);
  private static final int ANSWER_MILLIS = 15_000;

  private final KafkaConsumer<byte[], byte[]> consumer;
  private final String address;

  /**
   * With properties for Kafka's clients; without a group, so that nothing is left on the broker.
   */
  TopicReader(Properties clients) {
    Properties properties = new Properties();
    properties.put(ConsumerConfig.DEFAULT_API_TIMEOUT_MS_CONFIG, ANSWER_MILLIS);
    properties.putAll(clients);
    properties.put(ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_committed");
    properties.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, "false");
    properties.put(ConsumerConfig.ALLOW_AUTO_CREATE_TOPICS_CONFIG, "false");
    address = String.valueOf(clients.get(ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG));
    try {
      consumer =
          new KafkaConsumer<>(properties, new ByteArrayDeserializer(), new ByteArrayDeserializer());
    } catch (KafkaException e) {
      throw new UsageException("Kafka's client refuses its properties: " + e.getMessage(), e);
    }
  }

  /** The partitions of a topic; a {@link UsageException} if there is none, or no broker answers. */
  List<TopicPartition> partitions(String topic) {
    List<TopicPartition> partitions;
    try {
      partitions =
          consumer.partitionsFor(topic).stream()
              .map(partition -> new TopicPartition(topic, partition.partition()))
              .toList();
    } catch (KafkaException e) {
      throw new UsageException("cannot read topics at " + address + ": " + e.getMessage(), e);
    }
    if (partitions.isEmpty()) {
      throw new UsageException("there is no topic " + topic + " at " + address);
    }
    return partitions;
  }

  /** Hands over all records of a topic. */
  void read(String topic, Consumer<ConsumerRecord<byte[], byte[]>> each) {
    List<TopicPartition> partitions = partitions(topic);
    consumer.assign(partitions);
    consumer.seekToBeginning(partitions);
    Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
    while (ends.entrySet().stream()
        .anyMatch(end -> consumer.position(end.getKey()) < end.getValue())) {
      for (ConsumerRecord<byte[], byte[]> record : consumer.poll(POLL)) {
        long end = ends.getOrDefault(new TopicPartition(topic, record.partition()), 0L);
        if (record.offset() < end) {
          each.accept(record);
        }
      }
    }
  }

  @Override
  public void close() {
    consumer.close(CloseOptions.timeout(CLOSE));
  }
}
