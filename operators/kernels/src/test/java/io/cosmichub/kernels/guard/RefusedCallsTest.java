package io.cosmichub.kernels.guard;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.cosmichub.aspect.AspectPolicy;
import io.cosmichub.chart.Body;
import io.cosmichub.kernels.BatchKernel;
import io.cosmichub.kernels.ChartBlock;
import io.cosmichub.kernels.DenseSets;
import io.cosmichub.kernels.KernelSettings;
import io.cosmichub.kernels.PackedSets;
import io.cosmichub.kernels.Progress;
import io.cosmichub.kernels.Ranking;
import io.cosmichub.kernels.ReferenceKernel;
import io.cosmichub.kernels.batch.BatchSettings;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Queue;
import java.util.Random;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

/** What a caller of whole batches does wrong is its own affair, not the kernel's. */
final class RefusedCallsTest {

  private static final AspectPolicy POLICY = AspectPolicy.classic();
  private static final AspectPolicy OTHER =
      AspectPolicy.of("other", POLICY.aspects(), 1, new double[Body.COUNT]);
  private static final Duration PAUSE = Duration.ofSeconds(10);
  private static final int SIZE = 5;

  private final Random random = new Random(4);
  private final ChartBlock a = charts();
  private final ChartBlock b = charts();
  private final RecordedEvents events = new RecordedEvents();
  private final Queue<Fault> faults = new ArrayDeque<>();
  private final FaultyKernel faulty =
      new FaultyKernel(() -> faults.isEmpty() ? Fault.NONE : faults.remove(), () -> {});
  private long now;
  private final BatchKernel kernel =
      new GuardedBatches(
          faulty,
          new ReferenceKernel(POLICY),
          new GuardSettings(
              KernelSettings.DEFAULT, BatchSettings.DEFAULT, Duration.ofMillis(200), 3, PAUSE, 0),
          1,
          events,
          null,
          () -> now);

  private final List<Consumer<BatchKernel>> wrong =
      List.of(
          by -> by.sets(a, b, 0, SIZE + 1, new PackedSets(POLICY)),
          by -> by.sets(a, SIZE, b, 0, 3, new PackedSets(POLICY)),
          by -> by.sets(a, b, 0, 3, new PackedSets(OTHER)),
          by -> by.touched(a, b, new char[SIZE], new char[1], 0, 2, new PackedSets(POLICY)),
          by -> by.dense(a, b, -1, 3, new DenseSets(POLICY)),
          by -> by.dense(a, b, 0, 3, new DenseSets(OTHER)),
          by -> by.score(a, SIZE, b, 0),
          by -> by.scores(a, b, 0, SIZE, new long[SIZE - 1]),
          by -> by.scores(a, -1, b, 0, SIZE, new long[SIZE]),
          by -> by.rank(a, 0, Progress.NONE),
          by -> by.rank(a, Integer.MAX_VALUE, Progress.NONE),
          by -> by.best(a, -1, Progress.NONE),
          by -> by.rank(a, 0, SIZE + 1, 0, 1, Ranking.empty(POLICY, SIZE, 1, 1 << 20)),
          by -> by.rank(a, 0, 1, 1, 3, Ranking.empty(POLICY, SIZE + 1, 1, 1 << 20)));

  @Test
  void leaveTheBreakerClosedHoweverManyTheyAre() {
    callWrongly();
    assertThat(faulty.calls()).isZero();
    assertThat(events.fellBack).hasValue(0);
    assertThat(events.moves).isEmpty();
    callRightly();
    assertThat(faulty.calls()).isEqualTo(1);
  }

  @Test
  void areNotTheTrialOfAKernelThatFailed() {
    faults.addAll(List.of(Fault.ECC, Fault.ECC, Fault.ECC));
    for (int call = 0; call < 3; call++) {
      callRightly();
    }
    callWrongly();
    now += PAUSE.toNanos();
    callWrongly();
    assertThat(events.moves).containsExactly(Breaker.State.OPEN);
    assertThat(faulty.calls()).isEqualTo(3);
    callRightly();
    assertThat(faulty.calls()).isEqualTo(4);
    assertThat(events.moves)
        .containsExactly(Breaker.State.OPEN, Breaker.State.HALF_OPEN, Breaker.State.CLOSED);
  }

  private void callWrongly() {
    for (Consumer<BatchKernel> call : wrong) {
      assertThatThrownBy(() -> call.accept(kernel))
          .isInstanceOfAny(IndexOutOfBoundsException.class, IllegalArgumentException.class);
    }
  }

  private void callRightly() {
    long[] scores = new long[SIZE];
    kernel.scores(a, b, 0, SIZE, scores);
    for (int pair = 0; pair < SIZE; pair++) {
      assertThat(scores[pair]).isEqualTo(new ReferenceKernel(POLICY).score(a, pair, b, pair));
    }
  }

  private ChartBlock charts() {
    ChartBlock block = new ChartBlock(SIZE);
    for (int chart = 0; chart < SIZE; chart++) {
      block.add(Charts.random(random));
    }
    return block;
  }
}
