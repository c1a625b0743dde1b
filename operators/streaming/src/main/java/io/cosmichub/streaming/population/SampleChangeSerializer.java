package io.cosmichub.streaming.population;

import io.cosmichub.population.sample.Sampled;
import io.cosmichub.streaming.record.Fields;
import io.cosmichub.streaming.record.RecordSerializer;
import java.io.IOException;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;
import org.apache.flink.types.StringValue;

/** Writes how something of the sample has come to stand. */
public final class SampleChangeSerializer extends RecordSerializer<SampleChange> {

  private static final int VERSION = 1;

  /** The serializer of the current layout. */
  public SampleChangeSerializer() {
    super(VERSION);
  }

  @Override
  protected void write(SampleChange value, DataOutputView out) throws IOException {
    StringValue.writeString(value.cohort(), out);
    out.writeBoolean(value.pair());
    out.writeLong(value.id());
    out.writeLong(value.end());
    Sampled sampled = value.sampled();
    out.writeBoolean(sampled != null);
    if (sampled != null) {
      write(sampled, out);
    }
  }

  @Override
  protected SampleChange read(int writtenVersion, DataInputView in) throws IOException {
    return new SampleChange(
        StringValue.readString(in),
        in.readBoolean(),
        in.readLong(),
        in.readLong(),
        in.readBoolean() ? readSampled(in) : null);
  }

  /** Writes both people and where their bodies are. */
  static void write(Sampled sampled, DataOutputView out) throws IOException {
    out.writeLong(sampled.personA());
    out.writeLong(sampled.personB());
    Fields.writeLongitudes(sampled.a(), out);
    Fields.writeLongitudes(sampled.b(), out);
  }

  /** Reads what {@link #write(Sampled, DataOutputView)} wrote. */
  static Sampled readSampled(DataInputView in) throws IOException {
    return new Sampled(
        in.readLong(), in.readLong(), Fields.readLongitudes(in), Fields.readLongitudes(in));
  }

  @Override
  public Snapshot<SampleChange> snapshotConfiguration() {
    return new Format();
  }

  /** The layout of a change in the sample, as a checkpoint remembers it. */
  public static final class Format extends Snapshot<SampleChange> {

    /** For Flink, which finds it by name. */
    public Format() {
      super(SampleChangeSerializer::new);
    }
  }
}
