package io.cosmichub.quickstart;

import io.cosmichub.contracts.Topics;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;

/** How far the job's consumer group is behind the ends of the input topics, as Kafka sees it. */
final class ConsumerLag {

  private final Admin admin;
  private final String groupId;
  private final Map<TopicPartition, OffsetSpec> partitions;

  ConsumerLag(Admin admin, String groupId) throws ExecutionException, InterruptedException {
    this.admin = admin;
    this.groupId = groupId;
    this.partitions =
        admin.describeTopics(Topics.inputs()).allTopicNames().get().values().stream()
            .flatMap(ConsumerLag::partitions)
            .collect(Collectors.toMap(partition -> partition, partition -> OffsetSpec.latest()));
  }

  /** Records not yet committed by the group, which commits at each checkpoint. */
  long records() throws ExecutionException, InterruptedException {
    Map<TopicPartition, OffsetAndMetadata> committed =
        admin.listConsumerGroupOffsets(groupId).partitionsToOffsetAndMetadata().get();
    return admin.listOffsets(partitions).all().get().entrySet().stream()
        .mapToLong(
            end -> {
              OffsetAndMetadata at = committed.get(end.getKey());
              return end.getValue().offset() - (at == null ? 0 : at.offset());
            })
        .sum();
  }

  private static Stream<TopicPartition> partitions(TopicDescription topic) {
    return topic.partitions().stream()
        .map(info -> new TopicPartition(topic.name(), info.partition()));
  }
}
