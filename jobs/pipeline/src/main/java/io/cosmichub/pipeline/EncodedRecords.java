package io.cosmichub.pipeline;

import io.cosmichub.contracts.OutputRecord;
import io.cosmichub.topics.KafkaRecords;
import org.apache.flink.connector.kafka.sink.KafkaRecordSerializationSchema;
import org.apache.kafka.clients.producer.ProducerRecord;
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
    return KafkaRecords.output(encoded);
  }
}
