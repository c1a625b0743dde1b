package io.cosmichub.contracts;

import java.io.IOException;

/** Reads a {@code PairWatch}. */
final class WatchReader extends MessageReader<WatchDraft> {
  @Override
  void json(byte[] value, WatchDraft draft) throws Refusal, IOException {
    WatchJson.read(value, draft);
  }

  @Override
  void protobuf(byte[] value, WatchDraft draft) throws Refusal, IOException {
    WatchProtobuf.read(value, draft);
  }
}
