package io.cosmichub.streaming.feedback;

import io.cosmichub.streaming.record.Fields;
import io.cosmichub.streaming.record.RecordSerializer;
import java.io.IOException;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;
import org.apache.flink.types.StringValue;

/** Writes where an experiment stands. */
public final class ResultUpdateSerializer extends RecordSerializer<ResultUpdate> {

  private static final int VERSION = 1;

  /** The serializer of the current layout. */
  public ResultUpdateSerializer() {
    super(VERSION);
  }

  @Override
  protected void write(ResultUpdate value, DataOutputView out) throws IOException {
    StringValue.writeString(value.experiment(), out);
    Fields.writeOptionalBytes(value.content(), out);
    out.writeLong(value.at());
  }

  @Override
  protected ResultUpdate read(int writtenVersion, DataInputView in) throws IOException {
    return new ResultUpdate(
        StringValue.readString(in), Fields.readOptionalBytes(in), in.readLong());
  }

  @Override
  public Snapshot<ResultUpdate> snapshotConfiguration() {
    return new Format();
  }

  /** The layout of where an experiment stands, as a checkpoint remembers it. */
  public static final class Format extends Snapshot<ResultUpdate> {

    /** For Flink, which finds it by name. */
    public Format() {
      super(ResultUpdateSerializer::new);
    }
  }
}
