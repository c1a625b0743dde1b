package io.cosmichub.training;

import io.cosmichub.contracts.Header;
import io.cosmichub.contracts.InputRecord;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.function.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.PartitionInfo;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/**
 * Reads topics from where they begin to where they ended when the reading began; what is not
 * committed is passed over. Joins no group and commits nothing.
 */
final class TopicReader {
  private static final Duration POLL = Duration.ofMillis(500);
  private static final int MOST_EMPTY_POLLS = 60;

  private final Properties properties = new Properties();
  private final String bootstrapServers;

  /** {@code more} are settings of the client, such as those of its security. */
  TopicReader(String bootstrapServers, Properties more) {
    this.bootstrapServers = bootstrapServers;
    properties.put("default.api.timeout.ms", "15000");
    properties.putAll(more);
    properties.put("bootstrap.servers", bootstrapServers);
    properties.put("client.id", "cosmichub-training");
    properties.put("enable.auto.commit", "false");
    properties.put("isolation.level", "read_committed");
    properties.put("auto.offset.reset", "earliest");
  }

  /**
   * Gives every record to the receiver, each partition in its order; {@link UsageException} if a
   * topic is not there or its brokers do not answer.
   */
  void read(List<String> topics, Consumer<InputRecord> receiver) {
    try (KafkaConsumer<byte[], byte[]> consumer =
        new KafkaConsumer<>(properties, new ByteArrayDeserializer(), new ByteArrayDeserializer())) {
      List<TopicPartition> partitions = partitions(consumer, topics);
      Map<TopicPartition, Long> ends = new HashMap<>(consumer.endOffsets(partitions));
      consumer.assign(partitions);
      consumer.seekToBeginning(partitions);
      read(consumer, ends, receiver);
    } catch (KafkaException e) {
      throw new UsageException(
          "the topics at " + bootstrapServers + " cannot be read: " + e.getMessage(), e);
    }
  }

  private void read(
      KafkaConsumer<byte[], byte[]> consumer,
      Map<TopicPartition, Long> ends,
      Consumer<InputRecord> receiver) {
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
          receiver.accept(input(record));
          read = true;
        }
      }
      empty = read ? 0 : empty + 1;
      if (empty > MOST_EMPTY_POLLS) {
        throw new UsageException(
            "the brokers at " + bootstrapServers + " gave nothing more before the topics' ends");
      }
    }
  }

  private static List<TopicPartition> partitions(
      KafkaConsumer<byte[], byte[]> consumer, List<String> topics) {
    List<TopicPartition> partitions = new ArrayList<>();
    for (String topic : topics) {
      List<PartitionInfo> infos = consumer.partitionsFor(topic);
      if (infos == null || infos.isEmpty()) {
        throw new UsageException("there is no topic " + topic);
      }
      infos.forEach(info -> partitions.add(new TopicPartition(topic, info.partition())));
    }
    return partitions;
  }

  private static InputRecord input(ConsumerRecord<byte[], byte[]> record) {
    List<Header> headers = new ArrayList<>();
    record.headers().forEach(header -> headers.add(new Header(header.key(), header.value())));
    return new InputRecord(
        record.topic(),
        record.partition(),
        record.offset(),
        record.timestamp(),
        record.key(),
        record.value(),
        headers);
  }
}
