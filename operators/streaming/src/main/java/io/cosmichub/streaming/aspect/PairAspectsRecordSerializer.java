package io.cosmichub.streaming.aspect;

import io.cosmichub.pair.PairAspectsRecord;
import io.cosmichub.streaming.record.PackedSerializer;

/** Packs the aspects of a pair. */
public final class PairAspectsRecordSerializer extends PackedSerializer<PairAspectsRecord> {

  @Override
  protected byte[] pack(PairAspectsRecord value) {
    return value.toBytes();
  }

  @Override
  protected PairAspectsRecord unpack(byte[] bytes) {
    return PairAspectsRecord.fromBytes(bytes);
  }

  @Override
  public Snapshot<PairAspectsRecord> snapshotConfiguration() {
    return new Format();
  }

  /** The layout of the aspects of a pair, as a checkpoint remembers it. */
  public static final class Format extends Snapshot<PairAspectsRecord> {

    /** For Flink, which finds it by name. */
    public Format() {
      super(PairAspectsRecordSerializer::new);
    }
  }
}
