package io.cosmichub.streaming.record;

import io.cosmichub.pair.Side;
import io.cosmichub.pair.SideUpdate;
import java.io.IOException;
import java.util.List;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;
import org.apache.flink.types.StringValue;

/** Writes what one chart tells one of its pairs. */
public final class SideUpdateSerializer extends RecordSerializer<SideUpdate> {

  private static final int VERSION = 2;
  private static final int WITH_COHORTS = 2;

  /** The serializer of the current layout. */
  public SideUpdateSerializer() {
    super(VERSION);
  }

  @Override
  protected void write(SideUpdate value, DataOutputView out) throws IOException {
    StringValue.writeString(value.pairId(), out);
    out.writeByte(value.side().code());
    out.writeLong(value.epoch());
    out.writeByte(value.kind().code());
    StringValue.writeString(value.chartId(), out);
    out.writeInt(value.life());
    out.writeLong(value.revision());
    out.writeLong(value.effectiveAt());
    Fields.writeLongitudes(value.longitudes(), out);
    out.writeLong(value.ingestedAt());
    Fields.writeNames(value.cohorts(), out);
  }

  @Override
  protected SideUpdate read(int writtenVersion, DataInputView in) throws IOException {
    return new SideUpdate(
        StringValue.readString(in),
        Side.ofCode(in.readByte()),
        in.readLong(),
        SideUpdate.Kind.ofCode(in.readByte()),
        StringValue.readString(in),
        in.readInt(),
        in.readLong(),
        in.readLong(),
        Fields.readLongitudes(in),
        in.readLong(),
        writtenVersion >= WITH_COHORTS ? Fields.readNames(in) : List.of());
  }

  @Override
  public Snapshot<SideUpdate> snapshotConfiguration() {
    return new Format();
  }

  /** The layout of a side update, as a checkpoint remembers it. */
  public static final class Format extends Snapshot<SideUpdate> {

    /** For Flink, which finds it by name. */
    public Format() {
      super(SideUpdateSerializer::new);
    }
  }
}
