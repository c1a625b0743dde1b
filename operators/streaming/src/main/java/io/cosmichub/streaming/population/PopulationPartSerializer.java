package io.cosmichub.streaming.population;

import io.cosmichub.streaming.record.Fields;
import io.cosmichub.streaming.record.RecordSerializer;
import java.io.IOException;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;
import org.apache.flink.types.StringValue;

/** Writes a part of a window. */
public final class PopulationPartSerializer extends RecordSerializer<PopulationPart> {

  private static final int VERSION = 1;

  /** The serializer of the current layout. */
  public PopulationPartSerializer() {
    super(VERSION);
  }

  @Override
  protected void write(PopulationPart value, DataOutputView out) throws IOException {
    StringValue.writeString(value.cohort(), out);
    out.writeLong(value.start());
    out.writeLong(value.end());
    Fields.writeBytes(value.bytes(), out);
  }

  @Override
  protected PopulationPart read(int writtenVersion, DataInputView in) throws IOException {
    return new PopulationPart(
        StringValue.readString(in), in.readLong(), in.readLong(), Fields.readBytes(in));
  }

  @Override
  public Snapshot<PopulationPart> snapshotConfiguration() {
    return new Format();
  }

  /** The layout of a part of a window, as a checkpoint remembers it. */
  public static final class Format extends Snapshot<PopulationPart> {

    /** For Flink, which finds it by name. */
    public Format() {
      super(PopulationPartSerializer::new);
    }
  }
}
