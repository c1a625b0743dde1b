package io.cosmichub.gateway.feed;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.cosmichub.gateway.state.CohortWindows;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.BiConsumer;
import java.util.function.Function;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/**
 * Reads a topic of windows of cohorts: the last windows, then each as it comes. One feed for each
 * topic, so that none waits for another that may not be there.
 */
final class CohortFeed implements Feed.Reader {
  /** Of each partition; a window of a cohort is some two thousand records in all at most. */
  private static final long LATEST = 20_000;

  private final String topic;
  private final Function<byte[], ObjectNode> json;
  private final CohortWindows windows;
  private final BiConsumer<String, String> told;
  private final Figures figures;
  private final Set<String> changed = new HashSet<>();

  /** {@code told} gets a cohort and what clients are told of it. */
  CohortFeed(
      String topic,
      Function<byte[], ObjectNode> json,
      CohortWindows windows,
      BiConsumer<String, String> told,
      Figures figures) {
    this.topic = topic;
    this.json = json;
    this.windows = windows;
    this.told = told;
    this.figures = figures;
  }

  @Override
  public void start(Consumer<byte[], byte[]> consumer) {
    KafkaClients.assignLatest(consumer, List.of(topic), LATEST);
  }

  @Override
  public void read(ConsumerRecord<byte[], byte[]> record) {
    byte[] value = record.value();
    if (value == null) {
      return;
    }
    try {
      String cohort = windows.apply(json.apply(value));
      if (cohort != null) {
        changed.add(cohort);
      }
    } catch (IllegalArgumentException e) {
      figures.unreadable(record, e);
    }
  }

  /** A window is many records: it is told once for all that came together. */
  @Override
  public void polled() {
    changed.forEach(cohort -> told.accept(cohort, windows.message(cohort)));
    changed.clear();
  }
}
