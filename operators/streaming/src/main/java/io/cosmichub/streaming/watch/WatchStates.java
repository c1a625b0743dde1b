package io.cosmichub.streaming.watch;

import io.cosmichub.pair.WatchEntry;
import org.apache.flink.api.common.state.ListStateDescriptor;
import org.apache.flink.api.common.state.ValueStateDescriptor;
import org.apache.flink.api.common.typeinfo.Types;

/** The state of {@link PairWatchesFunction}; the names are part of every savepoint. */
final class WatchStates {

  private WatchStates() {}

  /** The watch in force of a pair. */
  static ValueStateDescriptor<WatchEntry> watch() {
    return new ValueStateDescriptor<>("watch", new WatchEntrySerializer());
  }

  /** The last epoch that each subtask gave; every subtask sees all of them after a restore. */
  static ListStateDescriptor<Long> lastEpochs() {
    return new ListStateDescriptor<>("last-epochs", Types.LONG);
  }
}
