package io.cosmichub.streaming.record;

import io.cosmichub.chart.Body;
import io.cosmichub.chart.Longitudes;
import io.cosmichub.chart.MicroDegrees;
import io.cosmichub.pair.PairCohorts;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;
import org.apache.flink.types.StringValue;
import org.jspecify.annotations.Nullable;

/** How fields that several records have are laid out. */
public final class Fields {

  private static final int NONE = -1;

  private Fields() {}

  /** Writes a length (4 bytes) and the bytes. */
  public static void writeBytes(byte[] bytes, DataOutputView out) throws IOException {
    out.writeInt(bytes.length);
    out.write(bytes);
  }

  /** Reads what {@link #writeBytes} wrote. */
  public static byte[] readBytes(DataInputView in) throws IOException {
    return readBytes(in.readInt(), in);
  }

  /** Writes as {@link #writeBytes}, with length −1 for none. */
  public static void writeOptionalBytes(byte @Nullable [] bytes, DataOutputView out)
      throws IOException {
    if (bytes == null) {
      out.writeInt(NONE);
    } else {
      writeBytes(bytes, out);
    }
  }

  /** Reads what {@link #writeOptionalBytes} wrote. */
  public static byte @Nullable [] readOptionalBytes(DataInputView in) throws IOException {
    int length = in.readInt();
    return length == NONE ? null : readBytes(length, in);
  }

  /**
   * Writes a mask of the slots that are present (2 bytes), then their micro-degrees (4 bytes each),
   * slot by slot.
   */
  public static void writeLongitudes(Longitudes longitudes, DataOutputView out) throws IOException {
    int present = longitudes.presentMask();
    out.writeShort(present);
    for (int left = present; left != 0; left &= left - 1) {
      out.writeInt(longitudes.at(Integer.numberOfTrailingZeros(left)));
    }
  }

  /** Reads what {@link #writeLongitudes} wrote. */
  public static Longitudes readLongitudes(DataInputView in) throws IOException {
    int[] values = new int[Body.COUNT];
    Arrays.fill(values, MicroDegrees.ABSENT);
    for (int left = in.readUnsignedShort(); left != 0; left &= left - 1) {
      values[Integer.numberOfTrailingZeros(left)] = in.readInt();
    }
    return Longitudes.of(values);
  }

  /** Writes how many names there are (1 byte), and each. */
  public static void writeNames(List<String> names, DataOutputView out) throws IOException {
    out.writeByte(names.size());
    for (String name : names) {
      StringValue.writeString(name, out);
    }
  }

  /** Reads what {@link #writeNames} wrote. */
  public static List<String> readNames(DataInputView in) throws IOException {
    int count = in.readUnsignedByte();
    if (count == 0) {
      return List.of();
    }
    List<String> names = new ArrayList<>(count);
    for (int i = 0; i < count; i++) {
      names.add(StringValue.readString(in));
    }
    return names;
  }

  /** Writes whether a pair counts in any cohort (1 byte), and in which. */
  public static void writeCohorts(PairCohorts cohorts, DataOutputView out) throws IOException {
    out.writeBoolean(!cohorts.isEmpty());
    if (!cohorts.isEmpty()) {
      writeNames(cohorts.kept(), out);
      writeNames(cohorts.left(), out);
      writeNames(cohorts.joined(), out);
    }
  }

  /** Reads what {@link #writeCohorts} wrote. */
  public static PairCohorts readCohorts(DataInputView in) throws IOException {
    return in.readBoolean()
        ? new PairCohorts(readNames(in), readNames(in), readNames(in))
        : PairCohorts.NONE;
  }

  private static byte[] readBytes(int length, DataInputView in) throws IOException {
    if (length < 0) {
      throw new IOException("Negative length");
    }
    byte[] bytes = new byte[length];
    in.readFully(bytes);
    return bytes;
  }
}
