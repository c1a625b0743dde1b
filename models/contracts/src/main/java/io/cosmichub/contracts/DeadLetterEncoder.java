package io.cosmichub.contracts;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Writes a refused record to the dead-letter topic of its input topic: its key, value and headers
 * as they were, and after them the headers that say where it lay and why it was refused, under the
 * names that Kafka Connect uses. A record that would no longer fit into one of Kafka's default size
 * is cut, and says so in {@link #CUT}.
 */
public final class DeadLetterEncoder {
  /** The header with the stable code. */
  public static final String CODE = "cosmichub.dlq.code";

  /** The header of a cut record: how many bytes key, value and headers had. */
  public static final String CUT = "cosmichub.dlq.cut";

  public static final String TOPIC = "__connect.errors.topic";
  public static final String PARTITION = "__connect.errors.partition";
  public static final String OFFSET = "__connect.errors.offset";
  public static final String STAGE = "__connect.errors.stage";
  public static final String EXCEPTION_CLASS = "__connect.errors.exception.class.name";
  public static final String EXCEPTION_MESSAGE = "__connect.errors.exception.message";

  /*
   * Kafka takes 1 MiB for one record unless configured otherwise, and a producer that is given more fails the job, again and again.
   * A compressed batch may well bring a larger one in. So beyond a limit that leaves room for our own headers, a key or headers
   * larger than any honest ones are left out, and the value is cut to what remains.
   */
  private static final int MAX_BYTES = 1_000_000;
  private static final int MAX_KEY_BYTES = 64 * 1024;
  private static final int MAX_HEADER_BYTES = 64 * 1024;

  /** The dead letter of {@code origin}; {@code reason} must quote nothing of the payload. */
  public OutputRecord encode(InputRecord origin, DeadLetterCode code, String reason, String stage) {
    byte[] key = origin.key();
    byte[] value = origin.value();
    List<Header> headers = new ArrayList<>(origin.headers());
    long bytes = length(key) + length(value) + length(headers);
    if (bytes > MAX_BYTES) {
      String cut = "key=" + length(key) + " value=" + length(value) + " headers=" + length(headers);
      if (length(key) > MAX_KEY_BYTES) {
        key = null;
      }
      if (length(headers) > MAX_HEADER_BYTES) {
        headers.clear();
      }
      long room = MAX_BYTES - length(key) - length(headers);
      if (value != null && value.length > room) {
        value = Arrays.copyOf(value, (int) room);
      }
      headers.add(Header.of(CUT, cut));
    }
    headers.add(Header.of(TOPIC, origin.topic()));
    headers.add(Header.of(PARTITION, Integer.toString(origin.partition())));
    headers.add(Header.of(OFFSET, Long.toString(origin.offset())));
    headers.add(Header.of(STAGE, stage));
    headers.add(Header.of(EXCEPTION_CLASS, Refusal.class.getName()));
    headers.add(Header.of(EXCEPTION_MESSAGE, reason));
    headers.add(Header.of(CODE, code.name()));
    return new OutputRecord(
        Topics.deadLetters(origin.topic()), key, value, headers, OutputRecord.NO_TIMESTAMP);
  }

  private static long length(byte @Nullable [] bytes) {
    return bytes == null ? 0 : bytes.length;
  }

  /** With what Kafka writes around a header: two lengths. */
  private static long length(List<Header> headers) {
    long bytes = 0;
    for (Header header : headers) {
      bytes += header.name().getBytes(StandardCharsets.UTF_8).length + length(header.value()) + 10;
    }
    return bytes;
  }
}
