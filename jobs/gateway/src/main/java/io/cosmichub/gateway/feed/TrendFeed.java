package io.cosmichub.gateway.feed;

import io.cosmichub.contracts.Topics;
import io.cosmichub.gateway.session.Hub;
import io.cosmichub.gateway.state.Trends;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/** Reads the figures of the population: the last windows, then each as it comes. */
final class TrendFeed implements Feed.Reader {
  /** Of each partition; a window of a cohort is some two thousand records in all. */
  private static final long LATEST = 20_000;

  private final Hub hub;
  private final Figures figures;
  private final TopicJson json = new TopicJson();
  private final Trends trends = new Trends();
  private final Set<String> changed = new HashSet<>();

  TrendFeed(Hub hub, Figures figures) {
    this.hub = hub;
    this.figures = figures;
  }

  @Override
  public void start(Consumer<byte[], byte[]> consumer) {
    KafkaClients.assignLatest(consumer, List.of(Topics.POPULATION_TRENDS), LATEST);
  }

  @Override
  public void read(ConsumerRecord<byte[], byte[]> record) {
    byte[] value = record.value();
    if (value == null) {
      return;
    }
    try {
      String cohort = trends.apply(json.trend(value));
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
    changed.forEach(cohort -> hub.trends(cohort, trends.message(cohort)));
    changed.clear();
  }
}
