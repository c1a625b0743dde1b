package io.cosmichub.contracts;

import java.util.ArrayList;
import java.util.List;

/**
 * Writes a refused record to the dead-letter topic of its input topic: its key, value and headers
 * as they were, and after them the headers that say where it lay and why it was refused, under the
 * names that Kafka Connect uses.
 */
public final class DeadLetterEncoder {
  /** The header with the stable code. */
  public static final String CODE = "cosmichub.dlq.code";

  public static final String TOPIC = "__connect.errors.topic";
  public static final String PARTITION = "__connect.errors.partition";
  public static final String OFFSET = "__connect.errors.offset";
  public static final String STAGE = "__connect.errors.stage";
  public static final String EXCEPTION_CLASS = "__connect.errors.exception.class.name";
  public static final String EXCEPTION_MESSAGE = "__connect.errors.exception.message";

  /** The dead letter of {@code origin}; {@code reason} must quote nothing of the payload. */
  public OutputRecord encode(InputRecord origin, DeadLetterCode code, String reason, String stage) {
    List<Header> headers = new ArrayList<>(origin.headers());
    headers.add(Header.of(TOPIC, origin.topic()));
    headers.add(Header.of(PARTITION, Integer.toString(origin.partition())));
    headers.add(Header.of(OFFSET, Long.toString(origin.offset())));
    headers.add(Header.of(STAGE, stage));
    headers.add(Header.of(EXCEPTION_CLASS, Refusal.class.getName()));
    headers.add(Header.of(EXCEPTION_MESSAGE, reason));
    headers.add(Header.of(CODE, code.name()));
    return new OutputRecord(
        Topics.deadLetters(origin.topic()),
        origin.key(),
        origin.value(),
        headers,
        OutputRecord.NO_TIMESTAMP);
  }
}
