package io.cosmichub.streaming.matches;

import io.cosmichub.streaming.record.Fields;
import io.cosmichub.streaming.record.RecordSerializer;
import java.io.IOException;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

/** Writes a chart as it is compared. */
public final class MatchedChartSerializer extends RecordSerializer<MatchedChart> {

  private static final int VERSION = 1;

  /** The serializer of the current layout. */
  public MatchedChartSerializer() {
    super(VERSION);
  }

  @Override
  protected void write(MatchedChart value, DataOutputView out) throws IOException {
    out.writeLong(value.revision());
    Fields.writeLongitudes(value.longitudes(), out);
  }

  @Override
  protected MatchedChart read(int writtenVersion, DataInputView in) throws IOException {
    return new MatchedChart(in.readLong(), Fields.readLongitudes(in));
  }

  @Override
  public Snapshot<MatchedChart> snapshotConfiguration() {
    return new Format();
  }

  /** The layout of a chart as it is compared, as a checkpoint remembers it. */
  public static final class Format extends Snapshot<MatchedChart> {

    /** For Flink, which finds it by name. */
    public Format() {
      super(MatchedChartSerializer::new);
    }
  }
}
