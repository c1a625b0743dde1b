package io.cosmichub.quickstart;

import io.cosmichub.contracts.Header;
import io.cosmichub.contracts.OutputRecord;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.internals.RecordHeader;
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
    List<org.apache.kafka.common.header.Header> headers =
        record.headers().stream().map(SampleProducer::header).toList();
    var unused =
        producer.send(
            new ProducerRecord<>(record.topic(), null, null, record.key(), record.value(), headers),
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

  private static org.apache.kafka.common.header.Header header(Header header) {
    return new RecordHeader(header.name(), header.value());
  }
}
