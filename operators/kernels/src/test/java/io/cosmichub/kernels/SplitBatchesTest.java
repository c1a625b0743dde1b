package io.cosmichub.kernels;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.cosmichub.aspect.AspectPolicy;
import io.cosmichub.chart.Body;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Which threads compute a batch, and what comes of it if one of them fails. */
@Timeout(60)
final class SplitBatchesTest {

  private static final AspectPolicy POLICY = AspectPolicy.classic();
  private static final int MANY = KernelThreads.LEAST_PAIRS;
  private static final int ROWS = 256;

  private static final int MOST = CpuPairs.TOUCHED_AS_ONE * MANY;
  private static final ChartBlock A = charts(MOST, new Random(7));
  private static final ChartBlock B = charts(MOST, new Random(8));

  /** An operation, of so many pairs. */
  private record Operation(String name, int many, Consumer<Call> on) {
    @Override
    public String toString() {
      return name;
    }
  }

  private record Call(BatchKernel kernel, int pairs) {}

  static Stream<Operation> operations() {
    return Stream.of(
        new Operation("sets", MANY, c -> c.kernel.sets(A, B, 0, c.pairs, new PackedSets(POLICY))),
        new Operation(
            "sets of one", MANY, c -> c.kernel.sets(A, 3, B, 0, c.pairs, new PackedSets(POLICY))),
        new Operation(
            "touched",
            MOST,
            c -> {
              char[] moved = new char[c.pairs];
              c.kernel.touched(A, B, moved, moved, 0, c.pairs, new PackedSets(POLICY));
            }),
        new Operation("dense", MANY, c -> c.kernel.dense(A, B, 0, c.pairs, new DenseSets(POLICY))),
        new Operation("scores", MANY, c -> c.kernel.scores(A, B, 0, c.pairs, new long[c.pairs])),
        new Operation(
            "scores of one", MANY, c -> c.kernel.scores(A, 3, B, 0, c.pairs, new long[c.pairs])),
        new Operation(
            "a block of all against all",
            MANY,
            c -> {
              Ranking into = Ranking.empty(POLICY, MOST, 2, 1 << 21);
              c.kernel.rank(A, 0, ROWS, MANY - c.pairs / ROWS, MANY, into);
            }));
  }

  static Stream<Arguments> formsAndPolicies() {
    return Stream.of(
            POLICY,
            AspectKernelContract.classicOfSixteen(),
            AspectKernelContract.overlapping(),
            AspectKernelContract.oneBody())
        .flatMap(policy -> Stream.of(Arguments.of(true, policy), Arguments.of(false, policy)));
  }

  @ParameterizedTest
  @MethodSource("formsAndPolicies")
  void whatThreadsShareIsBitForBitWhatOneComputes(boolean loops, AspectPolicy policy) {
    KernelSettings settings = new KernelSettings(3, KernelSettings.DEFAULT.memory());
    Random random = new Random(9);
    try (BatchKernel kernel =
        loops ? new LoopKernel(policy, settings) : Kernels.open("vector", policy, settings)) {
      Twins twins = new Twins(kernel, MOST + 10);
      twins.draw(Body.COUNT, random);
      for (int size : new int[] {MANY - 1, MANY, MANY + 1, MOST + 5}) {
        twins.check(3, 3 + size, random);
        twins.checkOneAgainstMany(random.nextInt(size), 3, 3 + size);
      }
    }
  }

  @ParameterizedTest
  @MethodSource("operations")
  void aLargeBatchIsComputedByAllThreads(Operation operation) throws InterruptedException {
    Watched kernel = new Watched(3, Integer.MAX_VALUE);
    operation.on.accept(new Call(kernel, operation.many));
    assertThat(kernel.seen).hasSize(3).contains(Thread.currentThread());
    kernel.close();
    for (Thread thread : kernel.seen) {
      if (thread != Thread.currentThread()) {
        thread.join();
      }
    }
  }

  @ParameterizedTest
  @MethodSource("operations")
  void aSmallBatchIsComputedByTheCallingThreadAlone(Operation operation) {
    try (Watched kernel = new Watched(3, 0)) {
      operation.on.accept(new Call(kernel, operation.many - ROWS));
      assertThat(kernel.seen).containsExactly(Thread.currentThread());
    }
  }

  @ParameterizedTest
  @MethodSource("operations")
  void oneThreadComputesABatchOfAnySize(Operation operation) {
    try (Watched kernel = new Watched(1, 0)) {
      operation.on.accept(new Call(kernel, operation.many));
      assertThat(kernel.seen).containsExactly(Thread.currentThread());
    }
  }

  @ParameterizedTest
  @MethodSource("operations")
  void theCallerIsThrownWhatOneOfTheOthersFailedWith(Operation operation) {
    try (Watched kernel = new Watched(3, 1)) {
      assertThatIllegalStateException()
          .isThrownBy(() -> operation.on.accept(new Call(kernel, operation.many)))
          .withMessage("broken in " + kernel.broken);
      assertThat(kernel.broken).isNotBlank().isNotEqualTo(Thread.currentThread().getName());
      kernel.mends();
      operation.on.accept(new Call(kernel, operation.many));
    }
  }

  @Test
  void aClosedKernelStillComputesOnTheCallingThread() {
    Watched kernel = new Watched(3, 0);
    kernel.close();
    long[] scores = new long[MANY];
    kernel.scores(A, B, 0, MANY, scores);
    assertThat(kernel.seen).containsExactly(Thread.currentThread());
    assertThat(scores[MANY - 1])
        .isEqualTo(new ReferenceKernel(POLICY).score(A, MANY - 1, B, MANY - 1));
  }

  @Test
  void helpThatHasNotBegunIsNotWaitedFor() throws InterruptedException {
    KernelThreads threads = new KernelThreads(2);
    CountDownLatch held = new CountDownLatch(1);
    CountDownLatch busy = new CountDownLatch(1);
    Thread other =
        new Thread(
            () ->
                threads.share(
                    2,
                    number -> {
                      if (number == 1) {
                        busy.countDown();
                        await(held);
                      } else {
                        await(busy);
                      }
                    }));
    other.start();
    busy.await();
    List<Integer> done = new ArrayList<>();
    threads.shareBlocks(MANY, (first, pairs) -> done.add(first));
    assertThat(done).hasSize(MANY / KernelThreads.BLOCK);
    held.countDown();
    other.join();
    threads.close();
  }

  @Test
  void anInterruptedCallerWaitsForWhatWritesToItsMemoryAndStaysInterrupted() {
    KernelThreads threads = new KernelThreads(2);
    CountDownLatch begun = new CountDownLatch(1);
    CountDownLatch interrupted = new CountDownLatch(1);
    List<Integer> ended = new ArrayList<>();
    threads.share(
        2,
        number -> {
          if (number == 0) {
            await(begun);
            Thread.currentThread().interrupt();
            interrupted.countDown();
          } else {
            begun.countDown();
            await(interrupted);
            ended.add(number);
          }
        });
    assertThat(ended).containsExactly(1);
    assertThat(Thread.interrupted()).isTrue();
    threads.close();
  }

  /** As where no further thread can be made. */
  @Test
  void helpThatBeganIsWaitedForWhereMoreCannotBeAskedFor() {
    CountDownLatch begun = new CountDownLatch(1);
    CountDownLatch refused = new CountDownLatch(1);
    KernelThreads threads =
        new KernelThreads(
            3,
            new ThreadPoolExecutor(1, 1, 0, TimeUnit.SECONDS, new LinkedBlockingQueue<>()) {
              @Override
              public void execute(Runnable work) {
                if (getTaskCount() > 0) {
                  SplitBatchesTest.await(begun);
                  refused.countDown();
                  throw new OutOfMemoryError("unable to create native thread");
                }
                super.execute(work);
              }
            });
    List<Integer> ended = new ArrayList<>();
    assertThatThrownBy(
            () ->
                threads.share(
                    3,
                    number -> {
                      begun.countDown();
                      await(refused);
                      ended.add(number);
                    }))
        .isInstanceOf(OutOfMemoryError.class);
    assertThat(ended).containsExactly(1);
    threads.close();
  }

  private static ChartBlock charts(int size, Random random) {
    ChartBlock block = new ChartBlock(size);
    for (int chart = 0; chart < size; chart++) {
      block.add(AspectKernelContract.firstBodies(10, random));
    }
    return block;
  }

  private static void await(CountDownLatch latch) {
    try {
      assertThat(latch.await(30, TimeUnit.SECONDS)).isTrue();
    } catch (InterruptedException interrupted) {
      throw new IllegalStateException(interrupted);
    }
  }

  /**
   * The CPU kernel in loops, which says who computes: a thread that comes to its first block waits
   * until as many have come as there are.
   */
  private static final class Watched extends CpuKernel {
    final Set<Thread> seen = ConcurrentHashMap.newKeySet();
    volatile String broken = "";
    private final LoopKernel loops = new LoopKernel(POLICY, KernelSettings.DEFAULT);
    private final CountDownLatch all;
    private final boolean breaks;
    private volatile boolean mended;

    /** {@code breaks}: 0 waits for nobody, 1 breaks the first of the others, more waits for all. */
    Watched(int threads, int breaks) {
      super(POLICY, new KernelSettings(threads, KernelSettings.DEFAULT.memory()));
      all = new CountDownLatch(breaks == 0 ? 0 : threads);
      this.breaks = breaks == 1;
    }

    void mends() {
      mended = true;
    }

    private void come() {
      Thread self = Thread.currentThread();
      if (seen.add(self)) {
        all.countDown();
        await(all);
        if (breaks && !mended && self.getName().equals("cosmichub-kernel") && breakOnce(self)) {
          throw new IllegalStateException("broken in " + self.getName());
        }
      }
    }

    private synchronized boolean breakOnce(Thread self) {
      boolean first = broken.isEmpty();
      broken = self.getName();
      return first;
    }

    @Override
    void fillDense(int[] a, int i, int step, int[] b, int j, int pairs, int[] cells, int from) {
      come();
      loops.fillDense(a, i, step, b, j, pairs, cells, from);
    }

    @Override
    void appendSets(int[] a, int i, int step, int[] b, int j, int pairs, PackedSets into) {
      come();
      loops.appendSets(a, i, step, b, j, pairs, into);
    }

    @Override
    void appendTouched(
        int[] a, int[] b, char[] movedA, char[] movedB, int from, int pairs, PackedSets into) {
      come();
      loops.appendTouched(a, b, movedA, movedB, from, pairs, into);
    }

    @Override
    long scoreOf(int[] a, int lineA, int[] b, int lineB) {
      return loops.scoreOf(a, lineA, b, lineB);
    }

    @Override
    void fillScores(
        ChartBlock a, int i, int step, ChartBlock b, int j, int pairs, long[] into, int at) {
      come();
      loops.fillScores(a, i, step, b, j, pairs, into, at);
    }

    @Override
    void rankRow(ChartBlock charts, int a, int from, int to, Ranking into) {
      come();
      loops.rankRow(charts, a, from, to, into);
    }
  }
}
