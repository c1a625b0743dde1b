package io.cosmichub.streaming.fanout;

import io.cosmichub.streaming.record.RecordSerializer;
import java.io.IOException;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;
import org.apache.flink.types.StringValue;

/** Writes a walk over a chart's members. */
public final class RoundSerializer extends RecordSerializer<Round> {

  private static final int VERSION = 1;

  /** The serializer of the current layout. */
  public RoundSerializer() {
    super(VERSION);
  }

  @Override
  protected void write(Round value, DataOutputView out) throws IOException {
    StringValue.writeString(value.chartId(), out);
    out.writeLong(value.effectiveAt());
    out.writeLong(value.ingestedAt());
    out.writeLong(value.nextAt());
  }

  @Override
  protected Round read(int writtenVersion, DataInputView in) throws IOException {
    return new Round(StringValue.readString(in), in.readLong(), in.readLong(), in.readLong());
  }

  @Override
  public Snapshot<Round> snapshotConfiguration() {
    return new Format();
  }

  /** The layout of a walk, as a checkpoint remembers it. */
  public static final class Format extends Snapshot<Round> {

    /** For Flink, which finds it by name. */
    public Format() {
      super(RoundSerializer::new);
    }
  }
}
