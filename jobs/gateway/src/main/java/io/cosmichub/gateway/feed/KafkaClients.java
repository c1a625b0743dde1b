package io.cosmichub.gateway.feed;

import io.cosmichub.gateway.settings.GatewayConfig;
import java.util.Collection;
import java.util.List;
import java.util.Properties;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/** Makes Kafka's clients: consumers without a group, each of which reads all; one producer. */
public final class KafkaClients {
  private final GatewayConfig.Kafka config;

  public KafkaClients(GatewayConfig.Kafka config) {
    this.config = config;
  }

  Consumer<byte[], byte[]> consumer(String name) {
    Properties properties = properties(name);
    properties.put("enable.auto.commit", "false");
    properties.put("isolation.level", "read_committed");
    properties.put("auto.offset.reset", "earliest");
    properties.put("allow.auto.create.topics", "false");
    properties.put("fetch.max.wait.ms", "100");
    // Sized by the system: what overflows Kafka's own 64 KiB on the loopback comes 200 ms late.
    properties.put("receive.buffer.bytes", "-1");
    return new KafkaConsumer<>(
        properties, new ByteArrayDeserializer(), new ByteArrayDeserializer());
  }

  /** Idempotent, and answered by all replicas. */
  Producer<byte[], byte[]> producer() {
    Properties properties = properties("writer");
    properties.put("enable.idempotence", "true");
    properties.put("acks", "all");
    properties.put("delivery.timeout.ms", "15000");
    properties.put("request.timeout.ms", "5000");
    properties.put("max.block.ms", "5000");
    return new KafkaProducer<>(properties, new ByteArraySerializer(), new ByteArraySerializer());
  }

  /** Every partition of the topics; a topic that is not there is a {@link NoTopic}. */
  static List<TopicPartition> partitions(
      Consumer<byte[], byte[]> consumer, Collection<String> topics) {
    return topics.stream()
        .flatMap(
            topic -> {
              var infos = consumer.partitionsFor(topic);
              if (infos == null || infos.isEmpty()) {
                throw new NoTopic(topic);
              }
              return infos.stream().map(info -> new TopicPartition(topic, info.partition()));
            })
        .toList();
  }

  /** Takes every partition of the topics, from so many records before its end. */
  static void assignLatest(
      Consumer<byte[], byte[]> consumer, Collection<String> topics, long records) {
    List<TopicPartition> partitions = partitions(consumer, topics);
    consumer.assign(partitions);
    consumer
        .endOffsets(partitions)
        .forEach((partition, end) -> consumer.seek(partition, Math.max(0, end - records)));
  }

  /** A topic is not there, or not yet. */
  static final class NoTopic extends RuntimeException {
    private static final long serialVersionUID = 1L;

    NoTopic(String topic) {
      super("there is no topic " + topic);
    }
  }

  private Properties properties(String name) {
    Properties properties = new Properties();
    properties.putAll(config.properties());
    properties.put("bootstrap.servers", config.bootstrapServers());
    properties.put("client.id", "cosmichub-gateway-" + name);
    return properties;
  }
}
