package io.cosmichub.streaming.aspect;

import io.cosmichub.pair.PairAspectsRecord;
import org.apache.flink.api.common.state.MapStateDescriptor;
import org.apache.flink.api.common.state.ValueStateDescriptor;
import org.apache.flink.api.common.typeutils.base.StringSerializer;
import org.apache.flink.api.common.typeutils.base.array.BytePrimitiveArraySerializer;

/**
 * The state of {@link AspectsOperator} and of {@link PairAspectsFunction}; the names are part of
 * every savepoint.
 */
final class AspectStates {

  private AspectStates() {}

  /**
   * What is served, by name: the bytes that were told; under the name and {@code @}, the model that
   * held before. The same in every subtask.
   */
  static MapStateDescriptor<String, byte[]> control() {
    return new MapStateDescriptor<>(
        "control", StringSerializer.INSTANCE, BytePrimitiveArraySerializer.INSTANCE);
  }

  /** The flags of devices, by name: the bytes that were told. The same in every subtask. */
  static MapStateDescriptor<String, byte[]> devices() {
    return new MapStateDescriptor<>(
        "devices", StringSerializer.INSTANCE, BytePrimitiveArraySerializer.INSTANCE);
  }

  /** The aspects of a pair. */
  static ValueStateDescriptor<PairAspectsRecord> aspects() {
    return new ValueStateDescriptor<>("aspects", new PairAspectsRecordSerializer());
  }
}
