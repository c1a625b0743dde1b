package io.cosmichub.streaming.record;

import io.cosmichub.pair.PairCohorts;
import io.cosmichub.pair.PairWork;
import io.cosmichub.pair.Told;
import java.io.IOException;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;
import org.apache.flink.types.StringValue;

/** Writes what has to be computed for a pair. */
public final class PairWorkSerializer extends RecordSerializer<PairWork> {

  private static final int VERSION = 4;
  private static final int WITH_TOLD = 2;
  private static final int WITH_COHORTS = 3;
  private static final int WITH_POLICY = 4;

  /** The serializer of the current layout. */
  public PairWorkSerializer() {
    super(VERSION);
  }

  @Override
  protected void write(PairWork value, DataOutputView out) throws IOException {
    StringValue.writeString(value.pairId(), out);
    out.writeByte(value.kind().code());
    out.writeBoolean(value.whole());
    StringValue.writeString(value.chartA(), out);
    StringValue.writeString(value.chartB(), out);
    out.writeLong(value.revisionA());
    out.writeLong(value.revisionB());
    Fields.writeLongitudes(value.a(), out);
    Fields.writeLongitudes(value.b(), out);
    out.writeShort(value.movedA());
    out.writeShort(value.movedB());
    out.writeLong(value.eventTime());
    out.writeLong(value.ingestedAt());
    Fields.writeLongitudes(value.previous(), out);
    Told told = value.told();
    out.writeBoolean(told != null);
    if (told != null) {
      StringValue.writeString(told.name(), out);
      Fields.writeOptionalBytes(told.content(), out);
    }
    Fields.writeCohorts(value.cohorts(), out);
    StringValue.writeString(value.policy(), out);
  }

  @Override
  protected PairWork read(int writtenVersion, DataInputView in) throws IOException {
    return new PairWork(
        StringValue.readString(in),
        PairWork.Kind.ofCode(in.readByte()),
        in.readBoolean(),
        StringValue.readString(in),
        StringValue.readString(in),
        in.readLong(),
        in.readLong(),
        Fields.readLongitudes(in),
        Fields.readLongitudes(in),
        in.readUnsignedShort(),
        in.readUnsignedShort(),
        in.readLong(),
        in.readLong(),
        Fields.readLongitudes(in),
        writtenVersion >= WITH_TOLD && in.readBoolean() ? readTold(in) : null,
        writtenVersion >= WITH_COHORTS ? Fields.readCohorts(in) : PairCohorts.NONE,
        writtenVersion >= WITH_POLICY ? StringValue.readString(in) : PairWork.POLICY_OF_THE_JOB);
  }

  private static Told readTold(DataInputView in) throws IOException {
    return new Told(StringValue.readString(in), Fields.readOptionalBytes(in));
  }

  @Override
  public Snapshot<PairWork> snapshotConfiguration() {
    return new Format();
  }

  /** The layout of a work item, as a checkpoint remembers it. */
  public static final class Format extends Snapshot<PairWork> {

    /** For Flink, which finds it by name. */
    public Format() {
      super(PairWorkSerializer::new);
    }
  }
}
