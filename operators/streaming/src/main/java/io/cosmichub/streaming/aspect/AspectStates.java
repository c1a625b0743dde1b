package io.cosmichub.streaming.aspect;

import io.cosmichub.pair.PairAspectsRecord;
import org.apache.flink.api.common.state.ValueStateDescriptor;

/** The state of {@link PairAspectsFunction}; the names are part of every savepoint. */
final class AspectStates {

  private AspectStates() {}

  /** The aspects of a pair. */
  static ValueStateDescriptor<PairAspectsRecord> aspects() {
    return new ValueStateDescriptor<>("aspects", new PairAspectsRecordSerializer());
  }
}
