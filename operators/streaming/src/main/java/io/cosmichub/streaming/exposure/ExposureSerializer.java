package io.cosmichub.streaming.exposure;

import io.cosmichub.serving.Exposure;
import io.cosmichub.serving.Terms;
import io.cosmichub.streaming.record.RecordSerializer;
import java.io.IOException;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;
import org.apache.flink.types.StringValue;

/**
 * Writes an exposure. The first layout had no terms, and the second what was measured of a score.
 */
public final class ExposureSerializer extends RecordSerializer<Exposure> {

  private static final int VERSION = 3;

  /** The serializer of the current layout. */
  public ExposureSerializer() {
    super(VERSION);
  }

  @Override
  protected void write(Exposure value, DataOutputView out) throws IOException {
    StringValue.writeString(value.unit(), out);
    StringValue.writeString(value.experiment(), out);
    StringValue.writeString(value.arm(), out);
    out.writeLong(value.at());
    out.writeLong(value.terms().version());
    out.writeBoolean(value.terms().ofChart());
    out.writeLong(value.terms().until());
  }

  @Override
  protected Exposure read(int writtenVersion, DataInputView in) throws IOException {
    String unit = StringValue.readString(in);
    String experiment = StringValue.readString(in);
    String arm = StringValue.readString(in);
    long at = in.readLong();
    if (writtenVersion == 1) {
      return new Exposure(unit, experiment, arm, at, Terms.NONE);
    }
    Terms terms = new Terms(in.readLong(), in.readBoolean(), in.readLong());
    if (writtenVersion == 2) {
      in.readLong();
      in.readBoolean();
    }
    return new Exposure(unit, experiment, arm, at, terms);
  }

  @Override
  public Snapshot<Exposure> snapshotConfiguration() {
    return new Format();
  }

  /** The layout of an exposure, as a checkpoint remembers it. */
  public static final class Format extends Snapshot<Exposure> {

    /** For Flink, which finds it by name. */
    public Format() {
      super(ExposureSerializer::new);
    }
  }
}
