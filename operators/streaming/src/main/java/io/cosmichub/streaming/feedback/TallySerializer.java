package io.cosmichub.streaming.feedback;

import io.cosmichub.feedback.Halt;
import io.cosmichub.feedback.Lately;
import io.cosmichub.feedback.Sums;
import io.cosmichub.feedback.Tally;
import io.cosmichub.streaming.record.RecordSerializer;
import java.io.IOException;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;
import org.apache.flink.types.StringValue;

/** Writes the sums of an experiment; the first layout had none of the last while. */
public final class TallySerializer extends RecordSerializer<Tally> {

  private static final int VERSION = 2;

  /** The serializer of the current layout. */
  public TallySerializer() {
    super(VERSION);
  }

  @Override
  protected void write(Tally value, DataOutputView out) throws IOException {
    out.writeLong(value.version());
    SumsFields.writeArms(value.arms(), out);
    out.writeInt(value.halts().size());
    for (Map.Entry<String, Halt> halt : new TreeMap<>(value.halts()).entrySet()) {
      StringValue.writeString(halt.getKey(), out);
      StringValue.writeString(halt.getValue().reason(), out);
      SumsFields.write(halt.getValue().control(), out);
      SumsFields.write(halt.getValue().arm(), out);
    }
    out.writeLong(value.lately().since());
    SumsFields.writeArms(value.lately().newer(), out);
    SumsFields.writeArms(value.lately().older(), out);
  }

  @Override
  protected Tally read(int writtenVersion, DataInputView in) throws IOException {
    long version = in.readLong();
    Map<String, Map<String, Sums>> arms = SumsFields.readArms(in);
    Map<String, Halt> halts = new HashMap<>();
    for (int left = in.readInt(); left > 0; left--) {
      halts.put(
          StringValue.readString(in),
          new Halt(
              StringValue.readString(in), SumsFields.readMetrics(in), SumsFields.readMetrics(in)));
    }
    Lately lately =
        writtenVersion == 1
            ? Lately.NOTHING
            : new Lately(in.readLong(), SumsFields.readArms(in), SumsFields.readArms(in));
    return new Tally(version, arms, halts, lately);
  }

  @Override
  public Snapshot<Tally> snapshotConfiguration() {
    return new Format();
  }

  /** The layout of the sums of an experiment, as a checkpoint remembers it. */
  public static final class Format extends Snapshot<Tally> {

    /** For Flink, which finds it by name. */
    public Format() {
      super(TallySerializer::new);
    }
  }
}
