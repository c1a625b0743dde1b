package io.cosmichub.streaming.feedback;

import io.cosmichub.feedback.Sums;
import io.cosmichub.streaming.record.Fields;
import java.io.IOException;
import java.math.BigInteger;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;
import org.apache.flink.types.StringValue;

/** How sums are laid out. */
final class SumsFields {

  private SumsFields() {}

  static void write(Sums sums, DataOutputView out) throws IOException {
    out.writeLong(sums.count());
    Fields.writeBytes(sums.sum().toByteArray(), out);
    Fields.writeBytes(sums.squares().toByteArray(), out);
    Fields.writeBytes(sums.priorSum().toByteArray(), out);
    Fields.writeBytes(sums.priorSquares().toByteArray(), out);
    Fields.writeBytes(sums.products().toByteArray(), out);
  }

  static Sums read(DataInputView in) throws IOException {
    return new Sums(in.readLong(), number(in), number(in), number(in), number(in), number(in));
  }

  /** By name, so that the same map is the same bytes. */
  static void write(Map<String, Sums> metrics, DataOutputView out) throws IOException {
    out.writeInt(metrics.size());
    for (Map.Entry<String, Sums> entry : new TreeMap<>(metrics).entrySet()) {
      StringValue.writeString(entry.getKey(), out);
      write(entry.getValue(), out);
    }
  }

  static Map<String, Sums> readMetrics(DataInputView in) throws IOException {
    Map<String, Sums> metrics = new HashMap<>();
    for (int left = in.readInt(); left > 0; left--) {
      metrics.put(StringValue.readString(in), read(in));
    }
    return metrics;
  }

  /** By arm, in the order of their ids. */
  static void writeArms(Map<String, Map<String, Sums>> arms, DataOutputView out)
      throws IOException {
    out.writeInt(arms.size());
    for (Map.Entry<String, Map<String, Sums>> arm : new TreeMap<>(arms).entrySet()) {
      StringValue.writeString(arm.getKey(), out);
      write(arm.getValue(), out);
    }
  }

  static Map<String, Map<String, Sums>> readArms(DataInputView in) throws IOException {
    Map<String, Map<String, Sums>> arms = new HashMap<>();
    for (int left = in.readInt(); left > 0; left--) {
      arms.put(StringValue.readString(in), readMetrics(in));
    }
    return arms;
  }

  private static BigInteger number(DataInputView in) throws IOException {
    return new BigInteger(Fields.readBytes(in));
  }
}
