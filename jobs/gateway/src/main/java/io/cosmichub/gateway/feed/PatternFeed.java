package io.cosmichub.gateway.feed;

import io.cosmichub.contracts.Topics;
import io.cosmichub.gateway.session.Hub;
import io.cosmichub.gateway.state.FoundPatterns;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/**
 * Reads what comes together: the last windows, then each as it comes. A feed of its own, so that
 * figures do not wait for a topic that may not be there.
 */
final class PatternFeed implements Feed.Reader {
  /** Of each partition; a window of a cohort is some fifty records in all. */
  private static final long LATEST = 20_000;

  private final Hub hub;
  private final Figures figures;
  private final TopicJson json = new TopicJson();
  private final FoundPatterns patterns = new FoundPatterns();
  private final Set<String> changed = new HashSet<>();

  PatternFeed(Hub hub, Figures figures) {
    this.hub = hub;
    this.figures = figures;
  }

  @Override
  public void start(Consumer<byte[], byte[]> consumer) {
    KafkaClients.assignLatest(consumer, List.of(Topics.POPULATION_PATTERNS), LATEST);
  }

  @Override
  public void read(ConsumerRecord<byte[], byte[]> record) {
    byte[] value = record.value();
    if (value == null) {
      return;
    }
    try {
      String cohort = patterns.apply(json.pattern(value));
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
    changed.forEach(cohort -> hub.patterns(cohort, patterns.message(cohort)));
    changed.clear();
  }
}
