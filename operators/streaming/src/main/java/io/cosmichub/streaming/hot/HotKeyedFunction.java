package io.cosmichub.streaming.hot;

import java.util.Objects;
import org.apache.flink.api.common.state.ValueStateDescriptor;
import org.apache.flink.runtime.state.FunctionInitializationContext;
import org.apache.flink.runtime.state.FunctionSnapshotContext;
import org.apache.flink.streaming.api.checkpoint.CheckpointedFunction;
import org.apache.flink.streaming.api.functions.ProcessFunction;
import org.jspecify.annotations.Nullable;

/**
 * A keyed step that keeps one value a key and has the hot ones on the heap. Runs in a {@link
 * HotKeyedOperator} only, under no current key: {@link #hot} is told the key of each value.
 *
 * @param <I> the input
 * @param <O> the output
 * @param <V> the value of a key; immutable
 */
public abstract class HotKeyedFunction<I, O, V> extends ProcessFunction<I, O>
    implements CheckpointedFunction {

  // Configuration.
  private final long hotBytes;

  // Runtime.
  private transient @Nullable OperatorKeys keys;
  private transient @Nullable HotState<V> hot;

  /** Keeps at most {@code hotBytes} bytes on the heap of a subtask, by estimate; 0 keeps none. */
  protected HotKeyedFunction(long hotBytes) {
    if (hotBytes < 0) {
      throw new IllegalArgumentException("The size of the hot state is negative: " + hotBytes);
    }
    this.hotBytes = hotBytes;
  }

  /** The state in the backend. */
  protected abstract ValueStateDescriptor<V> values();

  /** About how many bytes of the heap a value takes. */
  protected abstract int bytesOf(V value);

  /** Opens what a step keeps besides; nothing unless overridden. */
  protected void restore(FunctionInitializationContext context) throws Exception {}

  /** Keeps what a step keeps besides, with a checkpoint; nothing unless overridden. */
  protected void keep() throws Exception {}

  /**
   * Sends on what must be in no checkpoint: before each barrier, and at the end; nothing unless
   * overridden.
   */
  protected void send(SideOutput out) {}

  /** The values of all keys. */
  protected final HotState<V> hot() {
    return Objects.requireNonNull(hot, "not in a HotKeyedOperator");
  }

  final void setKeys(OperatorKeys operatorKeys) {
    keys = operatorKeys;
  }

  @Override
  public final void initializeState(FunctionInitializationContext context) throws Exception {
    OperatorKeys ofOperator = Objects.requireNonNull(keys, "not in a HotKeyedOperator");
    HotState<V> state = HotState.open(context, values(), this::bytesOf, hotBytes, ofOperator);
    state.register(getRuntimeContext().getMetricGroup());
    hot = state;
    restore(context);
  }

  /** Flink calls this before it takes the snapshot of the state backend. */
  @Override
  public final void snapshotState(FunctionSnapshotContext context) throws Exception {
    hot().snapshot();
    keep();
  }
}
