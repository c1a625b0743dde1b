package io.cosmichub.quickstart;

import io.cosmichub.contracts.OutputRecord;
import io.cosmichub.topics.KafkaRecords;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/** Sends encoded records to their topics, in order and without duplicates. */
final class SampleProducer implements AutoCloseable {

  private final Producer<byte[], byte[]> producer;
  private final AtomicReference<Exception> failure = new AtomicReference<>();

  SampleProducer(String bootstrapServers) {
    this.producer =
        new KafkaProducer<>(
            Map.of("bootstrap.servers", bootstrapServers, "acks", "all", "linger.ms", "0"),
            new ByteArraySerializer(),
            new ByteArraySerializer());
  }

  /** Hands a record to Kafka without waiting for it. */
  void send(OutputRecord record) {
    var unused =
        producer.send(
            KafkaRecords.output(record),
            (sent, fault) -> {
              if (fault != null) {
                failure.compareAndSet(null, fault);
              }
            });
  }

  /** Waits for everything sent; throws the first fault. */
  void flush() throws Exception {
    producer.flush();
    Exception fault = failure.get();
    if (fault != null) {
      throw fault;
    }
  }

  @Override
  public void close() {
    producer.close();
  }
}
