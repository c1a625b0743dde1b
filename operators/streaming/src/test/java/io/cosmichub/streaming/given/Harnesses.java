package io.cosmichub.streaming.given;

import io.cosmichub.aspect.AspectPolicy;
import io.cosmichub.pair.PairUpdate;
import io.cosmichub.pair.PairWork;
import io.cosmichub.pair.SideUpdate;
import io.cosmichub.streaming.aspect.PairAspectsFunction;
import io.cosmichub.streaming.aspect.PairResult;
import io.cosmichub.streaming.aspect.PolicySource;
import io.cosmichub.streaming.fanout.ChartFanOutFunction;
import io.cosmichub.streaming.fanout.FanOutConfig;
import io.cosmichub.streaming.hot.HotKeyedOperator;
import io.cosmichub.streaming.hot.HotToldOperator;
import io.cosmichub.streaming.ingest.ChartInput;
import io.cosmichub.streaming.ingest.WatchInput;
import io.cosmichub.streaming.pair.PairChartsFunction;
import io.cosmichub.streaming.watch.KeyedMembership;
import io.cosmichub.streaming.watch.PairWatchesFunction;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.apache.flink.api.common.serialization.SerializerConfigImpl;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.api.java.functions.KeySelector;
import org.apache.flink.runtime.checkpoint.OperatorSubtaskState;
import org.apache.flink.runtime.state.KeyGroupRangeAssignment;
import org.apache.flink.streaming.api.operators.KeyedProcessOperator;
import org.apache.flink.streaming.api.operators.OneInputStreamOperator;
import org.apache.flink.streaming.api.operators.co.KeyedCoProcessOperator;
import org.apache.flink.streaming.util.AbstractStreamOperatorTestHarness;
import org.apache.flink.streaming.util.KeyedOneInputStreamOperatorTestHarness;
import org.apache.flink.streaming.util.KeyedTwoInputStreamOperatorTestHarness;
import org.jspecify.annotations.Nullable;

/**
 * Opens the keyed steps as operators under test, on empty or restored state, and closes them all.
 */
public final class Harnesses {

  private static final long HOT_BYTES = 1 << 20;

  private final List<AbstractStreamOperatorTestHarness<?>> opened = new ArrayList<>();

  /** Closes every operator that was opened here. */
  public void close() throws Exception {
    for (AbstractStreamOperatorTestHarness<?> harness : opened) {
      harness.close();
    }
  }

  /** The step of pair watches. */
  public KeyedOneInputStreamOperatorTestHarness<String, WatchInput, KeyedMembership> watches(
      Subtask subtask, @Nullable OperatorSubtaskState restored) throws Exception {
    PairWatchesFunction function = new PairWatchesFunction(Given.SECRET);
    return keyed(
        new KeyedProcessOperator<>(function),
        function.getProducedType(),
        WatchInput::pairId,
        subtask,
        restored);
  }

  /** The fan-out. */
  public KeyedTwoInputStreamOperatorTestHarness<String, ChartInput, KeyedMembership, SideUpdate>
      fanOut(FanOutConfig config, Subtask subtask, @Nullable OperatorSubtaskState restored)
          throws Exception {
    ChartFanOutFunction function = new ChartFanOutFunction(config);
    var harness =
        new KeyedTwoInputStreamOperatorTestHarness<>(
            new KeyedCoProcessOperator<>(function),
            ChartInput::chartKey,
            KeyedMembership::chartKey,
            Types.STRING,
            Subtask.MAX_PARALLELISM,
            subtask.parallelism(),
            subtask.index());
    open(harness, function.getProducedType(), subtask, restored);
    return harness;
  }

  /** The step of both sides. */
  public KeyedOneInputStreamOperatorTestHarness<String, SideUpdate, PairWork> pairs(
      Subtask subtask, @Nullable OperatorSubtaskState restored) throws Exception {
    return pairs(HOT_BYTES, subtask, restored);
  }

  /** The step of both sides, with {@code hotBytes} bytes of its state on the heap. */
  public KeyedOneInputStreamOperatorTestHarness<String, SideUpdate, PairWork> pairs(
      long hotBytes, Subtask subtask, @Nullable OperatorSubtaskState restored) throws Exception {
    PairChartsFunction function = new PairChartsFunction(AspectPolicy::classic, hotBytes, 1_000);
    return keyed(
        new HotKeyedOperator<>(function),
        function.getProducedType(),
        SideUpdate::pairId,
        subtask,
        restored);
  }

  /**
   * The step of both sides as it is told things, which looks at {@code perSecond} pairs a second
   * again; it opens at the processing time {@code now}.
   */
  public KeyedTwoInputStreamOperatorTestHarness<String, SideUpdate, PairWork, PairWork> head(
      PolicySource policy,
      int perSecond,
      long now,
      Subtask subtask,
      @Nullable OperatorSubtaskState restored)
      throws Exception {
    PairChartsFunction function = new PairChartsFunction(policy, HOT_BYTES, perSecond);
    String any = keyOf(subtask);
    var harness =
        new KeyedTwoInputStreamOperatorTestHarness<>(
            HotToldOperator.of(function),
            SideUpdate::pairId,
            told -> any,
            Types.STRING,
            Subtask.MAX_PARALLELISM,
            subtask.parallelism(),
            subtask.index());
    harness.setProcessingTime(now);
    open(harness, function.getProducedType(), subtask, restored);
    return harness;
  }

  /** A key that the subtask has: harnesses want one, though what is told is under none. */
  private static String keyOf(Subtask subtask) {
    return IntStream.iterate(0, key -> key + 1)
        .mapToObj(Integer::toString)
        .filter(
            key ->
                KeyGroupRangeAssignment.assignKeyToParallelOperator(
                        key, Subtask.MAX_PARALLELISM, subtask.parallelism())
                    == subtask.index())
        .findFirst()
        .orElseThrow();
  }

  /** The step of aspect sets. */
  public KeyedOneInputStreamOperatorTestHarness<String, PairResult, PairUpdate> aspects(
      Subtask subtask, @Nullable OperatorSubtaskState restored) throws Exception {
    return aspects(HOT_BYTES, subtask, restored);
  }

  /** The step of aspect sets, with {@code hotBytes} bytes of its state on the heap. */
  public KeyedOneInputStreamOperatorTestHarness<String, PairResult, PairUpdate> aspects(
      long hotBytes, Subtask subtask, @Nullable OperatorSubtaskState restored) throws Exception {
    return aspects(AspectPolicy::classic, hotBytes, subtask, restored);
  }

  /** The same of pairs under these policies. */
  public KeyedOneInputStreamOperatorTestHarness<String, PairResult, PairUpdate> aspects(
      PolicySource policy, long hotBytes, Subtask subtask, @Nullable OperatorSubtaskState restored)
      throws Exception {
    PairAspectsFunction function = new PairAspectsFunction(policy, hotBytes);
    return keyed(
        new HotKeyedOperator<>(function),
        function.getProducedType(),
        result -> result.work().pairId(),
        subtask,
        restored);
  }

  /** Everything emitted since the last call. */
  public static <T> List<T> drain(AbstractStreamOperatorTestHarness<T> harness) {
    List<T> values = harness.extractOutputValues();
    harness.getOutput().clear();
    return values;
  }

  private <I, O> KeyedOneInputStreamOperatorTestHarness<String, I, O> keyed(
      OneInputStreamOperator<I, O> operator,
      TypeInformation<O> output,
      KeySelector<I, String> key,
      Subtask subtask,
      @Nullable OperatorSubtaskState restored)
      throws Exception {
    var harness =
        new KeyedOneInputStreamOperatorTestHarness<>(
            operator,
            key,
            Types.STRING,
            Subtask.MAX_PARALLELISM,
            subtask.parallelism(),
            subtask.index());
    open(harness, output, subtask, restored);
    return harness;
  }

  private <O> void open(
      AbstractStreamOperatorTestHarness<O> harness,
      TypeInformation<O> output,
      Subtask subtask,
      @Nullable OperatorSubtaskState restored)
      throws Exception {
    harness.setStateBackend(subtask.backend());
    harness.setup(output.createSerializer(new SerializerConfigImpl()));
    if (restored == null) {
      harness.initializeEmptyState();
    } else {
      harness.initializeState(restored);
    }
    harness.open();
    opened.add(harness);
  }
}
