package io.cosmichub.streaming.ingest;

import io.cosmichub.pair.PairWatch;
import io.cosmichub.streaming.record.InputRecordSerializer;
import io.cosmichub.streaming.record.RecordSerializer;
import java.io.IOException;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;
import org.apache.flink.types.StringValue;
import org.jspecify.annotations.Nullable;

/** Writes a decoded watch and its raw record. */
public final class WatchInputSerializer extends RecordSerializer<WatchInput> {

  private static final int VERSION = 1;

  private final InputRecordSerializer origin = new InputRecordSerializer();

  /** The serializer of the current layout. */
  public WatchInputSerializer() {
    super(VERSION);
  }

  @Override
  protected void write(WatchInput value, DataOutputView out) throws IOException {
    StringValue.writeString(value.pairId(), out);
    PairWatch watch = value.watch();
    out.writeBoolean(watch != null);
    if (watch != null) {
      StringValue.writeString(watch.chartA(), out);
      StringValue.writeString(watch.chartB(), out);
      out.writeLong(watch.revision());
    }
    origin.serialize(value.origin(), out);
  }

  @Override
  protected WatchInput read(int writtenVersion, DataInputView in) throws IOException {
    String pairId = StringValue.readString(in);
    return new WatchInput(pairId, readWatch(pairId, in), origin.deserialize(in));
  }

  private static @Nullable PairWatch readWatch(String pairId, DataInputView in) throws IOException {
    if (!in.readBoolean()) {
      return null;
    }
    return new PairWatch(
        pairId, StringValue.readString(in), StringValue.readString(in), in.readLong());
  }

  @Override
  public Snapshot<WatchInput> snapshotConfiguration() {
    return new Format();
  }

  /** The layout of a watch input, as a checkpoint remembers it. */
  public static final class Format extends Snapshot<WatchInput> {

    /** For Flink, which finds it by name. */
    public Format() {
      super(WatchInputSerializer::new);
    }
  }
}
