package io.cosmichub.streaming.population;

import io.cosmichub.streaming.record.RecordSerializer;
import java.io.IOException;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;
import org.apache.flink.types.StringValue;

/** Writes a late change. */
public final class LateChangeSerializer extends RecordSerializer<LateChange> {

  private static final int VERSION = 1;

  /** The serializer of the current layout. */
  public LateChangeSerializer() {
    super(VERSION);
  }

  @Override
  protected void write(LateChange value, DataOutputView out) throws IOException {
    StringValue.writeString(value.cohort(), out);
    out.writeBoolean(value.pair());
    StringValue.writeString(value.id(), out);
    out.writeLong(value.eventTime());
    out.writeLong(value.windowStart());
    out.writeLong(value.windowEnd());
    out.writeLong(value.now());
  }

  @Override
  protected LateChange read(int writtenVersion, DataInputView in) throws IOException {
    return new LateChange(
        StringValue.readString(in),
        in.readBoolean(),
        StringValue.readString(in),
        in.readLong(),
        in.readLong(),
        in.readLong(),
        in.readLong());
  }

  @Override
  public Snapshot<LateChange> snapshotConfiguration() {
    return new Format();
  }

  /** The layout of a late change, as a checkpoint remembers it. */
  public static final class Format extends Snapshot<LateChange> {

    /** For Flink, which finds it by name. */
    public Format() {
      super(LateChangeSerializer::new);
    }
  }
}
