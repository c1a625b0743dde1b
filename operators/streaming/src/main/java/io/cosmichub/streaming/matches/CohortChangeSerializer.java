package io.cosmichub.streaming.matches;

import io.cosmichub.streaming.population.ChartChangeSerializer;
import io.cosmichub.streaming.record.RecordSerializer;
import java.io.IOException;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;
import org.apache.flink.types.StringValue;

/** Writes how a chart stood and stands in a cohort. */
public final class CohortChangeSerializer extends RecordSerializer<CohortChange> {

  private static final int VERSION = 1;

  private final ChartChangeSerializer change = new ChartChangeSerializer();

  /** The serializer of the current layout. */
  public CohortChangeSerializer() {
    super(VERSION);
  }

  @Override
  protected void write(CohortChange value, DataOutputView out) throws IOException {
    StringValue.writeString(value.cohort(), out);
    change.serialize(value.change(), out);
  }

  @Override
  protected CohortChange read(int writtenVersion, DataInputView in) throws IOException {
    return new CohortChange(StringValue.readString(in), change.deserialize(in));
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
