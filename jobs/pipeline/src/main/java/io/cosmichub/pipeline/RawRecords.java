package io.cosmichub.pipeline;

import io.cosmichub.contracts.InputRecord;
import io.cosmichub.streaming.record.RecordTypes;
import io.cosmichub.topics.KafkaRecords;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.connector.kafka.source.reader.deserializer.KafkaRecordDeserializationSchema;
import org.apache.flink.util.Collector;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/**
 * Takes a Kafka record as it is: bytes, headers, where it lay and when; tombstones too. Never
 * throws.
 */
final class RawRecords implements KafkaRecordDeserializationSchema<InputRecord> {

  private static final long serialVersionUID = 1L;

  @Override
  public void deserialize(ConsumerRecord<byte[], byte[]> kafka, Collector<InputRecord> out) {
    out.collect(KafkaRecords.input(kafka));
  }

  @Override
  public TypeInformation<InputRecord> getProducedType() {
    return RecordTypes.INPUT_RECORD;
  }
}
