package io.cosmichub.streaming.population;

import io.cosmichub.chart.Longitudes;
import io.cosmichub.population.count.ChartChange;
import io.cosmichub.streaming.record.Fields;
import io.cosmichub.streaming.record.RecordSerializer;
import java.io.IOException;
import java.util.List;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;
import org.apache.flink.types.StringValue;
import org.jspecify.annotations.Nullable;

/** Writes how a chart stood and how it stands. */
public final class ChartChangeSerializer extends RecordSerializer<ChartChange> {

  private static final int VERSION = 3;
  private static final int WITHOUT_REVISION = 1;
  private static final int WITH_COHORTS = 3;

  /** The serializer of the current layout. */
  public ChartChangeSerializer() {
    super(VERSION);
  }

  @Override
  protected void write(ChartChange value, DataOutputView out) throws IOException {
    StringValue.writeString(value.chartId(), out);
    out.writeLong(value.revision());
    out.writeLong(value.eventTime());
    writeOptional(value.before(), out);
    writeOptional(value.after(), out);
    Fields.writeNames(value.cohortsBefore(), out);
    Fields.writeNames(value.cohortsAfter(), out);
  }

  @Override
  protected ChartChange read(int writtenVersion, DataInputView in) throws IOException {
    boolean cohorts = writtenVersion >= WITH_COHORTS;
    return new ChartChange(
        StringValue.readString(in),
        writtenVersion == WITHOUT_REVISION ? 0 : in.readLong(),
        in.readLong(),
        readOptional(in),
        readOptional(in),
        cohorts ? Fields.readNames(in) : List.of(),
        cohorts ? Fields.readNames(in) : List.of());
  }

  private static void writeOptional(@Nullable Longitudes longitudes, DataOutputView out)
      throws IOException {
    out.writeBoolean(longitudes != null);
    if (longitudes != null) {
      Fields.writeLongitudes(longitudes, out);
    }
  }

  private static @Nullable Longitudes readOptional(DataInputView in) throws IOException {
    return in.readBoolean() ? Fields.readLongitudes(in) : null;
  }

  @Override
  public Snapshot<ChartChange> snapshotConfiguration() {
    return new Format();
  }

  /** The layout of how a chart stood and how it stands, as a checkpoint remembers it. */
  public static final class Format extends Snapshot<ChartChange> {

    /** For Flink, which finds it by name. */
    public Format() {
      super(ChartChangeSerializer::new);
    }
  }
}
