package io.cosmichub.streaming.population;

import io.cosmichub.population.publish.FigureKind;
import io.cosmichub.population.publish.PublishedFigure;
import io.cosmichub.population.trend.Deviation;
import io.cosmichub.population.window.WindowId;
import io.cosmichub.streaming.record.RecordSerializer;
import java.io.IOException;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;
import org.apache.flink.types.StringValue;

/** Writes a published figure. */
public final class PublishedFigureSerializer extends RecordSerializer<PublishedFigure> {

  private static final int VERSION = 1;

  /** The serializer of the current layout. */
  public PublishedFigureSerializer() {
    super(VERSION);
  }

  @Override
  protected void write(PublishedFigure value, DataOutputView out) throws IOException {
    StringValue.writeString(value.window().cohort(), out);
    out.writeLong(value.window().start());
    out.writeLong(value.window().end());
    out.writeBoolean(value.sliding());
    StringValue.writeString(value.kind().id(), out);
    StringValue.writeString(value.item(), out);
    out.writeDouble(value.value());
    out.writeLong(value.count());
    out.writeLong(value.among());
    Deviation deviation = value.deviation();
    out.writeBoolean(deviation != null);
    if (deviation != null) {
      out.writeDouble(deviation.z());
      out.writeDouble(deviation.p());
      out.writeDouble(deviation.expected());
      out.writeInt(deviation.references());
    }
    out.writeBoolean(value.trending());
    StringValue.writeString(value.insight(), out);
  }

  @Override
  protected PublishedFigure read(int writtenVersion, DataInputView in) throws IOException {
    return new PublishedFigure(
        new WindowId(StringValue.readString(in), in.readLong(), in.readLong()),
        in.readBoolean(),
        FigureKind.ofId(StringValue.readString(in)),
        StringValue.readString(in),
        in.readDouble(),
        in.readLong(),
        in.readLong(),
        in.readBoolean()
            ? new Deviation(in.readDouble(), in.readDouble(), in.readDouble(), in.readInt())
            : null,
        in.readBoolean(),
        StringValue.readString(in));
  }

  @Override
  public Snapshot<PublishedFigure> snapshotConfiguration() {
    return new Format();
  }

  /** The layout of a published figure, as a checkpoint remembers it. */
  public static final class Format extends Snapshot<PublishedFigure> {

    /** For Flink, which finds it by name. */
    public Format() {
      super(PublishedFigureSerializer::new);
    }
  }
}
