package io.cosmichub.streaming.fanout;

import io.cosmichub.chart.ChartRecord;
import io.cosmichub.streaming.record.PackedSerializer;

/** Packs all that is kept of a chart. */
public final class ChartRecordSerializer extends PackedSerializer<ChartRecord> {

  @Override
  protected byte[] pack(ChartRecord value) {
    return value.toBytes();
  }

  @Override
  protected ChartRecord unpack(byte[] bytes) {
    return ChartRecord.fromBytes(bytes);
  }

  @Override
  public Snapshot<ChartRecord> snapshotConfiguration() {
    return new Format();
  }

  /** The layout of all that is kept of a chart, as a checkpoint remembers it. */
  public static final class Format extends Snapshot<ChartRecord> {

    /** For Flink, which finds it by name. */
    public Format() {
      super(ChartRecordSerializer::new);
    }
  }
}
