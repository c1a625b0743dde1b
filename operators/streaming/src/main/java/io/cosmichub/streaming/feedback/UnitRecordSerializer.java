package io.cosmichub.streaming.feedback;

import io.cosmichub.feedback.UnitFeedback;
import io.cosmichub.feedback.UnitRecord;
import io.cosmichub.feedback.UnitTrial;
import io.cosmichub.streaming.record.RecordSerializer;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;
import org.apache.flink.types.StringValue;

/** Writes what is known of a unit; the first layout had what nobody asks for any more. */
public final class UnitRecordSerializer extends RecordSerializer<UnitRecord> {

  private static final int VERSION = 2;

  /** The serializer of the current layout. */
  public UnitRecordSerializer() {
    super(VERSION);
  }

  @Override
  protected void write(UnitRecord value, DataOutputView out) throws IOException {
    out.writeInt(value.trials().size());
    for (UnitTrial trial : value.trials()) {
      StringValue.writeString(trial.experiment(), out);
      out.writeLong(trial.version());
      StringValue.writeString(trial.arm(), out);
      out.writeLong(trial.first());
      out.writeLong(trial.until());
    }
    out.writeInt(value.feedback().size());
    for (UnitFeedback feedback : value.feedback()) {
      StringValue.writeString(feedback.kind(), out);
      out.writeLong(feedback.pair());
      out.writeLong(feedback.at());
      out.writeInt(feedback.value());
    }
  }

  @Override
  protected UnitRecord read(int writtenVersion, DataInputView in) throws IOException {
    List<UnitTrial> trials = new ArrayList<>();
    for (int left = in.readInt(); left > 0; left--) {
      trials.add(writtenVersion == 1 ? first(in) : trial(in));
    }
    List<UnitFeedback> feedback = new ArrayList<>();
    for (int left = in.readInt(); left > 0; left--) {
      feedback.add(
          new UnitFeedback(StringValue.readString(in), in.readLong(), in.readLong(), in.readInt()));
    }
    return new UnitRecord(trials, feedback);
  }

  private static UnitTrial trial(DataInputView in) throws IOException {
    return new UnitTrial(
        StringValue.readString(in),
        in.readLong(),
        StringValue.readString(in),
        in.readLong(),
        in.readLong());
  }

  private static UnitTrial first(DataInputView in) throws IOException {
    String experiment = StringValue.readString(in);
    long version = in.readLong();
    String arm = StringValue.readString(in);
    long exposed = in.readLong();
    in.readLong(); // when it was exposed last
    long until = in.readLong();
    in.readLong(); // how long a score took
    in.readBoolean(); // whether it failed
    return new UnitTrial(experiment, version, arm, exposed, until);
  }

  @Override
  public Snapshot<UnitRecord> snapshotConfiguration() {
    return new Format();
  }

  /** The layout of what is known of a unit, as a checkpoint remembers it. */
  public static final class Format extends Snapshot<UnitRecord> {

    /** For Flink, which finds it by name. */
    public Format() {
      super(UnitRecordSerializer::new);
    }
  }
}
