package io.cosmichub.scan;

import io.cosmichub.contracts.OutputRecord;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.jspecify.annotations.Nullable;

/** Sends records to a broker, for tests. */
final class Sent implements AutoCloseable {

  private final KafkaProducer<byte[], byte[]> producer;

  Sent(String bootstrapServers) {
    producer =
        new KafkaProducer<>(
            Map.of("bootstrap.servers", bootstrapServers, "acks", "all"),
            new ByteArraySerializer(),
            new ByteArraySerializer());
  }

  void send(OutputRecord record) {
    ProducerRecord<byte[], byte[]> kafka =
        new ProducerRecord<>(record.topic(), record.key(), record.value());
    record.headers().forEach(header -> kafka.headers().add(header.name(), header.value()));
    var unused = producer.send(kafka);
  }

  void send(String topic, String key, @Nullable String value) {
    var unused =
        producer.send(
            new ProducerRecord<>(
                topic,
                key.getBytes(StandardCharsets.UTF_8),
                value == null ? null : value.getBytes(StandardCharsets.UTF_8)));
  }

  void flush() {
    producer.flush();
  }

  @Override
  public void close() {
    producer.close();
  }
}
