package io.cosmichub.streaming.given;

import java.util.List;
import org.apache.flink.runtime.checkpoint.OperatorSubtaskState;
import org.apache.flink.streaming.util.AbstractStreamOperatorTestHarness;

/**
 * Takes the state of all subtasks of an operator and gives one subtask of another number of them
 * its share.
 */
public final class Rescale {

  private Rescale() {}

  /** The share of {@code to} in the snapshots of all old subtasks. */
  public static OperatorSubtaskState share(List<OperatorSubtaskState> snapshots, Subtask to)
      throws Exception {
    OperatorSubtaskState whole =
        AbstractStreamOperatorTestHarness.repackageState(
            snapshots.toArray(new OperatorSubtaskState[0]));
    return AbstractStreamOperatorTestHarness.repartitionOperatorState(
        whole, Subtask.MAX_PARALLELISM, snapshots.size(), to.parallelism(), to.index());
  }
}
