package io.cosmichub.streaming.hot;

import static org.assertj.core.api.Assertions.assertThat;

import io.cosmichub.streaming.given.Rescale;
import io.cosmichub.streaming.given.Subtask;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.apache.flink.api.common.state.ValueStateDescriptor;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.runtime.checkpoint.OperatorSubtaskState;
import org.apache.flink.runtime.state.KeyGroupRangeAssignment;
import org.apache.flink.streaming.util.KeyedOneInputStreamOperatorTestHarness;
import org.apache.flink.util.Collector;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

final class HotKeyedOperatorTest {

  private static final int KEYS = 40;

  @Test
  void noCountIsLostOverCheckpointsAndRescaling() throws Exception {
    for (long hotBytes : new long[] {0, 700, 1 << 20}) {
      Random random = new Random(hotBytes);
      Map<String, Long> expected = new HashMap<>();
      List<OperatorSubtaskState> snapshots = List.of();
      for (int run = 0; run < 12; run++) {
        int parallelism = 1 + random.nextInt(3);
        List<OperatorSubtaskState> next = new ArrayList<>();
        List<Harness> subtasks = new ArrayList<>();
        for (Subtask subtask : Subtask.all(parallelism)) {
          subtasks.add(open(hotBytes, subtask, snapshots));
        }
        for (int input = 0; input < 200; input++) {
          String key = "key-" + (int) Math.abs(random.nextGaussian() * KEYS / 3);
          long count = expected.merge(key, 1L, Long::sum);
          assertThat(subtasks.get(owner(key, parallelism)).count(key)).isEqualTo(count);
        }
        for (Harness subtask : subtasks) {
          next.add(subtask.operator.snapshot(run, run));
          subtask.operator.close();
        }
        snapshots = next;
      }
    }
  }

  @Test
  void aRestoredTaskBeginsWithTheKeysThatWereMostUsed() throws Exception {
    Harness before = open(1_000_000, Subtask.ONLY, List.of());
    for (int key = 0; key < KEYS; key++) {
      before.count("key-" + key);
      before.count("key-" + key);
    }
    OperatorSubtaskState snapshot = before.operator.snapshot(1, 1);
    before.operator.close();

    Harness after = open(1_000_000, Subtask.ONLY, List.of(snapshot));
    for (int key = 0; key < KEYS; key++) {
      assertThat(after.count("key-" + key)).isEqualTo(3);
    }
    assertThat(after.function.hot().misses()).isZero();
    after.operator.close();
  }

  @Test
  void whatIsRemovedLeavesNothing() throws Exception {
    Harness harness = open(1_000_000, Subtask.ONLY, List.of());
    harness.count("a");
    harness.count("-a");
    harness.operator.snapshot(1, 1);
    assertThat(harness.operator.numKeyedStateEntries()).isZero();
    harness.operator.close();
  }

  private static Harness open(long hotBytes, Subtask subtask, List<OperatorSubtaskState> snapshots)
      throws Exception {
    Counts function = new Counts(hotBytes);
    KeyedOneInputStreamOperatorTestHarness<String, String, Long> operator =
        new KeyedOneInputStreamOperatorTestHarness<>(
            new HotKeyedOperator<>(function),
            Counts::key,
            Types.STRING,
            Subtask.MAX_PARALLELISM,
            subtask.parallelism(),
            subtask.index());
    operator.setStateBackend(subtask.backend());
    operator.setup(
        Types.LONG.createSerializer(operator.getExecutionConfig().getSerializerConfig()));
    if (snapshots.isEmpty()) {
      operator.initializeEmptyState();
    } else {
      operator.initializeState(Rescale.share(snapshots, subtask));
    }
    operator.open();
    return new Harness(function, operator);
  }

  private static int owner(String key, int parallelism) {
    return KeyGroupRangeAssignment.assignKeyToParallelOperator(
        key, Subtask.MAX_PARALLELISM, parallelism);
  }

  /** One subtask. */
  private record Harness(
      Counts function, KeyedOneInputStreamOperatorTestHarness<String, String, Long> operator) {

    long count(String key) throws Exception {
      operator.processElement(key, 0);
      List<Long> counts = operator.extractOutputValues();
      return counts.get(counts.size() - 1);
    }
  }

  /** Counts its keys; a key with a minus before it is forgotten. */
  private static final class Counts extends HotKeyedFunction<String, Long, Long> {

    private static final long serialVersionUID = 1L;

    Counts(long hotBytes) {
      super(hotBytes);
    }

    static String key(String input) {
      return input.startsWith("-") ? input.substring(1) : input;
    }

    @Override
    protected ValueStateDescriptor<Long> values() {
      return new ValueStateDescriptor<>("counts", Types.LONG);
    }

    @Override
    protected int bytesOf(Long value) {
      return 24;
    }

    @Override
    public void processElement(String input, Context context, Collector<Long> out) {
      String key = key(input);
      @Nullable Long before = hot().value(key);
      long after = before == null ? 1 : before + 1;
      hot().update(key, input.startsWith("-") ? null : after);
      out.collect(after);
    }
  }
}
