package io.cosmichub.streaming.watch;

import io.cosmichub.pair.WatchEntry;
import io.cosmichub.streaming.record.PackedSerializer;

/** Packs the watch in force of a pair. */
public final class WatchEntrySerializer extends PackedSerializer<WatchEntry> {

  @Override
  protected byte[] pack(WatchEntry value) {
    return value.toBytes();
  }

  @Override
  protected WatchEntry unpack(byte[] bytes) {
    return WatchEntry.fromBytes(bytes);
  }

  @Override
  public Snapshot<WatchEntry> snapshotConfiguration() {
    return new Format();
  }

  /** The layout of the watch in force of a pair, as a checkpoint remembers it. */
  public static final class Format extends Snapshot<WatchEntry> {

    /** For Flink, which finds it by name. */
    public Format() {
      super(WatchEntrySerializer::new);
    }
  }
}
