package io.cosmichub.topics;

import io.cosmichub.contracts.InputRecord;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.function.Consumer;
import org.apache.kafka.clients.consumer.CloseOptions;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.PartitionInfo;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/**
 * Reads topics from where they begin to where they end when the reading begins; what is not
 * committed is passed over. Joins no group, commits nothing and creates no topic.
 */
public final class TopicReader implements AutoCloseable {

  private static final Duration POLL = Duration.ofMillis(500);
  private static final Duration CLOSE = Duration.ofSeconds(5);
  private static final int ANSWER_MILLIS = 15_000;
  private static final int MOST_EMPTY_POLLS = 60;

  private final KafkaConsumer<byte[], byte[]> consumer;
  private final String brokers;

  /** With properties for Kafka's client; a {@link TopicException} if it refuses them. */
  public TopicReader(Properties client) {
    Properties properties = new Properties();
    properties.put(ConsumerConfig.DEFAULT_API_TIMEOUT_MS_CONFIG, ANSWER_MILLIS);
    properties.putAll(client);
    properties.put(ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_committed");
    properties.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "earliest");
    properties.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, "false");
    properties.put(ConsumerConfig.ALLOW_AUTO_CREATE_TOPICS_CONFIG, "false");
    brokers = String.valueOf(client.get(ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG));
    try {
      consumer =
          new KafkaConsumer<>(properties, new ByteArrayDeserializer(), new ByteArrayDeserializer());
    } catch (KafkaException e) {
      throw new TopicException("Kafka's client refuses its properties: " + e.getMessage(), e);
    }
  }

  /** A {@link TopicException} if one of the topics is not there, or no broker answers. */
  public void require(Collection<String> topics) {
    try {
      List<TopicPartition> unused = partitions(topics);
    } catch (KafkaException e) {
      throw unreadable(e);
    }
  }

  /**
   * Hands over every record, each partition in its order; a {@link TopicException} if one of the
   * topics is not there, or the brokers do not give all of them.
   */
  public void read(Collection<String> topics, Consumer<InputRecord> receiver) {
    try {
      List<TopicPartition> partitions = partitions(topics);
      Map<TopicPartition, Long> ends = new HashMap<>(consumer.endOffsets(partitions));
      consumer.assign(partitions);
      consumer.seekToBeginning(partitions);
      read(ends, receiver);
    } catch (KafkaException e) {
      throw unreadable(e);
    }
  }

  @Override
  public void close() {
    consumer.close(CloseOptions.timeout(CLOSE));
  }

  private void read(Map<TopicPartition, Long> ends, Consumer<InputRecord> receiver) {
    int empty = 0;
    while (true) {
      // A position passes what the log holds besides records, such as the marks of transactions.
      ends.entrySet().removeIf(end -> consumer.position(end.getKey()) >= end.getValue());
      if (ends.isEmpty()) {
        return;
      }
      consumer.assign(ends.keySet());
      boolean read = false;
      for (ConsumerRecord<byte[], byte[]> record : consumer.poll(POLL)) {
        Long end = ends.get(new TopicPartition(record.topic(), record.partition()));
        if (end != null && record.offset() < end) {
          receiver.accept(KafkaRecords.input(record));
          read = true;
        }
      }
      empty = read ? 0 : empty + 1;
      if (empty > MOST_EMPTY_POLLS) {
        throw new TopicException(
            "the brokers at " + brokers + " gave nothing more before the topics' ends");
      }
    }
  }

  private List<TopicPartition> partitions(Collection<String> topics) {
    List<TopicPartition> partitions = new ArrayList<>();
    for (String topic : topics) {
      List<PartitionInfo> infos = consumer.partitionsFor(topic);
      if (infos == null || infos.isEmpty()) {
        throw new TopicException("there is no topic " + topic + " at " + brokers);
      }
      infos.forEach(info -> partitions.add(new TopicPartition(topic, info.partition())));
    }
    return partitions;
  }

  private TopicException unreadable(KafkaException e) {
    return new TopicException("the topics at " + brokers + " cannot be read: " + e.getMessage(), e);
  }
}
