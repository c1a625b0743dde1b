package io.cosmichub.streaming.pair;

import io.cosmichub.pair.PairRecord;
import org.apache.flink.api.common.state.ListStateDescriptor;
import org.apache.flink.api.common.state.MapStateDescriptor;
import org.apache.flink.api.common.state.ValueStateDescriptor;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.api.common.typeutils.base.StringSerializer;
import org.apache.flink.api.common.typeutils.base.array.BytePrimitiveArraySerializer;

/** The state of {@link PairChartsFunction}; the names are part of every savepoint. */
final class PairStates {

  private PairStates() {}

  /** The flags of rescoring by name, as they were told. The same in every subtask. */
  static MapStateDescriptor<String, byte[]> rescoring() {
    return new MapStateDescriptor<>(
        "rescoring", StringSerializer.INSTANCE, BytePrimitiveArraySerializer.INSTANCE);
  }

  /**
   * All that was told of who scores, by name, of models without their artifacts. The same in every
   * subtask.
   */
  static MapStateDescriptor<String, byte[]> scorers() {
    return new MapStateDescriptor<>(
        "scorers", StringSerializer.INSTANCE, BytePrimitiveArraySerializer.INSTANCE);
  }

  /** When what was told came in that a walk is under way for; nothing if none is. */
  static ListStateDescriptor<Long> walk() {
    return new ListStateDescriptor<>("walk", Types.LONG);
  }

  /** The flags of policies by name, as they were told. The same in every subtask. */
  static MapStateDescriptor<String, byte[]> policies() {
    return new MapStateDescriptor<>(
        "policies", StringSerializer.INSTANCE, BytePrimitiveArraySerializer.INSTANCE);
  }

  /** When what was told came in that pairs turn for; nothing if none do. */
  static ListStateDescriptor<Long> turns() {
    return new ListStateDescriptor<>("turns", Types.LONG);
  }

  /** What the policy says that pairs may be under beside that of the job; nothing if none is. */
  static ListStateDescriptor<String> candidate() {
    return new ListStateDescriptor<>("candidate", Types.STRING);
  }

  /** Both sides of a pair. */
  static ValueStateDescriptor<PairRecord> pair() {
    return new ValueStateDescriptor<>("pair", new PairRecordSerializer());
  }
}
