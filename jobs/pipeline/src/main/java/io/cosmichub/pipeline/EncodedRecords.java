package io.cosmichub.pipeline;

import io.cosmichub.contracts.Header;
import io.cosmichub.contracts.OutputRecord;
import java.util.ArrayList;
import java.util.List;
import org.apache.flink.connector.kafka.sink.KafkaRecordSerializationSchema;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.internals.RecordHeader;
import org.jspecify.annotations.Nullable;

/**
 * Hands an encoded record to the producer as it is, to the topic that it names; its key chooses the
 * partition. A record without a timestamp gets the time of sending, whatever its event time is.
 */
final class EncodedRecords implements KafkaRecordSerializationSchema<OutputRecord> {

  private static final long serialVersionUID = 1L;

  @Override
  public ProducerRecord<byte[], byte[]> serialize(
      OutputRecord encoded, KafkaSinkContext context, @Nullable Long eventTime) {
    Long timestamp = encoded.timestamp() < 0 ? null : encoded.timestamp();
    return new ProducerRecord<>(
        encoded.topic(),
        null,
        timestamp,
        encoded.key(),
        encoded.value(),
        headers(encoded.headers()));
  }

  private static List<org.apache.kafka.common.header.Header> headers(List<Header> headers) {
    List<org.apache.kafka.common.header.Header> kafka = new ArrayList<>(headers.size());
    for (Header header : headers) {
      kafka.add(new RecordHeader(header.name(), header.value()));
    }
    return kafka;
  }
}
