package io.cosmichub.gateway.feed;

import java.util.concurrent.atomic.AtomicLong;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What is counted of the live topic; thread-safe. */
public final class Figures {
  private static final Logger LOG = LoggerFactory.getLogger(Figures.class);

  private final AtomicLong records = new AtomicLong();
  private final AtomicLong unreadable = new AtomicLong();
  private final AtomicLong newest = new AtomicLong();

  /** Live records read. */
  public long records() {
    return records.get();
  }

  /** Records that were no message, or of a policy that the gateway does not know. */
  public long unreadable() {
    return unreadable.get();
  }

  /** When Kafka had the newest record, in epoch milliseconds; 0 before the first. */
  public long newest() {
    return newest.get();
  }

  void live(long timestamp) {
    records.incrementAndGet();
    newest.accumulateAndGet(timestamp, Math::max);
  }

  void unreadable(ConsumerRecord<?, ?> record, IllegalArgumentException why) {
    unreadable.incrementAndGet();
    LOG.warn(
        "Cannot read {}-{}@{}: {}",
        record.topic(),
        record.partition(),
        record.offset(),
        why.getMessage());
  }
}
