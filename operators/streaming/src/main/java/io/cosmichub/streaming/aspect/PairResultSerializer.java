package io.cosmichub.streaming.aspect;

import io.cosmichub.aspect.AspectSet;
import io.cosmichub.streaming.record.Fields;
import io.cosmichub.streaming.record.PairWorkSerializer;
import io.cosmichub.streaming.record.RecordSerializer;
import java.io.IOException;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

/** Writes work and what the kernel made of it. */
public final class PairResultSerializer extends RecordSerializer<PairResult> {

  private static final int VERSION = 1;

  private final PairWorkSerializer work = new PairWorkSerializer();

  /** The serializer of the current layout. */
  public PairResultSerializer() {
    super(VERSION);
  }

  @Override
  protected void write(PairResult value, DataOutputView out) throws IOException {
    work.serialize(value.work(), out);
    Fields.writeBytes(value.touched().toBytes(), out);
  }

  @Override
  protected PairResult read(int writtenVersion, DataInputView in) throws IOException {
    return new PairResult(work.deserialize(in), AspectSet.fromBytes(Fields.readBytes(in)));
  }

  @Override
  public Snapshot<PairResult> snapshotConfiguration() {
    return new Format();
  }

  /** The layout of a pair result, as a checkpoint remembers it. */
  public static final class Format extends Snapshot<PairResult> {

    /** For Flink, which finds it by name. */
    public Format() {
      super(PairResultSerializer::new);
    }
  }
}
