package io.cosmichub.topics;

import io.cosmichub.contracts.Header;
import io.cosmichub.contracts.InputRecord;
import io.cosmichub.contracts.OutputRecord;
import java.util.ArrayList;
import java.util.List;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.internals.RecordHeader;

/** From Kafka's records to those of the contract, and back. */
public final class KafkaRecords {

  private KafkaRecords() {}

  /** The record as it is: bytes, headers, where it lay and when; tombstones too. Never throws. */
  public static InputRecord input(ConsumerRecord<byte[], byte[]> kafka) {
    List<Header> headers = new ArrayList<>();
    kafka.headers().forEach(header -> headers.add(new Header(header.key(), header.value())));
    return new InputRecord(
        kafka.topic(),
        kafka.partition(),
        kafka.offset(),
        kafka.timestamp(),
        kafka.key(),
        kafka.value(),
        headers);
  }

  /**
   * The record as it is, for the topic that it names; its key chooses the partition, and without a
   * timestamp it gets the time of sending.
   */
  public static ProducerRecord<byte[], byte[]> output(OutputRecord encoded) {
    List<org.apache.kafka.common.header.Header> headers = new ArrayList<>(encoded.headers().size());
    for (Header header : encoded.headers()) {
      headers.add(new RecordHeader(header.name(), header.value()));
    }
    Long timestamp = encoded.timestamp() < 0 ? null : encoded.timestamp();
    return new ProducerRecord<>(
        encoded.topic(), null, timestamp, encoded.key(), encoded.value(), headers);
  }
}
