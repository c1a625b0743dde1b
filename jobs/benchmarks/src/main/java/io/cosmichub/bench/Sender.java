package io.cosmichub.bench;

import io.cosmichub.contracts.OutputRecord;
import io.cosmichub.topics.KafkaRecords;
import java.util.Map;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/** A producer of the benchmark's own, at once and without waiting. */
final class Sender implements AutoCloseable {

  private final Producer<byte[], byte[]> producer;

  Sender(String bootstrapServers, String clientId) {
    producer =
        new KafkaProducer<>(
            Map.of("bootstrap.servers", bootstrapServers, "client.id", clientId, "linger.ms", "0"),
            new ByteArraySerializer(),
            new ByteArraySerializer());
  }

  /** Sends a record, and does not wait for it. */
  void send(OutputRecord record) {
    var unused = producer.send(KafkaRecords.output(record));
  }

  void flush() {
    producer.flush();
  }

  @Override
  public void close() {
    producer.close();
  }
}
