package io.cosmichub.contracts;

import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A record for an output topic. The codecs here leave {@code timestamp} at {@link #NO_TIMESTAMP},
 * so that the producer stamps the record when it sends it: event time may lie years back or hours
 * ahead, where retention or the broker's limits would lose the record. A null value is a tombstone.
 */
public final class OutputRecord {
  /** Let the producer stamp the record. */
  public static final long NO_TIMESTAMP = -1;

  private final String topic;
  private final byte @Nullable [] key;
  private final byte @Nullable [] value;
  private final List<Header> headers;
  private final long timestamp;

  public OutputRecord(
      String topic,
      byte @Nullable [] key,
      byte @Nullable [] value,
      List<Header> headers,
      long timestamp) {
    this.topic = Objects.requireNonNull(topic, "topic");
    this.key = key;
    this.value = value;
    this.headers = List.copyOf(headers);
    this.timestamp = timestamp;
  }

  public String topic() {
    return topic;
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

  public long timestamp() {
    return timestamp;
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof OutputRecord that
        && topic.equals(that.topic)
        && timestamp == that.timestamp
        && Arrays.equals(key, that.key)
        && Arrays.equals(value, that.value)
        && headers.equals(that.headers);
  }

  @Override
  public int hashCode() {
    return Objects.hash(topic, timestamp, headers)
        + 31 * Arrays.hashCode(key)
        + 961 * Arrays.hashCode(value);
  }

  /** Where the record goes, and nothing of what it says. */
  @Override
  public String toString() {
    return "OutputRecord["
        + topic
        + (value == null ? ", tombstone" : ", " + value.length + " bytes")
        + "]";
  }
}
