package io.cosmichub.streaming.record;

import io.cosmichub.aspect.AspectSet;
import io.cosmichub.aspect.CellChange;
import io.cosmichub.pair.PairCohorts;
import io.cosmichub.pair.PairUpdate;
import io.cosmichub.pair.Served;
import io.cosmichub.score.Areas;
import io.cosmichub.score.RuleScore;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;
import org.apache.flink.types.StringValue;
import org.jspecify.annotations.Nullable;

/** Writes what changed in a pair, with its full set and its score. */
public final class PairUpdateSerializer extends RecordSerializer<PairUpdate> {

  private static final int VERSION = 6;
  private static final int WITH_SERVED = 2;
  private static final int WITH_COHORTS = 3;
  private static final int WITH_ARM_BEFORE = 4;
  private static final int WITH_POLICY_BEFORE = 5;
  private static final int WITH_RESCORED = 6;

  /** The serializer of the current layout. */
  public PairUpdateSerializer() {
    super(VERSION);
  }

  @Override
  protected void write(PairUpdate value, DataOutputView out) throws IOException {
    StringValue.writeString(value.pairId(), out);
    StringValue.writeString(value.chartA(), out);
    StringValue.writeString(value.chartB(), out);
    out.writeLong(value.revisionA());
    out.writeLong(value.revisionB());
    StringValue.writeString(value.policy(), out);
    out.writeLong(value.sequence());
    out.writeLong(value.eventTime());
    out.writeBoolean(value.closed());
    writeChanges(value.changes(), out);
    Fields.writeBytes(value.aspects().toBytes(), out);
    writeScore(value.score(), out);
    out.writeLong(value.ingestedAt());
    writeServed(value.served(), out);
    Fields.writeCohorts(value.cohorts(), out);
    writeServed(value.was(), out);
    StringValue.writeString(value.policyBefore(), out);
    out.writeBoolean(value.rescored());
  }

  @Override
  protected PairUpdate read(int writtenVersion, DataInputView in) throws IOException {
    String pairId = StringValue.readString(in);
    String chartA = StringValue.readString(in);
    String chartB = StringValue.readString(in);
    long revisionA = in.readLong();
    long revisionB = in.readLong();
    String policy = StringValue.readString(in);
    long sequence = in.readLong();
    long eventTime = in.readLong();
    boolean closed = in.readBoolean();
    List<CellChange> changes = readChanges(in);
    AspectSet aspects = AspectSet.fromBytes(Fields.readBytes(in));
    RuleScore score = readScore(in);
    long ingestedAt = in.readLong();
    Served served = writtenVersion >= WITH_SERVED && in.readBoolean() ? readServed(in) : null;
    PairCohorts cohorts =
        writtenVersion >= WITH_COHORTS ? Fields.readCohorts(in) : PairCohorts.NONE;
    Served was = writtenVersion >= WITH_ARM_BEFORE && in.readBoolean() ? readServed(in) : null;
    String policyBefore = writtenVersion >= WITH_POLICY_BEFORE ? StringValue.readString(in) : "";
    // A layout of before does not tell it of a pair that never had a delta.
    boolean rescored =
        writtenVersion >= WITH_RESCORED
            ? in.readBoolean()
            : sequence > 0
                && changes.isEmpty()
                && !closed
                && !cohorts.changed()
                && policyBefore.isEmpty();
    return new PairUpdate(
        pairId,
        chartA,
        chartB,
        revisionA,
        revisionB,
        policy,
        sequence,
        eventTime,
        closed,
        changes,
        aspects,
        score,
        ingestedAt,
        served,
        cohorts,
        was,
        policyBefore,
        rescored);
  }

  private static void writeServed(@Nullable Served served, DataOutputView out) throws IOException {
    out.writeBoolean(served != null);
    if (served != null) {
      StringValue.writeString(served.model(), out);
      out.writeDouble(served.score());
      StringValue.writeString(served.experiment(), out);
      StringValue.writeString(served.arm(), out);
    }
  }

  private static Served readServed(DataInputView in) throws IOException {
    return new Served(
        StringValue.readString(in),
        in.readDouble(),
        StringValue.readString(in),
        StringValue.readString(in));
  }

  private static void writeChanges(List<CellChange> changes, DataOutputView out)
      throws IOException {
    out.writeShort(changes.size());
    for (CellChange change : changes) {
      out.writeByte(change.row());
      out.writeByte(change.col());
      out.writeInt(change.before());
      out.writeInt(change.after());
    }
  }

  private static List<CellChange> readChanges(DataInputView in) throws IOException {
    int count = in.readUnsignedShort();
    List<CellChange> changes = new ArrayList<>(count);
    for (int i = 0; i < count; i++) {
      changes.add(new CellChange(in.readByte(), in.readByte(), in.readInt(), in.readInt()));
    }
    return changes;
  }

  private static void writeScore(@Nullable RuleScore score, DataOutputView out) throws IOException {
    out.writeBoolean(score != null);
    if (score != null) {
      out.writeDouble(score.overall());
      out.writeDouble(score.rawTotal());
      out.writeDouble(score.areas().emotional());
      out.writeDouble(score.areas().communication());
      out.writeDouble(score.areas().physical());
      out.writeDouble(score.areas().spiritual());
      out.writeDouble(score.areas().stability());
      out.writeInt(score.harmonious());
      out.writeInt(score.challenging());
      out.writeInt(score.neutral());
    }
  }

  private static @Nullable RuleScore readScore(DataInputView in) throws IOException {
    if (!in.readBoolean()) {
      return null;
    }
    return new RuleScore(
        in.readDouble(),
        in.readDouble(),
        new Areas(
            in.readDouble(), in.readDouble(), in.readDouble(), in.readDouble(), in.readDouble()),
        in.readInt(),
        in.readInt(),
        in.readInt());
  }

  @Override
  public Snapshot<PairUpdate> snapshotConfiguration() {
    return new Format();
  }

  /** The layout of a pair update, as a checkpoint remembers it. */
  public static final class Format extends Snapshot<PairUpdate> {

    /** For Flink, which finds it by name. */
    public Format() {
      super(PairUpdateSerializer::new);
    }
  }
}
