package io.cosmichub.streaming.pair;

import io.cosmichub.pair.PairRecord;
import org.apache.flink.api.common.state.ValueStateDescriptor;

/** The state of {@link PairChartsFunction}; the names are part of every savepoint. */
final class PairStates {

  private PairStates() {}

  /** Both sides of a pair. */
  static ValueStateDescriptor<PairRecord> pair() {
    return new ValueStateDescriptor<>("pair", new PairRecordSerializer());
  }
}
