package io.cosmichub.streaming.matches;

import io.cosmichub.streaming.record.RecordSerializer;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;
import org.apache.flink.types.StringValue;

/** Writes what was last published of a chart. */
public final class PublishedMatchesSerializer extends RecordSerializer<PublishedMatches> {

  private static final int VERSION = 1;

  /** The serializer of the current layout. */
  public PublishedMatchesSerializer() {
    super(VERSION);
  }

  @Override
  protected void write(PublishedMatches value, DataOutputView out) throws IOException {
    out.writeLong(value.at());
    out.writeInt(value.ids().size());
    for (String id : value.ids()) {
      StringValue.writeString(id, out);
    }
  }

  @Override
  protected PublishedMatches read(int writtenVersion, DataInputView in) throws IOException {
    long at = in.readLong();
    List<String> ids = new ArrayList<>();
    for (int left = in.readInt(); left > 0; left--) {
      ids.add(StringValue.readString(in));
    }
    return new PublishedMatches(at, ids);
  }

  @Override
  public Snapshot<PublishedMatches> snapshotConfiguration() {
    return new Format();
  }

  /** The layout of what was last published of a chart, as a checkpoint remembers it. */
  public static final class Format extends Snapshot<PublishedMatches> {

    /** For Flink, which finds it by name. */
    public Format() {
      super(PublishedMatchesSerializer::new);
    }
  }
}
