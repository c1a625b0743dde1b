package io.cosmichub.contracts;

import io.cosmichub.contracts.v1.ControlRecord;
import java.io.IOException;

/** Reads a {@code ControlRecord}. */
final class ControlReader extends MessageReader<ControlRecord.Builder> {

  /** Below what Kafka takes for one record unless configured otherwise. */
  static final int MAX_VALUE_BYTES = 896 * 1024;

  @Override
  int maxValueBytes() {
    return MAX_VALUE_BYTES;
  }

  @Override
  void json(byte[] value, ControlRecord.Builder draft) throws Refusal, IOException {
    draft.mergeFrom(ControlJson.read(value));
  }

  @Override
  void protobuf(byte[] value, ControlRecord.Builder draft) throws Refusal, IOException {
    draft.mergeFrom(value);
  }
}
