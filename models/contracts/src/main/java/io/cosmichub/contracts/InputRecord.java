package io.cosmichub.contracts;

import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A record of an input topic as Kafka gave it, kept whole so that it can be dead-lettered with its
 * bytes at any later step. Key and value are shared, not copied, and must not be written to; {@code
 * timestamp} is in epoch milliseconds, negative where unknown.
 */
public final class InputRecord {
  private final String topic;
  private final int partition;
  private final long offset;
  private final long timestamp;
  private final byte @Nullable [] key;
  private final byte @Nullable [] value;
  private final List<Header> headers;

  public InputRecord(
      String topic,
      int partition,
      long offset,
      long timestamp,
      byte @Nullable [] key,
      byte @Nullable [] value,
      List<Header> headers) {
    this.topic = Objects.requireNonNull(topic, "topic");
    this.partition = partition;
    this.offset = offset;
    this.timestamp = timestamp;
    this.key = key;
    this.value = value;
    this.headers = List.copyOf(headers);
  }

  public String topic() {
    return topic;
  }

  public int partition() {
    return partition;
  }

  public long offset() {
    return offset;
  }

  public long timestamp() {
    return timestamp;
  }

  public byte @Nullable [] key() {
    return key;
  }

  public byte @Nullable [] value() {
    return value;
  }

  public List<Header> headers() {
    return headers;
  }

  /** The last header of this name, as Kafka's own rule has it; null where there is none. */
  public @Nullable Header lastHeader(String name) {
    for (int i = headers.size() - 1; i >= 0; i--) {
      Header header = headers.get(i);
      if (header.name().equals(name)) {
        return header;
      }
    }
    return null;
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof InputRecord that
        && topic.equals(that.topic)
        && partition == that.partition
        && offset == that.offset
        && timestamp == that.timestamp
        && Arrays.equals(key, that.key)
        && Arrays.equals(value, that.value)
        && headers.equals(that.headers);
  }

  @Override
  public int hashCode() {
    return Objects.hash(topic, partition, offset, timestamp, headers)
        + 31 * Arrays.hashCode(key)
        + 961 * Arrays.hashCode(value);
  }

  /** Where the record lies, and nothing of what it says. */
  @Override
  public String toString() {
    return "InputRecord[" + topic + "-" + partition + "@" + offset + "]";
  }
}
