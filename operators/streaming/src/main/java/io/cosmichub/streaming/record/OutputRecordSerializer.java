package io.cosmichub.streaming.record;

import io.cosmichub.contracts.OutputRecord;
import java.io.IOException;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;
import org.apache.flink.types.StringValue;

/** Writes an encoded record on its way to a sink. */
public final class OutputRecordSerializer extends RecordSerializer<OutputRecord> {

  private static final int VERSION = 1;

  /** The serializer of the current layout. */
  public OutputRecordSerializer() {
    super(VERSION);
  }

  @Override
  protected void write(OutputRecord value, DataOutputView out) throws IOException {
    StringValue.writeString(value.topic(), out);
    Fields.writeOptionalBytes(value.key(), out);
    Fields.writeOptionalBytes(value.value(), out);
    InputRecordSerializer.writeHeaders(value.headers(), out);
    out.writeLong(value.timestamp());
  }

  @Override
  protected OutputRecord read(int writtenVersion, DataInputView in) throws IOException {
    return new OutputRecord(
        StringValue.readString(in),
        Fields.readOptionalBytes(in),
        Fields.readOptionalBytes(in),
        InputRecordSerializer.readHeaders(in),
        in.readLong());
  }

  @Override
  public Snapshot<OutputRecord> snapshotConfiguration() {
    return new Format();
  }

  /** The layout of an encoded record, as a checkpoint remembers it. */
  public static final class Format extends Snapshot<OutputRecord> {

    /** For Flink, which finds it by name. */
    public Format() {
      super(OutputRecordSerializer::new);
    }
  }
}
