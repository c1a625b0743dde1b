package io.cosmichub.training;

import io.cosmichub.aspect.AspectPolicy;
import io.cosmichub.contracts.DeadLetterEncoder;
import io.cosmichub.contracts.SynastryReader;
import io.cosmichub.contracts.Topics;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;
import java.util.Set;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.jspecify.annotations.Nullable;

/**
 * Watches the committed scores, and the dead letters of the control topic, from the moment it is
 * made.
 */
final class FirstScore implements AutoCloseable {
  private static final Duration POLL = Duration.ofMillis(50);
  private static final String DEAD_LETTERS = Topics.deadLetters(Topics.CONTROL);

  private final KafkaConsumer<byte[], byte[]> consumer;
  private final SynastryReader reader = new SynastryReader(AspectPolicy.classic());
  private final String label;
  private long byOthers;

  /** Where a record lies that was sent. */
  record Place(int partition, long offset) {}

  /** What came. */
  sealed interface Outcome {

    /** The first score of a model, and how long it took. */
    record Scored(SynastryReader.Score score, Duration after) implements Outcome {}

    /** One of the records is a dead letter. */
    record Refused(String name, String code, String reason) implements Outcome {}

    /** Neither; so many scores by others came. */
    record Nothing(long byOthers) implements Outcome {}
  }

  /**
   * Watches for scores of the model with the label; {@link UsageException} if a topic is absent.
   */
  FirstScore(Properties properties, String label) {
    this.label = label;
    consumer =
        new KafkaConsumer<>(properties, new ByteArrayDeserializer(), new ByteArrayDeserializer());
    try {
      List<TopicPartition> partitions = new ArrayList<>();
      for (String topic : List.of(Topics.SYNASTRY_SCORES, DEAD_LETTERS)) {
        var infos = consumer.partitionsFor(topic);
        if (infos == null || infos.isEmpty()) {
          throw new UsageException("there is no topic " + topic);
        }
        infos.forEach(info -> partitions.add(new TopicPartition(topic, info.partition())));
      }
      consumer.assign(partitions);
      consumer.endOffsets(partitions).forEach(consumer::seek);
    } catch (RuntimeException e) {
      consumer.close();
      throw e;
    }
  }

  /** Waits for as long as {@code wait}; time counts from {@code began}, by the system's nanos. */
  Outcome await(Set<Place> sent, long began, Duration wait) {
    do {
      for (ConsumerRecord<byte[], byte[]> record : consumer.poll(POLL)) {
        Outcome outcome =
            record.topic().equals(DEAD_LETTERS) ? letter(record, sent) : score(record, began);
        if (outcome != null) {
          return outcome;
        }
      }
    } while (System.nanoTime() - began < wait.toNanos());
    return new Outcome.Nothing(byOthers);
  }

  private @Nullable Outcome score(ConsumerRecord<byte[], byte[]> record, long began) {
    if (record.value() == null) {
      return null;
    }
    SynastryReader.Score score = reader.score(record.value());
    if (!score.model().equals(label)) {
      byOthers++;
      return null;
    }
    return new Outcome.Scored(score, Duration.ofNanos(System.nanoTime() - began));
  }

  private static @Nullable Outcome letter(ConsumerRecord<byte[], byte[]> record, Set<Place> sent) {
    String partition = header(record, DeadLetterEncoder.PARTITION);
    String offset = header(record, DeadLetterEncoder.OFFSET);
    boolean ours =
        sent.stream()
            .anyMatch(
                place ->
                    Integer.toString(place.partition()).equals(partition)
                        && Long.toString(place.offset()).equals(offset));
    return ours
        ? new Outcome.Refused(
            record.key() == null ? "" : new String(record.key(), StandardCharsets.UTF_8),
            header(record, DeadLetterEncoder.CODE),
            header(record, DeadLetterEncoder.EXCEPTION_MESSAGE))
        : null;
  }

  private static String header(ConsumerRecord<byte[], byte[]> record, String name) {
    Header header = record.headers().lastHeader(name);
    return header == null || header.value() == null
        ? ""
        : new String(header.value(), StandardCharsets.UTF_8);
  }

  @Override
  public void close() {
    consumer.close();
  }
}
