package io.cosmichub.gateway.feed;

import io.cosmichub.contracts.Topics;
import io.cosmichub.gateway.session.Hub;
import io.cosmichub.gateway.state.BestLists;
import io.cosmichub.gateway.state.FoundPatterns;
import io.cosmichub.gateway.state.Trends;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.errors.WakeupException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One thread that reads topics until it is closed, and begins again where it fails. */
public final class Feed implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Feed.class);
  private static final Duration POLL = Duration.ofMillis(200);
  private static final long PAUSE_MILLIS = 1_000;
  private static final long PATIENCE_MILLIS = 5_000;

  /** What is done with the records. */
  interface Reader {
    /** Assigns partitions and positions. */
    void start(Consumer<byte[], byte[]> consumer);

    void read(ConsumerRecord<byte[], byte[]> record);

    /** All records that came together have been read. */
    default void polled() {}
  }

  private final String name;
  private final KafkaClients clients;
  private final Reader reader;
  private final Thread thread;
  private volatile boolean stopped;
  private volatile boolean caughtUp;

  Feed(String name, KafkaClients clients, Reader reader) {
    this.name = name;
    this.clients = clients;
    this.reader = reader;
    this.thread = new Thread(this::run, "gateway-" + name);
    thread.setDaemon(true);
  }

  /** Reads how pairs stand. */
  public static Feed pairs(
      KafkaClients clients, Hub hub, Duration catchUp, Clock clock, Figures figures) {
    return new Feed("pairs", clients, new PairFeed(hub, catchUp, clock, figures));
  }

  /** Reads where charts stand, and which pairs are watched. */
  public static Feed charts(KafkaClients clients, Hub hub, Clock clock) {
    return new Feed("charts", clients, new ChartFeed(hub, clock));
  }

  /** Reads the figures of the population. */
  public static Feed trends(KafkaClients clients, Hub hub, Figures figures) {
    CohortFeed feed =
        new CohortFeed(
            Topics.POPULATION_TRENDS, new TopicJson()::trend, new Trends(), hub::trends, figures);
    return new Feed("trends", clients, feed);
  }

  /** Reads what comes together in the population. */
  public static Feed patterns(KafkaClients clients, Hub hub, Figures figures) {
    CohortFeed feed =
        new CohortFeed(
            Topics.POPULATION_PATTERNS,
            new TopicJson()::pattern,
            new FoundPatterns(),
            hub::patterns,
            figures);
    return new Feed("patterns", clients, feed);
  }

  /** Reads the best matches of charts that have changed. */
  public static Feed matches(KafkaClients clients, BestLists lists, Figures figures) {
    BestFeed feed = new BestFeed(Topics.CHART_MATCHES, new TopicJson()::matches, lists, figures);
    return new Feed("matches", clients, feed);
  }

  /** Reads the best matches of charts in the newest scan. */
  public static Feed scan(KafkaClients clients, BestLists lists, Figures figures) {
    BestFeed feed =
        new BestFeed(Topics.POPULATION_MATCHES, new TopicJson()::scanned, lists, figures);
    return new Feed("scan", clients, feed);
  }

  /** Reads where experiments stand. */
  public static Feed results(KafkaClients clients, Hub hub, Figures figures) {
    return new Feed("results", clients, new ResultFeed(hub, figures));
  }

  public void start() {
    thread.start();
  }

  /** Whether all has been read that was there when reading began, for the last time. */
  public boolean caughtUp() {
    return caughtUp;
  }

  @Override
  public void close() {
    stopped = true;
    thread.interrupt();
    try {
      thread.join(PATIENCE_MILLIS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void run() {
    boolean said = false;
    while (!stopped) {
      try (Consumer<byte[], byte[]> consumer = clients.consumer(name)) {
        reader.start(consumer);
        said = false;
        read(consumer);
      } catch (InterruptException | WakeupException e) {
        LOG.debug("{} is interrupted", name);
      } catch (RuntimeException e) {
        if (!said) { // until it has worked once more
          LOG.warn("Reading {} failed and is tried again: {}", name, e.toString());
          said = true;
        }
      }
      caughtUp = false; // as at the start
      pause();
    }
  }

  private void read(Consumer<byte[], byte[]> consumer) {
    Map<TopicPartition, Long> ends = consumer.endOffsets(List.copyOf(consumer.assignment()));
    while (!stopped) {
      consumer.poll(POLL).forEach(reader::read);
      reader.polled();
      if (!caughtUp) {
        caughtUp =
            ends.entrySet().stream()
                .allMatch(end -> consumer.position(end.getKey()) >= end.getValue());
      }
    }
  }

  private void pause() {
    try {
      if (!stopped) {
        Thread.sleep(PAUSE_MILLIS);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      stopped = true;
    }
  }
}
