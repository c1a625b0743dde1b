package io.cosmichub.streaming.population;

import io.cosmichub.population.sample.SampledPast;
import io.cosmichub.streaming.record.RecordSerializer;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

/** Writes how something of the sample stands from window to window. */
public final class SampledPastSerializer extends RecordSerializer<SampledPast> {

  private static final int VERSION = 1;

  /** The serializer of the current layout. */
  public SampledPastSerializer() {
    super(VERSION);
  }

  @Override
  protected void write(SampledPast value, DataOutputView out) throws IOException {
    out.writeInt(value.entries().size());
    for (SampledPast.Entry entry : value.entries()) {
      out.writeLong(entry.end());
      SampleChangeSerializer.write(entry.sampled(), out);
    }
  }

  @Override
  protected SampledPast read(int writtenVersion, DataInputView in) throws IOException {
    List<SampledPast.Entry> entries = new ArrayList<>();
    for (int left = in.readInt(); left > 0; left--) {
      entries.add(new SampledPast.Entry(in.readLong(), SampleChangeSerializer.readSampled(in)));
    }
    return new SampledPast(entries);
  }

  @Override
  public Snapshot<SampledPast> snapshotConfiguration() {
    return new Format();
  }

  /** The layout of the past of something sampled, as a checkpoint remembers it. */
  public static final class Format extends Snapshot<SampledPast> {

    /** For Flink, which finds it by name. */
    public Format() {
      super(SampledPastSerializer::new);
    }
  }
}
