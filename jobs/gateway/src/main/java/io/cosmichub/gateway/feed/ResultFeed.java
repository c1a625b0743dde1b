package io.cosmichub.gateway.feed;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.cosmichub.contracts.Topics;
import io.cosmichub.gateway.session.Hub;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;

/** Reads where experiments stand, from the beginning of a compacted topic. */
final class ResultFeed implements Feed.Reader {
  private final Hub hub;
  private final Figures figures;
  private final TopicJson json = new TopicJson();
  private final Map<String, ObjectNode> results = new TreeMap<>();
  private boolean changed;

  ResultFeed(Hub hub, Figures figures) {
    this.hub = hub;
    this.figures = figures;
  }

  @Override
  public void start(Consumer<byte[], byte[]> consumer) {
    List<TopicPartition> partitions =
        KafkaClients.partitions(consumer, List.of(Topics.EXPERIMENT_RESULTS));
    consumer.assign(partitions);
    consumer.seekToBeginning(partitions);
  }

  @Override
  public void read(ConsumerRecord<byte[], byte[]> record) {
    byte[] key = record.key();
    byte[] value = record.value();
    if (key == null) {
      return;
    }
    String experiment = new String(key, StandardCharsets.UTF_8);
    if (value == null) {
      changed |= results.remove(experiment) != null;
      return;
    }
    try {
      results.put(experiment, json.result(value));
      changed = true;
    } catch (IllegalArgumentException e) {
      figures.unreadable(record, e);
    }
  }

  @Override
  public void polled() {
    if (changed) {
      ObjectNode message = JsonNodeFactory.instance.objectNode().put("type", "experiments");
      message.putArray("experiments").addAll(results.values());
      hub.experiments(message.toString());
      changed = false;
    }
  }
}
