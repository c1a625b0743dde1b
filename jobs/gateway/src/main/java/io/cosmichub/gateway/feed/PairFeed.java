package io.cosmichub.gateway.feed;

import io.cosmichub.contracts.Topics;
import io.cosmichub.gateway.session.Hub;
import io.cosmichub.gateway.state.PairRecord;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.OffsetAndTimestamp;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.header.Header;
import org.jspecify.annotations.Nullable;

/**
 * Reads how pairs stand: first the compacted topics up to their ends, then the live topic from a
 * while before, so that what was not committed yet is in it.
 */
final class PairFeed implements Feed.Reader {
  private static final Duration POLL = Duration.ofMillis(200);

  private final Hub hub;
  private final Duration catchUp;
  private final Clock clock;
  private final Figures figures;

  /** Those of which a tombstone has been read since reading began: a life of theirs has ended. */
  private final Set<String> ended = new HashSet<>();

  PairFeed(Hub hub, Duration catchUp, Clock clock, Figures figures) {
    this.hub = hub;
    this.catchUp = catchUp;
    this.clock = clock;
    this.figures = figures;
  }

  @Override
  public void start(Consumer<byte[], byte[]> consumer) {
    List<TopicPartition> live = KafkaClients.partitions(consumer, List.of(Topics.SYNASTRY_LIVE));
    Map<TopicPartition, Long> from = liveStart(consumer, live);
    ended.clear();
    // The sets before the scores, which are kept only where there is a set.
    toTheEnd(consumer, Topics.SYNASTRY_ASPECTS);
    toTheEnd(consumer, Topics.SYNASTRY_SCORES);
    hub.tellKept(ended);
    ended.clear();
    consumer.assign(live);
    from.forEach(consumer::seek);
  }

  @Override
  public void read(ConsumerRecord<byte[], byte[]> record) {
    byte[] key = record.key();
    byte[] value = record.value();
    if (key == null || value == null) {
      return;
    }
    figures.live(record.timestamp());
    try {
      hub.record(
          new String(key, StandardCharsets.UTF_8), new PairRecord.Live(value, eventTime(record)));
    } catch (IllegalArgumentException e) {
      figures.unreadable(record, e);
    }
  }

  private Map<TopicPartition, Long> liveStart(
      Consumer<byte[], byte[]> consumer, List<TopicPartition> live) {
    Map<TopicPartition, Long> start = new HashMap<>(consumer.endOffsets(live));
    long since = clock.millis() - catchUp.toMillis();
    Map<TopicPartition, Long> times = new HashMap<>();
    live.forEach(partition -> times.put(partition, since));
    Map<TopicPartition, OffsetAndTimestamp> found = consumer.offsetsForTimes(times);
    found.forEach(
        (partition, offset) -> {
          if (offset != null) {
            start.put(partition, offset.offset());
          }
        });
    return start;
  }

  private void toTheEnd(Consumer<byte[], byte[]> consumer, String topic) {
    List<TopicPartition> partitions = KafkaClients.partitions(consumer, List.of(topic));
    consumer.assign(partitions);
    consumer.seekToBeginning(partitions);
    Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
    while (ends.entrySet().stream()
        .anyMatch(end -> consumer.position(end.getKey()) < end.getValue())) {
      ConsumerRecords<byte[], byte[]> records = consumer.poll(POLL);
      records.forEach(record -> keep(topic, record));
    }
  }

  private void keep(String topic, ConsumerRecord<byte[], byte[]> record) {
    byte[] key = record.key();
    if (key == null) {
      return;
    }
    String pairId = new String(key, StandardCharsets.UTF_8);
    byte[] value = record.value();
    if (topic.equals(Topics.SYNASTRY_SCORES)) {
      if (value != null) {
        hub.pairs().score(pairId, value);
      }
    } else if (value == null) {
      hub.pairs().remove(pairId);
      ended.add(pairId);
    } else {
      // Without its score yet: those who follow the pair are told once that has been read, too.
      hub.pairs().put(pairId, new PairRecord.Compacted(value, null, eventTime(record)));
    }
  }

  private static @Nullable String eventTime(ConsumerRecord<byte[], byte[]> record) {
    Header header = record.headers().lastHeader("ce_time");
    return header == null ? null : new String(header.value(), StandardCharsets.UTF_8);
  }
}
