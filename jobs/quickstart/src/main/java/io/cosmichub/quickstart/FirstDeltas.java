package io.cosmichub.quickstart;

import io.cosmichub.aspect.AspectPolicy;
import io.cosmichub.aspect.CellChange;
import io.cosmichub.aspect.ChangeKind;
import io.cosmichub.aspect.Hit;
import io.cosmichub.chart.Body;
import io.cosmichub.chart.MicroDegrees;
import io.cosmichub.contracts.SynastryReader;
import io.cosmichub.contracts.Topics;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.errors.WakeupException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.jspecify.annotations.Nullable;

/**
 * A read-committed consumer of the deltas that notes when the first one was there and puts a few
 * into words: some of pairs of people, then some of the moving sky.
 */
final class FirstDeltas implements Worker {

  private static final Duration POLL = Duration.ofMillis(200);
  private static final int OF_EACH_KIND = 3;
  private static final AspectPolicy POLICY = AspectPolicy.classic();

  private final KafkaConsumer<byte[], byte[]> consumer;
  private final SynastryReader reader = new SynastryReader(POLICY);
  private final BlockingQueue<String> words = new LinkedBlockingQueue<>();
  private final Set<String> told = new HashSet<>();
  private volatile boolean any;
  private int formed;
  private int moved;

  /** Takes its place at the end of the topic at once. */
  FirstDeltas(String bootstrapServers) {
    this.consumer =
        new KafkaConsumer<>(
            Map.of(
                "bootstrap.servers",
                bootstrapServers,
                "isolation.level",
                "read_committed",
                "max.poll.records",
                "500"),
            new ByteArrayDeserializer(),
            new ByteArrayDeserializer());
    AtEnd.assign(consumer, Topics.SYNASTRY_DELTAS);
  }

  /** Reads until all examples are found or it is closed. */
  @Override
  public @Nullable Void call() {
    try (consumer) {
      while (formed < OF_EACH_KIND || moved < OF_EACH_KIND) {
        consumer.poll(POLL).forEach(this::read);
      }
      return null;
    } catch (WakeupException e) {
      return null;
    }
  }

  /** Whether a delta has been committed. */
  boolean any() {
    return any;
  }

  /** The sentences found since the last call. */
  List<String> words() {
    List<String> found = new ArrayList<>();
    words.drainTo(found);
    return found;
  }

  @Override
  public void close() {
    consumer.wakeup();
  }

  private void read(ConsumerRecord<byte[], byte[]> record) {
    any = true;
    SynastryReader.Delta delta = reader.delta(record.value());
    if (delta.sequence() == 1 && !delta.closed()) {
      if (formed < OF_EACH_KIND && !delta.chartA().equals(SampleData.SKY)) {
        formed += tell(delta, ChangeKind.FORMED);
      }
    } else if (moved < OF_EACH_KIND) {
      moved += tell(delta, moved % 2 == 0 ? ChangeKind.FORMED : ChangeKind.DISSOLVED);
    }
  }

  /** Tells the first change of a kind, one for each pair; 1 if there was one. */
  private int tell(SynastryReader.Delta delta, ChangeKind kind) {
    for (CellChange change : delta.changes()) {
      if (change.kind() == kind && told.add(delta.pairId())) {
        words.add(sentence(delta, change));
        return 1;
      }
    }
    return 0;
  }

  /** Such as {@code couple-0001: sun trine moon formed, orb 1.23°}: the body of A comes first. */
  private static String sentence(SynastryReader.Delta delta, CellChange change) {
    boolean dissolved = change.kind() == ChangeKind.DISSOLVED;
    int hit = dissolved ? change.before() : change.after();
    return String.format(
        Locale.ROOT,
        "%s: %s %s %s %s %.2f°",
        delta.pairId(),
        body(change.row()),
        POLICY.aspect(Hit.code(hit)).id().replace('_', '-'),
        body(change.col()),
        dissolved ? "dissolved, orb was" : "formed, orb",
        MicroDegrees.toDegrees(Hit.orb(hit)));
  }

  private static String body(int slot) {
    return Body.ofSlot(slot).id().replace('_', ' ');
  }
}
