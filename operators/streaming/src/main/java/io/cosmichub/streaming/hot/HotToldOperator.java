package io.cosmichub.streaming.hot;

import java.util.Objects;
import java.util.stream.Stream;
import org.apache.flink.runtime.state.KeyedStateBackend;
import org.apache.flink.runtime.state.VoidNamespace;
import org.apache.flink.runtime.state.heap.HeapKeyedStateBackend;
import org.apache.flink.streaming.api.operators.TimestampedCollector;
import org.apache.flink.streaming.api.operators.TwoInputStreamOperator;
import org.apache.flink.streaming.api.watermark.Watermark;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.apache.flink.streaming.runtime.watermarkstatus.WatermarkStatus;
import org.jspecify.annotations.Nullable;

/**
 * A {@link HotKeyedOperator} with a second input, of which every subtask gets all: it reaches the
 * function under no key. It says nothing about event time, which it neither advances nor holds up.
 *
 * @param <I> the keyed input
 * @param <T> what is told
 * @param <O> the output
 */
public final class HotToldOperator<I, T, O> extends HotKeyedOperator<I, O>
    implements TwoInputStreamOperator<I, T, O> {

  private static final long serialVersionUID = 1L;
  private static final int KEYED = 0;

  // Configuration.
  private final ToldFunction<T, O> teller;

  // Runtime.
  private transient @Nullable TimestampedCollector<O> out;
  private transient @Nullable KeyWalk walk;

  private HotToldOperator(HotKeyedFunction<I, O, ?> function, ToldFunction<T, O> teller) {
    super(function);
    this.teller = teller;
  }

  /** An operator of a function that is told things. */
  public static <I, T, O, F extends HotKeyedFunction<I, O, ?> & ToldFunction<T, O>>
      HotToldOperator<I, T, O> of(F function) {
    return new HotToldOperator<>(function, function);
  }

  @Override
  public void open() throws Exception {
    super.open();
    TimestampedCollector<O> collector = new TimestampedCollector<>(output);
    out = collector;
    KeyWalk opened = new KeyWalk(this::keys, getProcessingTimeService());
    walk = opened;
    teller.opened(collector, opened);
  }

  @Override
  public void close() throws Exception {
    if (walk != null) {
      walk.end();
    }
    super.close();
  }

  /** The keys that are there now; those of the heap are copied, for it goes on changing. */
  private Stream<String> keys() {
    HotKeyedFunction<I, O, ?> function = function();
    function.hot().writeBack();
    KeyedStateBackend<String> backend = getKeyedStateBackend();
    Stream<String> keys = backend.getKeys(function.values().getName(), VoidNamespace.INSTANCE);
    if (backend instanceof HeapKeyedStateBackend) {
      try (keys) {
        return keys.toList().stream();
      }
    }
    return keys;
  }

  @SuppressWarnings("unchecked") // the constructor took no other
  private HotKeyedFunction<I, O, ?> function() {
    return (HotKeyedFunction<I, O, ?>) userFunction;
  }

  @Override
  public void processElement1(StreamRecord<I> element) throws Exception {
    processElement(element);
  }

  @Override
  public void processElement2(StreamRecord<T> element) throws Exception {
    TimestampedCollector<O> collector = Objects.requireNonNull(out);
    collector.setTimestamp(element);
    teller.told(element.getValue(), collector);
  }

  @Override
  public void processWatermark1(Watermark mark) throws Exception {
    processWatermark(mark);
  }

  @Override
  public void processWatermark2(Watermark mark) {}

  @Override
  protected void processWatermarkStatus(WatermarkStatus status, int input) throws Exception {
    if (input == KEYED) {
      processWatermarkStatus(status);
    }
  }
}
