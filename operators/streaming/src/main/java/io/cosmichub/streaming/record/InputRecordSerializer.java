package io.cosmichub.streaming.record;

import io.cosmichub.contracts.Header;
import io.cosmichub.contracts.InputRecord;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;
import org.apache.flink.types.StringValue;

/** Writes a raw record: where it came from, its bytes and its headers, each as it was. */
public final class InputRecordSerializer extends RecordSerializer<InputRecord> {

  private static final int VERSION = 1;

  /** The serializer of the current layout. */
  public InputRecordSerializer() {
    super(VERSION);
  }

  @Override
  protected void write(InputRecord value, DataOutputView out) throws IOException {
    StringValue.writeString(value.topic(), out);
    out.writeInt(value.partition());
    out.writeLong(value.offset());
    out.writeLong(value.timestamp());
    Fields.writeOptionalBytes(value.key(), out);
    Fields.writeOptionalBytes(value.value(), out);
    writeHeaders(value.headers(), out);
  }

  @Override
  protected InputRecord read(int writtenVersion, DataInputView in) throws IOException {
    return new InputRecord(
        StringValue.readString(in),
        in.readInt(),
        in.readLong(),
        in.readLong(),
        Fields.readOptionalBytes(in),
        Fields.readOptionalBytes(in),
        readHeaders(in));
  }

  static void writeHeaders(List<Header> headers, DataOutputView out) throws IOException {
    out.writeInt(headers.size());
    for (Header header : headers) {
      StringValue.writeString(header.name(), out);
      Fields.writeOptionalBytes(header.value(), out);
    }
  }

  static List<Header> readHeaders(DataInputView in) throws IOException {
    int count = in.readInt();
    List<Header> headers = new ArrayList<>(count);
    for (int i = 0; i < count; i++) {
      headers.add(new Header(StringValue.readString(in), Fields.readOptionalBytes(in)));
    }
    return headers;
  }

  @Override
  public Snapshot<InputRecord> snapshotConfiguration() {
    return new Format();
  }

  /** The layout of a raw record, as a checkpoint remembers it. */
  public static final class Format extends Snapshot<InputRecord> {

    /** For Flink, which finds it by name. */
    public Format() {
      super(InputRecordSerializer::new);
    }
  }
}
