package io.cosmichub.topics;

import static org.assertj.core.api.Assertions.assertThat;

import io.cosmichub.contracts.Header;
import io.cosmichub.contracts.InputRecord;
import io.cosmichub.contracts.OutputRecord;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.record.TimestampType;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

final class KafkaRecordsTest {

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  private static InputRecord taken(
      byte @Nullable [] key, byte @Nullable [] value, RecordHeaders headers) {
    return KafkaRecords.input(
        new ConsumerRecord<>(
            "topic",
            3,
            42,
            1_000,
            TimestampType.CREATE_TIME,
            0,
            0,
            key,
            value,
            headers,
            Optional.empty()));
  }

  @Test
  void aRecordIsTakenAsItIs() {
    RecordHeaders headers = new RecordHeaders();
    headers.add("twice", bytes("1")).add("twice", bytes("2")).add("empty", null);
    byte[] noText = {(byte) 0xff, 0, (byte) 0xfe};

    assertThat(taken(bytes("key"), noText, headers))
        .isEqualTo(
            new InputRecord(
                "topic",
                3,
                42,
                1_000,
                bytes("key"),
                noText,
                List.of(
                    Header.of("twice", "1"), Header.of("twice", "2"), new Header("empty", null))));
  }

  @Test
  void aTombstoneAndARecordWithoutKeyAreTakenToo() {
    assertThat(taken(bytes("key"), null, new RecordHeaders()).value()).isNull();
    assertThat(taken(null, bytes("value"), new RecordHeaders()).key()).isNull();
  }

  @Test
  void anEncodedRecordIsHandedOverAsItIs() {
    byte[] key = bytes("couple-0001");
    byte[] value = bytes("{}");

    ProducerRecord<byte[], byte[]> kafka =
        KafkaRecords.output(
            new OutputRecord(
                "topic",
                key,
                value,
                List.of(Header.of("a", "1"), new Header("b", null)),
                OutputRecord.NO_TIMESTAMP));

    assertThat(kafka.topic()).isEqualTo("topic");
    assertThat(kafka.key()).isSameAs(key);
    assertThat(kafka.value()).isSameAs(value);
    assertThat(kafka.partition()).isNull();
    assertThat(kafka.headers().lastHeader("a").value()).isEqualTo(bytes("1"));
    assertThat(kafka.headers().lastHeader("b").value()).isNull();
  }

  @Test
  void theTimestampIsThatOfTheRecordOrThatOfSending() {
    List<Header> none = List.of();
    assertThat(KafkaRecords.output(new OutputRecord("t", null, null, none, -1)).timestamp())
        .isNull();
    assertThat(KafkaRecords.output(new OutputRecord("t", null, null, none, 7)).timestamp())
        .isEqualTo(7);
  }

  @Test
  void aTombstoneIsHandedOver() {
    OutputRecord tombstone = new OutputRecord("topic", bytes("key"), null, List.of(), -1);

    assertThat(KafkaRecords.output(tombstone).value()).isNull();
    assertThat(KafkaRecords.output(tombstone).key()).isEqualTo(bytes("key"));
  }
}
