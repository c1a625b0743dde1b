package io.cosmichub.streaming.fanout;

import io.cosmichub.fanout.FanOutCursor;
import io.cosmichub.streaming.record.PackedSerializer;

/** Packs how far a fan-out has come. */
public final class FanOutCursorSerializer extends PackedSerializer<FanOutCursor> {

  @Override
  protected byte[] pack(FanOutCursor value) {
    return value.toBytes();
  }

  @Override
  protected FanOutCursor unpack(byte[] bytes) {
    return FanOutCursor.fromBytes(bytes);
  }

  @Override
  public Snapshot<FanOutCursor> snapshotConfiguration() {
    return new Format();
  }

  /** The layout of how far a fan-out has come, as a checkpoint remembers it. */
  public static final class Format extends Snapshot<FanOutCursor> {

    /** For Flink, which finds it by name. */
    public Format() {
      super(FanOutCursorSerializer::new);
    }
  }
}
