package io.cosmichub.streaming.exposure;

import io.cosmichub.serving.ExposedDays;
import io.cosmichub.streaming.record.RecordSerializer;
import java.io.IOException;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

/** Writes the days on which a unit was exposed. */
public final class ExposedDaysSerializer extends RecordSerializer<ExposedDays> {

  private static final int VERSION = 1;

  /** The serializer of the current layout. */
  public ExposedDaysSerializer() {
    super(VERSION);
  }

  @Override
  protected void write(ExposedDays value, DataOutputView out) throws IOException {
    out.writeLong(value.latest());
    out.writeLong(value.before());
  }

  @Override
  protected ExposedDays read(int writtenVersion, DataInputView in) throws IOException {
    return new ExposedDays(in.readLong(), in.readLong());
  }

  @Override
  public Snapshot<ExposedDays> snapshotConfiguration() {
    return new Format();
  }

  /** The layout of exposed days, as a checkpoint remembers it. */
  public static final class Format extends Snapshot<ExposedDays> {

    /** For Flink, which finds it by name. */
    public Format() {
      super(ExposedDaysSerializer::new);
    }
  }
}
