package io.cosmichub.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import io.cosmichub.contracts.InputRecord;
import io.cosmichub.contracts.OutputRecord;
import io.cosmichub.streaming.record.RecordTypes;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;
import org.apache.flink.api.common.functions.util.ListCollector;
import org.apache.flink.connector.kafka.sink.DefaultKafkaSinkContext;
import org.apache.flink.connector.kafka.sink.KafkaRecordSerializationSchema;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.junit.jupiter.api.Test;

final class KafkaRecordsTest {

  private static final KafkaRecordSerializationSchema.KafkaSinkContext CONTEXT =
      new DefaultKafkaSinkContext(0, 1, new Properties());

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  private static ProducerRecord<byte[], byte[]> handedOver(OutputRecord encoded) {
    return new EncodedRecords().serialize(encoded, CONTEXT, -62_135_596_800_000L);
  }

  @Test
  void theSourceTakesARecordAsItIsAndNamesItsTypeItself() {
    List<InputRecord> out = new ArrayList<>();

    new RawRecords()
        .deserialize(
            new ConsumerRecord<>("topic", 3, 42, bytes("key"), null), new ListCollector<>(out));

    assertThat(out)
        .containsExactly(new InputRecord("topic", 3, 42, -1, bytes("key"), null, List.of()));
    assertThat(new RawRecords().getProducedType()).isEqualTo(RecordTypes.INPUT_RECORD);
  }

  @Test
  void eventTimeIsNeverTheTimestampOnTheTopic() {
    assertThat(handedOver(new OutputRecord("t", null, null, List.of(), -1)).timestamp()).isNull();
    assertThat(handedOver(new OutputRecord("t", null, null, List.of(), 7)).timestamp())
        .isEqualTo(7);
  }
}
