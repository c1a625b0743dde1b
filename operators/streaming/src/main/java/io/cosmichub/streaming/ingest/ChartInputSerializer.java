package io.cosmichub.streaming.ingest;

import io.cosmichub.chart.Body;
import io.cosmichub.chart.ChartUpdate;
import io.cosmichub.chart.Houses;
import io.cosmichub.chart.Position;
import io.cosmichub.streaming.record.InputRecordSerializer;
import io.cosmichub.streaming.record.RecordSerializer;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;
import org.apache.flink.types.StringValue;

/** Writes a decoded chart update and its raw record. */
public final class ChartInputSerializer extends RecordSerializer<ChartInput> {

  private static final int VERSION = 1;
  private static final int UPDATE = 1;
  private static final int PARTIAL = 1 << 1;
  private static final int CUSPS = 1 << 2;

  private final InputRecordSerializer origin = new InputRecordSerializer();

  /** The serializer of the current layout. */
  public ChartInputSerializer() {
    super(VERSION);
  }

  @Override
  protected void write(ChartInput value, DataOutputView out) throws IOException {
    StringValue.writeString(value.chartKey(), out);
    StringValue.writeString(value.chartId(), out);
    ChartUpdate update = value.update();
    if (update == null) {
      out.writeByte(0);
    } else {
      writeUpdate(update, out);
    }
    origin.serialize(value.origin(), out);
  }

  private static void writeUpdate(ChartUpdate update, DataOutputView out) throws IOException {
    int[] cusps = update.cusps();
    out.writeByte(UPDATE | (update.partial() ? PARTIAL : 0) | (cusps != null ? CUSPS : 0));
    out.writeLong(update.revision());
    out.writeLong(update.effectiveAt());
    out.writeShort(update.positionMask());
    for (int slot = 0; slot < Body.COUNT; slot++) {
      Position position = update.position(slot);
      if (position != null) {
        out.writeInt(position.longitude());
        out.writeInt(position.speed());
      }
    }
    if (cusps != null) {
      for (int cusp : cusps) {
        out.writeInt(cusp);
      }
    }
    out.writeInt(update.cohorts().size());
    for (String cohort : update.cohorts()) {
      StringValue.writeString(cohort, out);
    }
  }

  @Override
  protected ChartInput read(int writtenVersion, DataInputView in) throws IOException {
    String chartKey = StringValue.readString(in);
    String chartId = StringValue.readString(in);
    int flags = in.readByte();
    ChartUpdate update = (flags & UPDATE) == 0 ? null : readUpdate(chartId, flags, in);
    return new ChartInput(chartKey, chartId, update, origin.deserialize(in));
  }

  private static ChartUpdate readUpdate(String chartId, int flags, DataInputView in)
      throws IOException {
    ChartUpdate.Builder update =
        ChartUpdate.builder(chartId, in.readLong())
            .effectiveAt(in.readLong())
            .partial((flags & PARTIAL) != 0);
    for (int left = in.readUnsignedShort(); left != 0; left &= left - 1) {
      update.position(
          Integer.numberOfTrailingZeros(left), new Position(in.readInt(), in.readInt()));
    }
    if ((flags & CUSPS) != 0) {
      int[] cusps = new int[Houses.COUNT];
      for (int house = 0; house < cusps.length; house++) {
        cusps[house] = in.readInt();
      }
      update.cusps(cusps);
    }
    int count = in.readInt();
    List<String> cohorts = new ArrayList<>(count);
    for (int i = 0; i < count; i++) {
      cohorts.add(StringValue.readString(in));
    }
    return update.cohorts(cohorts).build();
  }

  @Override
  public Snapshot<ChartInput> snapshotConfiguration() {
    return new Format();
  }

  /** The layout of a chart input, as a checkpoint remembers it. */
  public static final class Format extends Snapshot<ChartInput> {

    /** For Flink, which finds it by name. */
    public Format() {
      super(ChartInputSerializer::new);
    }
  }
}
