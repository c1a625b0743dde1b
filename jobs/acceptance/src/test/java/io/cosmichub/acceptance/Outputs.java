package io.cosmichub.acceptance;

import io.cosmichub.acceptance.Await.Deadline;
import io.cosmichub.acceptance.Messages.Aspects;
import io.cosmichub.acceptance.Messages.Delta;
import io.cosmichub.acceptance.Messages.Score;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.TreeMap;
import java.util.function.BooleanSupplier;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.PartitionInfo;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.jspecify.annotations.Nullable;

/**
 * A read-committed consumer of topics from their beginning that keeps whatever it saw: every record
 * by topic, the latest value by key of the compacted ones, and a fold for each pair that fails at
 * once when a delta is lost or doubled.
 */
final class Outputs implements AutoCloseable {

  static final String LIVE = "cosmichub.synastry.live.v1";
  static final String DELTAS = "cosmichub.synastry.deltas.v1";
  static final String ASPECTS = "cosmichub.synastry.aspects.v1";
  static final String SCORES = "cosmichub.synastry.scores.v1";
  static final String EXPOSURES = "cosmichub.experiment.exposures.v1";
  static final String RESULTS = "cosmichub.experiment.results.v1";
  static final List<String> SYNASTRY = List.of(LIVE, DELTAS, ASPECTS, SCORES);

  private static final Duration PATIENCE = Duration.ofMinutes(1);
  private static final Duration POLL = Duration.ofMillis(50);

  private final KafkaConsumer<byte[], byte[]> consumer;
  private final Map<String, List<ConsumerRecord<byte[], byte[]>>> seen = new TreeMap<>();
  private final Map<String, Map<String, ConsumerRecord<byte[], byte[]>>> latest = new TreeMap<>();
  private final Map<String, List<Delta>> deltas = new LinkedHashMap<>();
  private final Map<String, Fold> folds = new LinkedHashMap<>();

  Outputs(String bootstrapServers, Collection<String> topics) {
    Properties properties = new Properties();
    properties.put(ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG, bootstrapServers);
    properties.put(ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_committed");
    properties.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "earliest");
    properties.put(ConsumerConfig.MAX_POLL_RECORDS_CONFIG, 10_000);
    consumer =
        new KafkaConsumer<>(properties, new ByteArrayDeserializer(), new ByteArrayDeserializer());
    List<TopicPartition> partitions = new ArrayList<>();
    for (String topic : topics) {
      for (PartitionInfo partition : partitions(topic)) {
        partitions.add(new TopicPartition(topic, partition.partition()));
      }
    }
    consumer.assign(partitions);
    consumer.seekToBeginning(partitions);
  }

  /** Takes what is there, for a moment at most; the number of records. */
  int poll() {
    int count = 0;
    for (ConsumerRecord<byte[], byte[]> message : consumer.poll(POLL)) {
      take(message);
      count++;
    }
    return count;
  }

  /** Reads on until the condition holds. */
  void await(String what, Duration limit, BooleanSupplier reached) {
    Deadline deadline = Deadline.in(limit);
    while (!reached.getAsBoolean()) {
      deadline.check(what, this::figures);
      poll();
    }
  }

  /** Reads until the end offsets of now, so that whatever is committed has been seen. */
  void drain(Duration limit) {
    Map<TopicPartition, Long> ends = consumer.endOffsets(consumer.assignment());
    await(
        "the committed end of the output topics",
        limit,
        () ->
            ends.entrySet().stream()
                .allMatch(end -> consumer.position(end.getKey()) >= end.getValue()));
  }

  List<ConsumerRecord<byte[], byte[]>> all(String topic) {
    return Collections.unmodifiableList(seen.getOrDefault(topic, List.of()));
  }

  /** The records of one key, in the order of their partition. */
  List<ConsumerRecord<byte[], byte[]>> of(String topic, String key) {
    return all(topic).stream().filter(message -> Messages.key(message).equals(key)).toList();
  }

  /** The latest record of a key, a tombstone included. */
  @Nullable ConsumerRecord<byte[], byte[]> latest(String topic, String key) {
    return latest.getOrDefault(topic, Map.of()).get(key);
  }

  /** Whether the latest record of a key is a tombstone. */
  boolean erased(String topic, String key) {
    ConsumerRecord<byte[], byte[]> message = latest(topic, key);
    return message != null && message.value() == null;
  }

  /** The latest aspect set of a pair; null if there is none or it is erased. */
  @Nullable Aspects aspects(String pairId) {
    ConsumerRecord<byte[], byte[]> message = latest(ASPECTS, pairId);
    return message == null || message.value() == null ? null : Messages.aspects(message);
  }

  /** The latest score of a pair; null if there is none or it is erased. */
  @Nullable Score score(String pairId) {
    ConsumerRecord<byte[], byte[]> message = latest(SCORES, pairId);
    return message == null || message.value() == null ? null : Messages.score(message);
  }

  /** Every committed delta of a pair, in order. */
  List<Delta> deltas(String pairId) {
    return Collections.unmodifiableList(deltas.getOrDefault(pairId, List.of()));
  }

  /** The committed deltas of a pair, folded. */
  Fold fold(String pairId) {
    return folds.computeIfAbsent(pairId, id -> new Fold());
  }

  /** How many deltas are committed in all. */
  int deltaCount() {
    return all(DELTAS).size();
  }

  @Override
  public void close() {
    consumer.close();
  }

  /** A broker that has just started may not have its topics yet. */
  private List<PartitionInfo> partitions(String topic) {
    Deadline deadline = Deadline.in(PATIENCE);
    List<PartitionInfo> known = consumer.partitionsFor(topic);
    while (known == null || known.isEmpty()) {
      deadline.check("partitions of " + topic, () -> "");
      Await.pause();
      known = consumer.partitionsFor(topic);
    }
    return known;
  }

  private void take(ConsumerRecord<byte[], byte[]> message) {
    seen.computeIfAbsent(message.topic(), topic -> new ArrayList<>()).add(message);
    String key = Messages.key(message);
    latest.computeIfAbsent(message.topic(), topic -> new LinkedHashMap<>()).put(key, message);
    if (message.topic().equals(DELTAS)) {
      Delta delta = Messages.delta(message);
      if (!delta.pairId().equals(key)) {
        throw new AssertionError("a delta of " + delta.pairId() + " under the key " + key);
      }
      deltas.computeIfAbsent(key, id -> new ArrayList<>()).add(delta);
      fold(key).add(delta);
    }
  }

  private String figures() {
    Map<String, Integer> counts = new TreeMap<>();
    seen.forEach((topic, messages) -> counts.put(topic, messages.size()));
    return "seen so far: " + counts;
  }
}
