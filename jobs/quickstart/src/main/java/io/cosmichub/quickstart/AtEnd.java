package io.cosmichub.quickstart;

import java.util.List;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.common.TopicPartition;

/** Consumers without a group that begin where a topic ends now. */
final class AtEnd {

  private AtEnd() {}

  /** Assigns every partition of the topic and fixes the position at its end before it returns. */
  static void assign(Consumer<?, ?> consumer, String topic) {
    List<TopicPartition> partitions =
        consumer.partitionsFor(topic).stream()
            .map(info -> new TopicPartition(topic, info.partition()))
            .toList();
    consumer.assign(partitions);
    consumer.seekToEnd(partitions);
    partitions.forEach(consumer::position);
  }
}
