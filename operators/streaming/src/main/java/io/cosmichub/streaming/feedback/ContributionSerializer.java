package io.cosmichub.streaming.feedback;

import io.cosmichub.feedback.Contribution;
import io.cosmichub.streaming.record.RecordSerializer;
import java.io.IOException;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;
import org.apache.flink.types.StringValue;

/** Writes by how much a unit changes sums. */
public final class ContributionSerializer extends RecordSerializer<Contribution> {

  private static final int VERSION = 1;

  /** The serializer of the current layout. */
  public ContributionSerializer() {
    super(VERSION);
  }

  @Override
  protected void write(Contribution value, DataOutputView out) throws IOException {
    StringValue.writeString(value.experiment(), out);
    out.writeLong(value.version());
    StringValue.writeString(value.arm(), out);
    StringValue.writeString(value.metric(), out);
    SumsFields.write(value.change(), out);
  }

  @Override
  protected Contribution read(int writtenVersion, DataInputView in) throws IOException {
    return new Contribution(
        StringValue.readString(in),
        in.readLong(),
        StringValue.readString(in),
        StringValue.readString(in),
        SumsFields.read(in));
  }

  @Override
  public Snapshot<Contribution> snapshotConfiguration() {
    return new Format();
  }

  /** The layout of by how much a unit changes sums, as a checkpoint remembers it. */
  public static final class Format extends Snapshot<Contribution> {

    /** For Flink, which finds it by name. */
    public Format() {
      super(ContributionSerializer::new);
    }
  }
}
