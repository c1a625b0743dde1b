package io.cosmichub.streaming.exposure;

import io.cosmichub.serving.Exposure;
import io.cosmichub.streaming.record.RecordSerializer;
import java.io.IOException;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;
import org.apache.flink.types.StringValue;

/** Writes an exposure. */
public final class ExposureSerializer extends RecordSerializer<Exposure> {

  private static final int VERSION = 1;

  /** The serializer of the current layout. */
  public ExposureSerializer() {
    super(VERSION);
  }

  @Override
  protected void write(Exposure value, DataOutputView out) throws IOException {
    StringValue.writeString(value.unit(), out);
    StringValue.writeString(value.experiment(), out);
    StringValue.writeString(value.arm(), out);
    out.writeLong(value.at());
  }

  @Override
  protected Exposure read(int writtenVersion, DataInputView in) throws IOException {
    return new Exposure(
        StringValue.readString(in),
        StringValue.readString(in),
        StringValue.readString(in),
        in.readLong());
  }

  @Override
  public Snapshot<Exposure> snapshotConfiguration() {
    return new Format();
  }

  /** The layout of an exposure, as a checkpoint remembers it. */
  public static final class Format extends Snapshot<Exposure> {

    /** For Flink, which finds it by name. */
    public Format() {
      super(ExposureSerializer::new);
    }
  }
}
