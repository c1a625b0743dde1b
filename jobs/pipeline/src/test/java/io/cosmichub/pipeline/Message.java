package io.cosmichub.pipeline;

import io.cosmichub.contracts.InputRecord;
import java.io.Serializable;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A record of a test, as text; a null value is a tombstone. */
record Message(String topic, String key, @Nullable String value) implements Serializable {

  private static final long TIMESTAMP = 1_767_225_600_000L;

  /** The record as it would lie in partition 0 at {@code offset}. */
  InputRecord at(long offset) {
    return new InputRecord(
        topic,
        0,
        offset,
        TIMESTAMP,
        key.getBytes(StandardCharsets.UTF_8),
        value == null ? null : value.getBytes(StandardCharsets.UTF_8),
        List.of());
  }
}
