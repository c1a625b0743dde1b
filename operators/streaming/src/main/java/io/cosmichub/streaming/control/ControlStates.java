package io.cosmichub.streaming.control;

import io.cosmichub.serving.ControlMark;
import org.apache.flink.api.common.state.ValueStateDescriptor;

/** The state of {@link ControlFunction}; the names are part of every savepoint. */
final class ControlStates {

  private ControlStates() {}

  /** What was applied last under a name. */
  static ValueStateDescriptor<ControlMark> applied() {
    return new ValueStateDescriptor<>("applied", new ControlMarkSerializer());
  }
}
