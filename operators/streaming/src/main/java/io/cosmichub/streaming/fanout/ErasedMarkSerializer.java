package io.cosmichub.streaming.fanout;

import io.cosmichub.chart.ErasedMark;
import io.cosmichub.streaming.record.PackedSerializer;

/** Packs what stays of an erased chart. */
public final class ErasedMarkSerializer extends PackedSerializer<ErasedMark> {

  @Override
  protected byte[] pack(ErasedMark value) {
    return value.toBytes();
  }

  @Override
  protected ErasedMark unpack(byte[] bytes) {
    return ErasedMark.fromBytes(bytes);
  }

  @Override
  public Snapshot<ErasedMark> snapshotConfiguration() {
    return new Format();
  }

  /** The layout of what stays of an erased chart, as a checkpoint remembers it. */
  public static final class Format extends Snapshot<ErasedMark> {

    /** For Flink, which finds it by name. */
    public Format() {
      super(ErasedMarkSerializer::new);
    }
  }
}
