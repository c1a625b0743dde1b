package io.cosmichub.streaming.matches;

import io.cosmichub.chart.Longitudes;
import io.cosmichub.streaming.population.ChartChangeSerializer;
import io.cosmichub.streaming.record.Fields;
import io.cosmichub.streaming.record.RecordSerializer;
import java.io.IOException;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;
import org.apache.flink.types.StringValue;

/** Writes how a chart stands in a cohort. */
public final class CohortChangeSerializer extends RecordSerializer<CohortChange> {

  private static final int VERSION = 2;
  private static final int WITH_PAST = 1;

  private final ChartChangeSerializer withPast = new ChartChangeSerializer();

  /** The serializer of the current layout. */
  public CohortChangeSerializer() {
    super(VERSION);
  }

  @Override
  protected void write(CohortChange value, DataOutputView out) throws IOException {
    StringValue.writeString(value.cohort(), out);
    StringValue.writeString(value.chartId(), out);
    out.writeLong(value.revision());
    Longitudes longitudes = value.longitudes();
    out.writeBoolean(longitudes != null);
    if (longitudes != null) {
      Fields.writeLongitudes(longitudes, out);
    }
  }

  @Override
  protected CohortChange read(int writtenVersion, DataInputView in) throws IOException {
    String cohort = StringValue.readString(in);
    return writtenVersion == WITH_PAST
        ? CohortChange.of(cohort, withPast.deserialize(in))
        : new CohortChange(
            cohort,
            StringValue.readString(in),
            in.readLong(),
            in.readBoolean() ? Fields.readLongitudes(in) : null);
  }

  @Override
  public Snapshot<CohortChange> snapshotConfiguration() {
    return new Format();
  }

  /** The layout of a change in a cohort, as a checkpoint remembers it. */
  public static final class Format extends Snapshot<CohortChange> {

    /** For Flink, which finds it by name. */
    public Format() {
      super(CohortChangeSerializer::new);
    }
  }
}
