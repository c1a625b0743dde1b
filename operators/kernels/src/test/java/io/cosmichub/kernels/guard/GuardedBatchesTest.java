package io.cosmichub.kernels.guard;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.cosmichub.aspect.AspectPolicy;
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
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Queue;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.function.BiFunction;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Whole batches of a kernel that fails, hangs or is wrong, by every operation. */
@Timeout(60)
final class GuardedBatchesTest {

  private static final AspectPolicy POLICY = AspectPolicy.classic();
  private static final Duration PAUSE = Duration.ofSeconds(10);
  private static final int SIZE = 40;

  private final Random random = new Random(3);
  private final ChartBlock charts = charts(SIZE);
  private final ChartBlock others = charts(SIZE);
  private final RecordedEvents events = new RecordedEvents();
  private final Queue<Fault> faults = new ArrayDeque<>();
  private final CountDownLatch back = new CountDownLatch(1);
  private final FaultyKernel faulty = new FaultyKernel(this::nextFault, () -> await(back));
  private long now;

  /** An operation, and what comes of it as something to compare. */
  private record Operation(
      String name, int pairs, BiFunction<GuardedBatchesTest, BatchKernel, Object> on) {
    @Override
    public String toString() {
      return name;
    }
  }

  static Stream<Operation> operations() {
    int all = SIZE * (SIZE - 1) / 2;
    return Stream.of(
        new Operation(
            "sets",
            SIZE,
            (t, kernel) -> packed(sets -> kernel.sets(t.charts, t.others, 0, SIZE, sets))),
        new Operation(
            "sets of one",
            SIZE,
            (t, kernel) -> packed(sets -> kernel.sets(t.charts, 3, t.others, 0, SIZE, sets))),
        new Operation(
            "touched",
            SIZE,
            (t, kernel) -> {
              char[] moved = new char[SIZE];
              Arrays.fill(moved, (char) 0x155);
              return packed(
                  sets -> kernel.touched(t.charts, t.others, moved, moved, 0, SIZE, sets));
            }),
        new Operation(
            "touched by one",
            1,
            (t, kernel) -> kernel.touched(t.charts.at(1), t.others.at(1), 0x3FF, 1).join()),
        new Operation(
            "dense",
            SIZE,
            (t, kernel) -> {
              DenseSets sets = new DenseSets(POLICY);
              kernel.dense(t.charts, t.others, 0, SIZE, sets);
              return IntStream.range(0, sets.size()).mapToObj(sets::set).toList();
            }),
        new Operation("score", 1, (t, kernel) -> kernel.score(t.charts, 2, t.others, 5)),
        new Operation(
            "scores",
            SIZE,
            (t, kernel) -> {
              long[] scores = new long[SIZE];
              kernel.scores(t.charts, t.others, 0, SIZE, scores);
              return Arrays.stream(scores).boxed().toList();
            }),
        new Operation(
            "scores of one",
            SIZE,
            (t, kernel) -> {
              long[] scores = new long[SIZE];
              kernel.scores(t.charts, 3, t.others, 0, SIZE, scores);
              return Arrays.stream(scores).boxed().toList();
            }),
        new Operation(
            "all against all",
            all,
            (t, kernel) -> ranked(kernel.rank(t.charts, SIZE, Progress.NONE))),
        new Operation(
            "the best", all, (t, kernel) -> partners(kernel.best(t.charts, SIZE, Progress.NONE))),
        new Operation(
            "a block of all against all",
            10 * 20,
            (t, kernel) -> {
              Ranking into = Ranking.empty(POLICY, SIZE, SIZE, 1 << 20);
              kernel.rank(t.charts, 0, 5, 5, 15, into);
              kernel.rank(t.charts, 0, 10, 20, SIZE, into);
              return ranked(into);
            }));
  }

  @ParameterizedTest
  @MethodSource("operations")
  void whatTheKernelFailsAtTheOtherOneComputes(Operation operation) {
    BatchKernel kernel = onTheCallingThread(0);
    for (Fault fault : List.of(Fault.OUT_OF_MEMORY, Fault.ECC, Fault.MISSING_LIBRARY)) {
      faults.add(fault);
      assertRight(operation, kernel);
      // A call in between that goes well, so that the breaker stays closed.
      assertRight(operation, kernel);
    }
    assertThat(events.moves).isEmpty();
    assertThat(events.fellBack.get()).isPositive().isLessThanOrEqualTo(3 * operation.pairs);
  }

  @ParameterizedTest
  @MethodSource("operations")
  void aFlippedBitIsCaughtBeforeItLeavesAndTheKernelIsNeverAskedAgain(Operation operation) {
    BatchKernel kernel = onTheCallingThread(1);
    faults.add(Fault.BIT_FLIP);
    for (int call = 0; call < 3; call++) {
      assertRight(operation, kernel);
      now += 100 * PAUSE.toNanos();
    }
    assertThat(faulty.flips()).isEqualTo(1);
    assertThat(faulty.calls()).isEqualTo(1);
    assertThat(events.mismatched.get()).isPositive();
    assertThat(events.moves).containsExactly(Breaker.State.OFF);
  }

  @ParameterizedTest
  @MethodSource("operations")
  void whatIsCheckedAndRightIsTheKernels(Operation operation) {
    BatchKernel kernel = onTheCallingThread(1);
    assertRight(operation, kernel);
    assertThat(events.checked.get()).isPositive();
    assertThat(events.mismatched).hasValue(0);
    assertThat(events.fellBack).hasValue(0);
  }

  @ParameterizedTest
  @MethodSource("operations")
  void aDeviceThatHangsIsGivenUpAndNotAskedUntilItIsBack(Operation operation) throws Exception {
    BatchKernel kernel = guarded(0, new DaemonThread("guarded-batches-test"));
    faults.add(Fault.HANG);
    for (int call = 0; call < 3; call++) {
      assertRight(operation, kernel);
    }
    assertThat(faulty.calls()).isEqualTo(1);
    assertThat(events.moves).containsExactly(Breaker.State.OPEN);
    now += PAUSE.toNanos();
    back.countDown();
    while (!events.moves.contains(Breaker.State.CLOSED)) {
      assertRight(operation, kernel);
      now += PAUSE.toNanos();
    }
    assertThat(faulty.calls()).isGreaterThan(1);
    kernel.close();
  }

  @Test
  void aKernelThatFailsAgainAndAgainIsLeftAloneForAPause() {
    BatchKernel kernel = onTheCallingThread(0);
    Operation operation = operations().findFirst().orElseThrow();
    faults.addAll(List.of(Fault.ILLEGAL_ADDRESS));
    for (int call = 0; call < 10; call++) {
      assertRight(operation, kernel);
    }
    assertThat(faulty.calls()).isEqualTo(3);
    assertThat(events.fellBack).hasValue(10 * SIZE);
    now += PAUSE.toNanos();
    assertRight(operation, kernel);
    assertThat(faulty.calls()).isEqualTo(4);
    assertThat(events.moves)
        .containsExactly(Breaker.State.OPEN, Breaker.State.HALF_OPEN, Breaker.State.OPEN);
  }

  @Test
  void chartsAreDrawnFromABlockTooBigToCheckWhole() {
    ChartBlock many = charts(200);
    Object right = ranked(truth().rank(many, 5, Progress.NONE));
    int caught = 0;
    for (int seed = 0; seed < 12; seed++) {
      RecordedEvents own = new RecordedEvents();
      BatchKernel kernel =
          new GuardedBatches(faulty, truth(), settings(1), seed, own, null, () -> now);
      assertThat(ranked(kernel.rank(many, 5, Progress.NONE))).isEqualTo(right);
      assertThat(own.checked.get()).isBetween(1_000, 200 * 199 / 2 - 1);
      assertThat(own.moves).isEmpty();
      faults.add(Fault.BIT_FLIP);
      if (ranked(kernel.rank(many, 5, Progress.NONE)).equals(right)) {
        assertThat(own.moves).containsExactly(Breaker.State.OFF);
        caught++;
      }
    }
    assertThat(caught).isBetween(1, 11);
  }

  @Test
  void progressNeverFallsWhenWorkBeginsAgain() {
    List<Long> told = new ArrayList<>();
    RisingProgress rising = new RisingProgress((done, of) -> told.add(done));
    Progress first = rising.attempt();
    first.pairs(1, 10);
    first.pairs(5, 10);
    Progress second = rising.attempt();
    second.pairs(3, 10);
    first.pairs(9, 10);
    second.pairs(7, 10);
    second.pairs(10, 10);
    rising.end();
    second.pairs(11, 10);
    assertThat(told).containsExactly(1L, 5L, 7L, 10L);
  }

  @Test
  void aTrialThatEndsWithABugIsOverAllTheSame() {
    boolean[] bug = {true};
    FaultyKernel buggy =
        new FaultyKernel(
            () -> {
              if (bug[0]) {
                throw new AssertionError("a bug");
              }
              return Fault.NONE;
            },
            () -> {});
    BatchKernel kernel =
        new GuardedBatches(buggy, truth(), settings(0), 1, events, null, () -> now);
    Operation operation = operations().findFirst().orElseThrow();
    for (int call = 0; call < 3; call++) {
      assertThatThrownBy(() -> operation.on.apply(this, kernel)).hasMessage("a bug");
    }
    now += PAUSE.toNanos();
    assertThatThrownBy(() -> operation.on.apply(this, kernel)).hasMessage("a bug");
    bug[0] = false;
    now += PAUSE.toNanos();
    assertRight(operation, kernel);
    assertThat(events.moves).endsWith(Breaker.State.HALF_OPEN, Breaker.State.CLOSED);
  }

  /** The reference may use less memory than the kernel does, and refuses. */
  @Test
  void aCheckAtWhichTheReferenceFailsLeavesTheResultToTheKernel() {
    int pairs = 4_000;
    GuardSettings little =
        new GuardSettings(
            new KernelSettings(1, 1 << 20),
            BatchSettings.DEFAULT,
            Duration.ofMinutes(1),
            1,
            PAUSE,
            1);
    BatchKernel kernel = new GuardedBatches(faulty, truth(), little, 1, events, null, () -> now);
    ChartBlock a = charts(pairs);
    Object found = packed(sets -> kernel.sets(a, a, 0, pairs, sets));
    assertThat(found).isEqualTo(packed(sets -> truth().sets(a, a, 0, pairs, sets)));
    assertThat(faulty.calls()).isEqualTo(1);
    assertThat(events.checked).hasValue(0);
    assertThat(events.fellBack).hasValue(0);
    assertThat(events.moves).isEmpty();
    assertRight(operations().findFirst().orElseThrow(), kernel);
    assertThat(events.checked).hasValue(SIZE);
  }

  @Test
  void anInterruptedCallerStopsAndSaysNothingAboutTheDevice() throws Exception {
    DaemonThread thread = new DaemonThread("guarded-batches-test");
    BatchKernel kernel = guarded(0, thread);
    faults.addAll(List.of(Fault.ECC, Fault.ECC, Fault.ECC, Fault.HANG));
    Operation operation = operations().findFirst().orElseThrow();
    for (int call = 0; call < 3; call++) {
      assertRight(operation, kernel);
    }
    now += PAUSE.toNanos();
    int fellBack = events.fellBack.get();
    Thread.currentThread().interrupt();
    assertThatThrownBy(() -> operation.on.apply(this, kernel)).isInstanceOf(InterruptedCall.class);
    assertThat(Thread.interrupted()).as("still interrupted").isTrue();
    assertThat(events.fellBack).hasValue(fellBack);
    assertThat(events.moves)
        .containsExactly(Breaker.State.OPEN, Breaker.State.HALF_OPEN, Breaker.State.OPEN);
    back.countDown();
    CountDownLatch free = new CountDownLatch(1);
    thread.execute(free::countDown);
    free.await();
    assertRight(operation, kernel);
    assertThat(events.moves).as("at once").endsWith(Breaker.State.HALF_OPEN, Breaker.State.CLOSED);
    kernel.close();
  }

  /** The device writes its nonsense after it was given up, and after the next call. */
  @Test
  void whatADeviceWritesThatWasGivenUpReachesNobody() throws Exception {
    DaemonThread thread = new DaemonThread("guarded-batches-test");
    BatchKernel kernel = guarded(0, thread);
    faults.add(Fault.HANG);
    PackedSets sets = new PackedSets(POLICY);
    PackedSets next = new PackedSets(POLICY);
    PackedSets wanted = new PackedSets(POLICY);
    kernel.sets(charts, others, 0, SIZE, sets);
    kernel.sets(charts, others, 0, SIZE, next);
    back.countDown();
    CountDownLatch written = new CountDownLatch(1);
    thread.execute(written::countDown);
    written.await();
    assertThat(faulty.flips()).isEqualTo(1);
    truth().sets(charts, others, 0, SIZE, wanted);
    for (PackedSets own : List.of(sets, next)) {
      assertThat(IntStream.range(0, SIZE).mapToObj(own::set))
          .containsExactlyElementsOf(IntStream.range(0, SIZE).mapToObj(wanted::set).toList());
    }
    kernel.close();
  }

  @Test
  void closesBothAndComputesOnTheOtherOneAfterwards() {
    ManualThread thread = new ManualThread();
    BatchKernel kernel = guarded(0, thread);
    kernel.close();
    kernel.close();
    assertThat(faulty.closed()).isZero();
    assertThat(thread.work()).isTrue();
    assertThat(thread.work()).isFalse();
    assertThat(faulty.closed()).isEqualTo(1);
    assertRight(operations().findFirst().orElseThrow(), kernel);
    assertThat(faulty.calls()).isZero();
  }

  private void assertRight(Operation operation, BatchKernel kernel) {
    assertThat(operation.on.apply(this, kernel)).isEqualTo(operation.on.apply(this, truth()));
  }

  private static Object packed(Consumer<PackedSets> operation) {
    PackedSets sets = new PackedSets(POLICY);
    operation.accept(sets);
    return IntStream.range(0, sets.size()).mapToObj(sets::set).toList();
  }

  private static Object ranked(Ranking ranking) {
    List<Object> all = new ArrayList<>(partners(ranking));
    IntStream.range(0, Ranking.BINS).forEach(bin -> all.add(ranking.histogram(bin)));
    return all;
  }

  private static List<Object> partners(Ranking ranking) {
    List<Object> all = new ArrayList<>();
    for (int chart = 0; chart < ranking.size(); chart++) {
      for (int place = 0; place < ranking.partners(chart); place++) {
        all.add(List.of(ranking.partner(chart, place), ranking.score(chart, place)));
      }
    }
    return all;
  }

  private ChartBlock charts(int size) {
    ChartBlock block = new ChartBlock(size);
    for (int chart = 0; chart < size; chart++) {
      block.add(Charts.random(random));
    }
    return block;
  }

  private static BatchKernel truth() {
    return new ReferenceKernel(POLICY);
  }

  private Fault nextFault() {
    return faults.isEmpty() ? Fault.NONE : faults.remove();
  }

  private BatchKernel onTheCallingThread(double share) {
    return new GuardedBatches(faulty, truth(), settings(share), 1, events, null, () -> now);
  }

  private BatchKernel guarded(double share, DeviceThread thread) {
    return new GuardedBatches(faulty, truth(), settings(share), 1, events, thread, () -> now);
  }

  private static GuardSettings settings(double share) {
    return new GuardSettings(
        KernelSettings.DEFAULT, BatchSettings.DEFAULT, Duration.ofMillis(200), 3, PAUSE, share);
  }

  private static void await(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException ended) {
      throw new IllegalStateException("the device call was interrupted", ended);
    }
  }
}
