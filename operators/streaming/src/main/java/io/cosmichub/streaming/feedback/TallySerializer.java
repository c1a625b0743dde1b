package io.cosmichub.streaming.feedback;

import io.cosmichub.feedback.Halt;
import io.cosmichub.feedback.Lately;
import io.cosmichub.feedback.Sums;
import io.cosmichub.feedback.Tally;
import io.cosmichub.feedback.Voices;
import io.cosmichub.streaming.record.RecordSerializer;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;
import org.apache.flink.types.StringValue;

/**
 * Writes the sums of an experiment; the first layout had none of the last while, the second did not
 * say how many units spoke of late.
 */
public final class TallySerializer extends RecordSerializer<Tally> {

  private static final int VERSION = 3;
  private static final int MORE = 0xFF;

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
    write(value.voices(), out);
  }

  private static void write(Voices voices, DataOutputView out) throws IOException {
    out.writeLong(voices.slot());
    out.writeInt(voices.units().size());
    for (Map.Entry<String, List<Integer>> arm : new TreeMap<>(voices.units()).entrySet()) {
      StringValue.writeString(arm.getKey(), out);
      for (int units : arm.getValue()) {
        writeCount(units, out);
      }
    }
  }

  /** Most are small: a byte, or {@link #MORE} and the number. */
  private static void writeCount(int units, DataOutputView out) throws IOException {
    out.writeByte(Math.min(units, MORE));
    if (units >= MORE) {
      out.writeInt(units);
    }
  }

  private static int readCount(DataInputView in) throws IOException {
    int units = in.readUnsignedByte();
    return units < MORE ? units : in.readInt();
  }

  private static Voices voices(DataInputView in) throws IOException {
    long slot = in.readLong();
    Map<String, List<Integer>> arms = new HashMap<>();
    for (int left = in.readInt(); left > 0; left--) {
      String arm = StringValue.readString(in);
      List<Integer> units = new ArrayList<>(Voices.SLOTS);
      for (int i = 0; i < Voices.SLOTS; i++) {
        units.add(readCount(in));
      }
      arms.put(arm, units);
    }
    return new Voices(slot, arms);
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
    Voices voices = writtenVersion < 3 ? Voices.NONE : voices(in);
    return new Tally(version, arms, halts, lately, voices);
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
