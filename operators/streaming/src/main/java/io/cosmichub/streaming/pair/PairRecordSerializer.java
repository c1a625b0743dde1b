package io.cosmichub.streaming.pair;

import io.cosmichub.pair.PairRecord;
import io.cosmichub.streaming.record.PackedSerializer;

/** Packs both sides of a pair. */
public final class PairRecordSerializer extends PackedSerializer<PairRecord> {

  @Override
  protected byte[] pack(PairRecord value) {
    return value.toBytes();
  }

  @Override
  protected PairRecord unpack(byte[] bytes) {
    return PairRecord.fromBytes(bytes);
  }

  @Override
  public Snapshot<PairRecord> snapshotConfiguration() {
    return new Format();
  }

  /** The layout of both sides of a pair, as a checkpoint remembers it. */
  public static final class Format extends Snapshot<PairRecord> {

    /** For Flink, which finds it by name. */
    public Format() {
      super(PairRecordSerializer::new);
    }
  }
}
