package io.cosmichub.quickstart;

import java.nio.ByteBuffer;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.serialization.Deserializer;
import org.jspecify.annotations.Nullable;

/** For values that no one looks at: none is copied out of the batch. */
final class Unread implements Deserializer<Object> {

  @Override
  public @Nullable Object deserialize(String topic, byte @Nullable [] value) {
    return null;
  }

  @Override
  public @Nullable Object deserialize(String topic, Headers headers, @Nullable ByteBuffer value) {
    return null;
  }
}
