package io.cosmichub.streaming.ingest;

import io.cosmichub.contracts.DeadLetterCode;
import io.cosmichub.streaming.record.InputRecordSerializer;
import io.cosmichub.streaming.record.RecordSerializer;
import java.io.IOException;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;
import org.apache.flink.types.StringValue;

/** Writes a dead letter; the code by its stable name. */
public final class DeadLetterSerializer extends RecordSerializer<DeadLetter> {

  private static final int VERSION = 1;

  private final InputRecordSerializer origin = new InputRecordSerializer();

  /** The serializer of the current layout. */
  public DeadLetterSerializer() {
    super(VERSION);
  }

  @Override
  protected void write(DeadLetter value, DataOutputView out) throws IOException {
    origin.serialize(value.origin(), out);
    StringValue.writeString(value.code().name(), out);
    StringValue.writeString(value.reason(), out);
    StringValue.writeString(value.stage(), out);
  }

  @Override
  protected DeadLetter read(int writtenVersion, DataInputView in) throws IOException {
    return new DeadLetter(
        origin.deserialize(in),
        DeadLetterCode.valueOf(StringValue.readString(in)),
        StringValue.readString(in),
        StringValue.readString(in));
  }

  @Override
  public Snapshot<DeadLetter> snapshotConfiguration() {
    return new Format();
  }

  /** The layout of a dead letter, as a checkpoint remembers it. */
  public static final class Format extends Snapshot<DeadLetter> {

    /** For Flink, which finds it by name. */
    public Format() {
      super(DeadLetterSerializer::new);
    }
  }
}
