package io.cosmichub.contracts;

import com.google.protobuf.InvalidProtocolBufferException;
import io.cosmichub.contracts.v1.ControlRecord;
import io.cosmichub.serving.Control;

/** What holds under a name as bytes between steps and in state: the Protobuf of the topic. */
public final class ControlBytes {

  private ControlBytes() {}

  /** The bytes. */
  public static byte[] of(Control control) {
    return ControlMessages.write(control).toByteArray();
  }

  /** Reads {@link #of}; {@link IllegalArgumentException} on anything else. */
  public static Control read(byte[] bytes) {
    try {
      return ControlMessages.read(ControlRecord.parseFrom(bytes));
    } catch (InvalidProtocolBufferException | Refusal e) {
      throw new IllegalArgumentException("the bytes are not a control record", e);
    }
  }
}
