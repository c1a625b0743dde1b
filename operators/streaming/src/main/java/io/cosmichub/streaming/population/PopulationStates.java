package io.cosmichub.streaming.population;

import org.apache.flink.api.common.state.MapStateDescriptor;
import org.apache.flink.api.common.state.ValueStateDescriptor;
import org.apache.flink.api.common.typeinfo.PrimitiveArrayTypeInfo;
import org.apache.flink.api.common.typeinfo.Types;

/**
 * The state of {@link PopulationFunction}; the names are part of every savepoint. What is kept as
 * bytes says its version itself.
 */
final class PopulationStates {

  private PopulationStates() {}

  /** The population at the end of the last window that closed. */
  static ValueStateDescriptor<byte[]> level() {
    return new ValueStateDescriptor<>(
        "level", PrimitiveArrayTypeInfo.BYTE_PRIMITIVE_ARRAY_TYPE_INFO);
  }

  /** What is known of the windows that are open, by their end. */
  static MapStateDescriptor<Long, PopulationPart> open() {
    return new MapStateDescriptor<>("open", Types.LONG, PopulationPart.TYPE);
  }

  /** What happened in the windows since {@link SlidingWindow} turned, by their end. */
  static MapStateDescriptor<Long, PopulationPart> recent() {
    return new MapStateDescriptor<>("recent", Types.LONG, PopulationPart.TYPE);
  }

  /** The sum of these. */
  static ValueStateDescriptor<PopulationPart> recentSum() {
    return new ValueStateDescriptor<>("recent-sum", PopulationPart.TYPE);
  }

  /** Of each window before these, by its end, the sum of what happened from it up to the turn. */
  static MapStateDescriptor<Long, PopulationPart> recentSums() {
    return new MapStateDescriptor<>("recent-sums", Types.LONG, PopulationPart.TYPE);
  }

  /**
   * What closed windows counted, by their number under a plan: under another plan there is none.
   */
  static MapStateDescriptor<Long, byte[]> counts(PopulationConfig config) {
    return new MapStateDescriptor<>(
        "counts-" + config.clock().size() + "-" + config.trailing(),
        Types.LONG,
        PrimitiveArrayTypeInfo.BYTE_PRIMITIVE_ARRAY_TYPE_INFO);
  }
}
