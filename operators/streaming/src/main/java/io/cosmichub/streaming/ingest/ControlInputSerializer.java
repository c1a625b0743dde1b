package io.cosmichub.streaming.ingest;

import io.cosmichub.contracts.ControlBytes;
import io.cosmichub.serving.Control;
import io.cosmichub.streaming.record.Fields;
import io.cosmichub.streaming.record.InputRecordSerializer;
import io.cosmichub.streaming.record.RecordSerializer;
import java.io.IOException;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;
import org.apache.flink.types.StringValue;

/** Writes a decoded control record and its raw record. */
public final class ControlInputSerializer extends RecordSerializer<ControlInput> {

  private static final int VERSION = 1;

  private final InputRecordSerializer origin = new InputRecordSerializer();

  /** The serializer of the current layout. */
  public ControlInputSerializer() {
    super(VERSION);
  }

  @Override
  protected void write(ControlInput value, DataOutputView out) throws IOException {
    StringValue.writeString(value.name(), out);
    Control control = value.control();
    Fields.writeOptionalBytes(control == null ? null : ControlBytes.of(control), out);
    origin.serialize(value.origin(), out);
  }

  @Override
  protected ControlInput read(int writtenVersion, DataInputView in) throws IOException {
    String name = StringValue.readString(in);
    byte[] control = Fields.readOptionalBytes(in);
    return new ControlInput(
        name, control == null ? null : ControlBytes.read(control), origin.deserialize(in));
  }

  @Override
  public Snapshot<ControlInput> snapshotConfiguration() {
    return new Format();
  }

  /** The layout of a control input, as a checkpoint remembers it. */
  public static final class Format extends Snapshot<ControlInput> {

    /** For Flink, which finds it by name. */
    public Format() {
      super(ControlInputSerializer::new);
    }
  }
}
