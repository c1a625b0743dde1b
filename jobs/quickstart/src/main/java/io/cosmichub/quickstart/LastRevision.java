package io.cosmichub.quickstart;

import io.cosmichub.chart.ChartUpdate;
import io.cosmichub.contracts.ChartUpdateDecoder;
import io.cosmichub.contracts.Decoded;
import io.cosmichub.contracts.Topics;
import io.cosmichub.topics.KafkaRecords;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.internals.BuiltInPartitioner;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/** Finds in the input topics how far a chart of an earlier run got. */
final class LastRevision {

  /** No record of the chart. */
  static final long NONE = -1;

  private static final Duration POLL = Duration.ofMillis(200);
  private static final long FAR_ENOUGH_BACK = 10_000;

  private final ChartUpdateDecoder decoder;

  LastRevision(ChartUpdateDecoder decoder) {
    this.decoder = decoder;
  }

  /** The highest revision among the latest updates and moves of the chart, or {@link #NONE}. */
  long of(String chartId, String bootstrapServers) {
    byte[] key = chartId.getBytes(StandardCharsets.UTF_8);
    try (KafkaConsumer<byte[], byte[]> consumer =
        new KafkaConsumer<>(
            Map.of("bootstrap.servers", bootstrapServers),
            new ByteArrayDeserializer(),
            new ByteArrayDeserializer())) {
      return Stream.of(Topics.CHART_UPDATES, Topics.CHART_MOVES)
          .mapToLong(topic -> highest(consumer, partition(consumer, topic, key), key))
          .max()
          .orElse(NONE);
    }
  }

  private static TopicPartition partition(
      KafkaConsumer<byte[], byte[]> consumer, String topic, byte[] key) {
    int partitions = consumer.partitionsFor(topic).size();
    return new TopicPartition(topic, BuiltInPartitioner.partitionForKey(key, partitions));
  }

  private long highest(
      KafkaConsumer<byte[], byte[]> consumer, TopicPartition partition, byte[] key) {
    List<TopicPartition> only = List.of(partition);
    consumer.assign(only);
    long end = consumer.endOffsets(only).getOrDefault(partition, 0L);
    long begin = consumer.beginningOffsets(only).getOrDefault(partition, 0L);
    consumer.seek(partition, Math.max(begin, end - FAR_ENOUGH_BACK));
    long highest = NONE;
    while (consumer.position(partition) < end) {
      for (ConsumerRecord<byte[], byte[]> record : consumer.poll(POLL)) {
        if (Arrays.equals(record.key(), key)) {
          highest = Math.max(highest, revision(record));
        }
      }
    }
    return highest;
  }

  private long revision(ConsumerRecord<byte[], byte[]> record) {
    Decoded<ChartUpdate> decoded = decoder.decode(KafkaRecords.input(record));
    return decoded instanceof Decoded.Value<ChartUpdate> value ? value.value().revision() : NONE;
  }
}
