package io.cosmichub.streaming.feedback;

import io.cosmichub.feedback.Halt;
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

/** Writes the sums of an experiment. */
public final class TallySerializer extends RecordSerializer<Tally> {

  private static final int VERSION = 1;

  /** The serializer of the current layout. */
  public TallySerializer() {
    super(VERSION);
  }

  @Override
  protected void write(Tally value, DataOutputView out) throws IOException {
    out.writeLong(value.version());
    out.writeInt(value.arms().size());
    for (Map.Entry<String, Map<String, Sums>> arm : new TreeMap<>(value.arms()).entrySet()) {
      StringValue.writeString(arm.getKey(), out);
      SumsFields.write(arm.getValue(), out);
    }
    out.writeInt(value.halts().size());
    for (Map.Entry<String, Halt> halt : new TreeMap<>(value.halts()).entrySet()) {
      StringValue.writeString(halt.getKey(), out);
      StringValue.writeString(halt.getValue().reason(), out);
      SumsFields.write(halt.getValue().control(), out);
      SumsFields.write(halt.getValue().arm(), out);
    }
  }

  @Override
  protected Tally read(int writtenVersion, DataInputView in) throws IOException {
    long version = in.readLong();
    Map<String, Map<String, Sums>> arms = new HashMap<>();
    for (int left = in.readInt(); left > 0; left--) {
      arms.put(StringValue.readString(in), SumsFields.readMetrics(in));
    }
    Map<String, Halt> halts = new HashMap<>();
    for (int left = in.readInt(); left > 0; left--) {
      halts.put(
          StringValue.readString(in),
          new Halt(
              StringValue.readString(in), SumsFields.readMetrics(in), SumsFields.readMetrics(in)));
    }
    return new Tally(version, arms, halts);
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
