package io.cosmichub.streaming.population;

import io.cosmichub.population.pattern.Interval;
import io.cosmichub.population.publish.PublishedPattern;
import io.cosmichub.population.window.WindowId;
import io.cosmichub.streaming.record.RecordSerializer;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;
import org.apache.flink.types.StringValue;

/** Writes a published pattern. */
public final class PublishedPatternSerializer extends RecordSerializer<PublishedPattern> {

  private static final int VERSION = 1;

  /** The serializer of the current layout. */
  public PublishedPatternSerializer() {
    super(VERSION);
  }

  @Override
  protected void write(PublishedPattern value, DataOutputView out) throws IOException {
    StringValue.writeString(value.window().cohort(), out);
    out.writeLong(value.window().start());
    out.writeLong(value.window().end());
    StringValue.writeString(value.group().id(), out);
    out.writeInt(value.given().size());
    for (String given : value.given()) {
      StringValue.writeString(given, out);
    }
    StringValue.writeString(value.then(), out);
    out.writeLong(value.count());
    out.writeLong(value.among());
    out.writeDouble(value.support());
    write(value.supportInterval(), out);
    PublishedPattern.Rule rule = value.rule();
    out.writeBoolean(rule != null);
    if (rule != null) {
      out.writeDouble(rule.confidence());
      write(rule.interval(), out);
      out.writeDouble(rule.lift());
    }
    out.writeDouble(value.sample());
  }

  @Override
  protected PublishedPattern read(int writtenVersion, DataInputView in) throws IOException {
    return new PublishedPattern(
        new WindowId(StringValue.readString(in), in.readLong(), in.readLong()),
        PublishedPattern.Group.ofId(StringValue.readString(in)),
        readGiven(in),
        StringValue.readString(in),
        in.readLong(),
        in.readLong(),
        in.readDouble(),
        readInterval(in),
        in.readBoolean()
            ? new PublishedPattern.Rule(in.readDouble(), readInterval(in), in.readDouble())
            : null,
        in.readDouble());
  }

  private static List<String> readGiven(DataInputView in) throws IOException {
    List<String> given = new ArrayList<>();
    for (int left = in.readInt(); left > 0; left--) {
      given.add(StringValue.readString(in));
    }
    return given;
  }

  private static void write(Interval interval, DataOutputView out) throws IOException {
    out.writeDouble(interval.low());
    out.writeDouble(interval.high());
  }

  private static Interval readInterval(DataInputView in) throws IOException {
    return new Interval(in.readDouble(), in.readDouble());
  }

  @Override
  public Snapshot<PublishedPattern> snapshotConfiguration() {
    return new Format();
  }

  /** The layout of a published pattern, as a checkpoint remembers it. */
  public static final class Format extends Snapshot<PublishedPattern> {

    /** For Flink, which finds it by name. */
    public Format() {
      super(PublishedPatternSerializer::new);
    }
  }
}
