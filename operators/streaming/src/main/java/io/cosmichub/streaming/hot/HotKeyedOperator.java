package io.cosmichub.streaming.hot;

import org.apache.flink.api.common.TaskInfo;
import org.apache.flink.runtime.state.KeyGroupRangeAssignment;
import org.apache.flink.runtime.state.StateInitializationContext;
import org.apache.flink.streaming.api.operators.ProcessOperator;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.apache.flink.util.OutputTag;

/**
 * Runs a {@link HotKeyedFunction}, and lets it reach the state of any key: of one that is not hot,
 * of those that give way to others, and of all that changed when a checkpoint is taken.
 *
 * @param <I> the input
 * @param <O> the output
 */
public sealed class HotKeyedOperator<I, O> extends ProcessOperator<I, O> permits HotToldOperator {

  private static final long serialVersionUID = 1L;

  /** An operator of {@code function}. */
  public HotKeyedOperator(HotKeyedFunction<I, O, ?> function) {
    super(function);
  }

  @Override
  public void initializeState(StateInitializationContext context) throws Exception {
    ((HotKeyedFunction<?, ?, ?>) userFunction).setKeys(new Keys());
    super.initializeState(context);
  }

  @Override
  public void prepareSnapshotPreBarrier(long checkpointId) throws Exception {
    super.prepareSnapshotPreBarrier(checkpointId);
    send();
  }

  @Override
  public void finish() throws Exception {
    send();
    super.finish();
  }

  private void send() {
    ((HotKeyedFunction<?, ?, ?>) userFunction).send(new Sides());
  }

  /** A hot value needs no current key, and to set one costs more than to find the value. */
  @Override
  @SuppressWarnings("rawtypes")
  public void setKeyContextElement1(StreamRecord element) {}

  /** The side outputs of this subtask. */
  private final class Sides implements SideOutput {

    @Override
    public <T> void put(OutputTag<T> tag, T value) {
      output.collect(tag, new StreamRecord<>(value));
    }
  }

  /** The keys of this subtask. */
  private final class Keys implements OperatorKeys {

    @Override
    public void use(String key) {
      setCurrentKey(key);
    }

    @Override
    public boolean owns(String key) {
      TaskInfo task = getRuntimeContext().getTaskInfo();
      int owner =
          KeyGroupRangeAssignment.assignKeyToParallelOperator(
              key, task.getMaxNumberOfParallelSubtasks(), task.getNumberOfParallelSubtasks());
      return owner == task.getIndexOfThisSubtask();
    }
  }
}
