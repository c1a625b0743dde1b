package io.cosmichub.streaming.population;

import io.cosmichub.population.sample.SampledPast;
import io.cosmichub.streaming.record.RecordTypeInfo;
import org.apache.flink.api.common.state.MapStateDescriptor;
import org.apache.flink.api.common.state.ValueStateDescriptor;
import org.apache.flink.api.common.typeinfo.Types;

/** The state of {@link PatternsFunction}; the names are part of every savepoint. */
final class PatternStates {

  private PatternStates() {}

  /** How those of a sample stand, by the hash of their id. */
  static MapStateDescriptor<Long, SampledPast> members(String of) {
    return new MapStateDescriptor<>(
        "sampled-" + of,
        Types.LONG,
        new RecordTypeInfo<>(SampledPast.class, new SampledPastSerializer()));
  }

  /** How many they are. */
  static ValueStateDescriptor<Integer> count(String of) {
    return new ValueStateDescriptor<>("count-" + of, Types.INT);
  }

  /** The first hash that is not taken, since the sample was cut. */
  static ValueStateDescriptor<Long> limit(String of) {
    return new ValueStateDescriptor<>("limit-" + of, Types.LONG);
  }
}
