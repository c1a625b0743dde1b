package io.cosmichub.streaming.fanout;

import io.cosmichub.fanout.MemberPage;
import io.cosmichub.streaming.record.PackedSerializer;

/** Packs a page of a chart's members. */
public final class MemberPageSerializer extends PackedSerializer<MemberPage> {

  @Override
  protected byte[] pack(MemberPage value) {
    return value.toBytes();
  }

  @Override
  protected MemberPage unpack(byte[] bytes) {
    return MemberPage.fromBytes(bytes);
  }

  @Override
  public Snapshot<MemberPage> snapshotConfiguration() {
    return new Format();
  }

  /** The layout of a page of a chart's members, as a checkpoint remembers it. */
  public static final class Format extends Snapshot<MemberPage> {

    /** For Flink, which finds it by name. */
    public Format() {
      super(MemberPageSerializer::new);
    }
  }
}
