package io.cosmichub.streaming.ingest;

import io.cosmichub.feedback.Feedback;
import io.cosmichub.streaming.record.InputRecordSerializer;
import io.cosmichub.streaming.record.RecordSerializer;
import java.io.IOException;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;
import org.apache.flink.types.StringValue;

/** Writes decoded feedback and its raw record. */
public final class FeedbackInputSerializer extends RecordSerializer<FeedbackInput> {

  private static final int VERSION = 1;

  private final InputRecordSerializer origin = new InputRecordSerializer();

  /** The serializer of the current layout. */
  public FeedbackInputSerializer() {
    super(VERSION);
  }

  @Override
  protected void write(FeedbackInput value, DataOutputView out) throws IOException {
    Feedback feedback = value.feedback();
    StringValue.writeString(feedback.pairId(), out);
    StringValue.writeString(feedback.chartA(), out);
    StringValue.writeString(feedback.kind(), out);
    out.writeInt(feedback.value());
    out.writeLong(feedback.at());
    out.writeBoolean(value.ofChart());
    origin.serialize(value.origin(), out);
  }

  @Override
  protected FeedbackInput read(int writtenVersion, DataInputView in) throws IOException {
    Feedback feedback =
        new Feedback(
            StringValue.readString(in),
            StringValue.readString(in),
            StringValue.readString(in),
            in.readInt(),
            in.readLong());
    return new FeedbackInput(feedback, in.readBoolean(), origin.deserialize(in));
  }

  @Override
  public Snapshot<FeedbackInput> snapshotConfiguration() {
    return new Format();
  }

  /** The layout of a feedback input, as a checkpoint remembers it. */
  public static final class Format extends Snapshot<FeedbackInput> {

    /** For Flink, which finds it by name. */
    public Format() {
      super(FeedbackInputSerializer::new);
    }
  }
}
