package io.cosmichub.streaming.control;

import io.cosmichub.serving.ControlMark;
import io.cosmichub.streaming.record.RecordSerializer;
import java.io.IOException;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;
import org.apache.flink.types.StringValue;

/** Writes what was applied last under a name. */
public final class ControlMarkSerializer extends RecordSerializer<ControlMark> {

  private static final int VERSION = 1;

  /** The serializer of the current layout. */
  public ControlMarkSerializer() {
    super(VERSION);
  }

  @Override
  protected void write(ControlMark value, DataOutputView out) throws IOException {
    out.writeLong(value.version());
    StringValue.writeString(value.digest(), out);
  }

  @Override
  protected ControlMark read(int writtenVersion, DataInputView in) throws IOException {
    return new ControlMark(in.readLong(), StringValue.readString(in));
  }

  @Override
  public Snapshot<ControlMark> snapshotConfiguration() {
    return new Format();
  }

  /** The layout of what was applied last, as a checkpoint remembers it. */
  public static final class Format extends Snapshot<ControlMark> {

    /** For Flink, which finds it by name. */
    public Format() {
      super(ControlMarkSerializer::new);
    }
  }
}
