package io.cosmichub.streaming.hot;

import io.cosmichub.streaming.ingest.Accounting;
import java.io.IOException;
import java.util.function.ToIntFunction;
import org.apache.flink.api.common.state.ListState;
import org.apache.flink.api.common.state.ListStateDescriptor;
import org.apache.flink.api.common.state.ValueState;
import org.apache.flink.api.common.state.ValueStateDescriptor;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.metrics.MetricGroup;
import org.apache.flink.runtime.state.FunctionInitializationContext;
import org.apache.flink.util.FlinkRuntimeException;
import org.jspecify.annotations.Nullable;

/**
 * The one value that a keyed step keeps of each key, those of hot keys on the heap. Whenever a
 * checkpoint is taken the state backend has all of them, so a task is restored or rescaled as if
 * there were no heap in between; it then begins with the keys that were most used. Of one task
 * thread.
 *
 * @param <V> the values; immutable
 */
public final class HotState<V> {

  /** The counter of reads that the heap answered. */
  public static final String HITS = "hot_state_hits";

  /** The counter of reads that went to the state backend. */
  public static final String MISSES = "hot_state_misses";

  /** The counter of keys that gave way to others. */
  public static final String EVICTIONS = "hot_state_evictions";

  /** The counter of writes to the state backend. */
  public static final String WRITES = "hot_state_writes";

  /** The gauge of bytes on the heap, by estimate. */
  public static final String BYTES = "hot_state_bytes";

  /** The gauge of keys on the heap. */
  public static final String ENTRIES = "hot_state_entries";

  private static final int KEYS_REMEMBERED = 8_192;

  /** So that a checkpoint has the task write some hundred values, and not all that are hot. */
  private static final int MOST_CHANGED = 512;

  /** What is popular changes slowly, and to look at all that is hot takes milliseconds. */
  private static final int CHECKPOINTS_BETWEEN_LOOKS = 16;

  private final HotCache<V> cache;
  private final ListState<String> mostUsed;
  private int checkpoints;

  private HotState(HotCache<V> cache, ListState<String> mostUsed) {
    this.cache = cache;
    this.mostUsed = mostUsed;
  }

  /** Opens the state {@code values} in front of which at most {@code capacity} bytes are kept. */
  static <V> HotState<V> open(
      FunctionInitializationContext context,
      ValueStateDescriptor<V> values,
      ToIntFunction<V> bytesOf,
      long capacity,
      OperatorKeys keys)
      throws Exception {
    ListState<String> mostUsed =
        context
            .getOperatorStateStore()
            .getUnionListState(new ListStateDescriptor<>(values.getName() + "-hot", Types.STRING));
    HotCache<V> cache =
        new HotCache<>(
            capacity,
            MOST_CHANGED,
            bytesOf,
            new Backend<>(context.getKeyedStateStore().getState(values), keys));
    if (capacity > 0) {
      for (String key : mostUsed.get()) {
        if (keys.owns(key)) {
          cache.warm(key);
        }
      }
    }
    return new HotState<>(cache, mostUsed);
  }

  /** Counts in the group of an operator. */
  void register(MetricGroup operator) {
    MetricGroup group = operator.addGroup(Accounting.GROUP);
    group.gauge(HITS, cache::hits);
    group.gauge(MISSES, cache::misses);
    group.gauge(EVICTIONS, cache::evictions);
    group.gauge(WRITES, cache::writes);
    group.gauge(BYTES, cache::bytes);
    group.gauge(ENTRIES, cache::size);
  }

  /** The value of {@code key}, or null. */
  public @Nullable V value(String key) {
    return cache.get(key);
  }

  /** Sets the value of {@code key}; null removes it. */
  public void update(String key, @Nullable V value) {
    cache.put(key, value);
  }

  /** How often the state backend was asked for a value, warming up aside. */
  long misses() {
    return cache.misses();
  }

  /** The value of {@code key}, or null, without making it hot. */
  public @Nullable V peek(String key) {
    return cache.peek(key);
  }

  /** Makes the state backend whole. */
  void writeBack() {
    cache.writeBack();
  }

  /** Makes the state backend whole, and now and then remembers which keys are hot. */
  void snapshot() throws Exception {
    cache.writeBack();
    if (checkpoints++ % CHECKPOINTS_BETWEEN_LOOKS == 0) {
      mostUsed.update(cache.mostUsed(KEYS_REMEMBERED));
    }
  }

  /** Keyed state, of whichever key; a failing state backend fails the task. */
  private static final class Backend<V> implements HotCache.Store<V> {

    private final ValueState<V> state;
    private final OperatorKeys keys;

    Backend(ValueState<V> state, OperatorKeys keys) {
      this.state = state;
      this.keys = keys;
    }

    @Override
    public @Nullable V read(String key) {
      keys.use(key);
      try {
        return state.value();
      } catch (IOException e) {
        throw new FlinkRuntimeException("Cannot read the state of a key", e);
      }
    }

    @Override
    public void write(String key, @Nullable V value) {
      keys.use(key);
      try {
        if (value == null) {
          state.clear();
        } else {
          state.update(value);
        }
      } catch (IOException e) {
        throw new FlinkRuntimeException("Cannot write the state of a key", e);
      }
    }
  }
}
