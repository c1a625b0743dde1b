package io.cosmichub.gateway.feed;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.cosmichub.gateway.state.BestLists;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.function.Function;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;

/** Reads a compacted topic of best matches from its beginning. */
final class BestFeed implements Feed.Reader {
  private final String topic;
  private final Function<byte[], ObjectNode> json;
  private final BestLists lists;
  private final Figures figures;

  BestFeed(String topic, Function<byte[], ObjectNode> json, BestLists lists, Figures figures) {
    this.topic = topic;
    this.json = json;
    this.lists = lists;
    this.figures = figures;
  }

  @Override
  public void start(Consumer<byte[], byte[]> consumer) {
    List<TopicPartition> partitions = KafkaClients.partitions(consumer, List.of(topic));
    consumer.assign(partitions);
    consumer.seekToBeginning(partitions);
  }

  @Override
  public void read(ConsumerRecord<byte[], byte[]> record) {
    byte[] value = record.value();
    if (record.key() == null) {
      return;
    }
    String key = new String(record.key(), StandardCharsets.UTF_8);
    if (value == null) {
      lists.remove(key);
      return;
    }
    try {
      lists.put(key, json.apply(value).toString().getBytes(StandardCharsets.UTF_8));
    } catch (IllegalArgumentException e) {
      figures.unreadable(record, e);
    }
  }
}
