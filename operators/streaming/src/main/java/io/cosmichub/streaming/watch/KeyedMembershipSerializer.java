package io.cosmichub.streaming.watch;

import io.cosmichub.pair.MembershipChange;
import io.cosmichub.pair.Side;
import io.cosmichub.streaming.record.RecordSerializer;
import java.io.IOException;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;
import org.apache.flink.types.StringValue;

/** Writes a pair that a chart gains or loses. */
public final class KeyedMembershipSerializer extends RecordSerializer<KeyedMembership> {

  private static final int VERSION = 1;

  /** The serializer of the current layout. */
  public KeyedMembershipSerializer() {
    super(VERSION);
  }

  @Override
  protected void write(KeyedMembership value, DataOutputView out) throws IOException {
    MembershipChange change = value.change();
    StringValue.writeString(value.chartKey(), out);
    StringValue.writeString(change.chartId(), out);
    StringValue.writeString(change.pairId(), out);
    out.writeByte(change.side().code());
    out.writeBoolean(change.joined());
    out.writeLong(change.epoch());
    out.writeLong(value.effectiveAt());
    out.writeLong(value.ingestedAt());
  }

  @Override
  protected KeyedMembership read(int writtenVersion, DataInputView in) throws IOException {
    return new KeyedMembership(
        StringValue.readString(in),
        new MembershipChange(
            StringValue.readString(in),
            StringValue.readString(in),
            Side.ofCode(in.readByte()),
            in.readBoolean(),
            in.readLong()),
        in.readLong(),
        in.readLong());
  }

  @Override
  public Snapshot<KeyedMembership> snapshotConfiguration() {
    return new Format();
  }

  /** The layout of a keyed membership, as a checkpoint remembers it. */
  public static final class Format extends Snapshot<KeyedMembership> {

    /** For Flink, which finds it by name. */
    public Format() {
      super(KeyedMembershipSerializer::new);
    }
  }
}
