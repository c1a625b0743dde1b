package io.cosmichub.contracts;

import java.io.IOException;

/** Reads a {@code ChartUpdate}. */
final class ChartReader extends MessageReader<ChartDraft> {
  @Override
  void json(byte[] value, ChartDraft draft) throws Refusal, IOException {
    ChartJson.read(value, draft);
  }

  @Override
  void protobuf(byte[] value, ChartDraft draft) throws Refusal, IOException {
    ChartProtobuf.read(value, draft);
  }
}
