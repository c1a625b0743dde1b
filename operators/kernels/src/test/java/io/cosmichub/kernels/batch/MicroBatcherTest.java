package io.cosmichub.kernels.batch;

import static org.assertj.core.api.Assertions.assertThat;

import io.cosmichub.aspect.AspectPolicy;
import io.cosmichub.aspect.AspectSet;
import io.cosmichub.chart.Body;
import io.cosmichub.chart.Longitudes;
import io.cosmichub.kernels.AspectKernel;
import io.cosmichub.kernels.ReferenceKernel;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
final class MicroBatcherTest {

  private static final ReferenceKernel CPU = new ReferenceKernel(AspectPolicy.classic());
  private static final Duration LINGER = Duration.ofMillis(1);
  private static final long LINGER_NANOS = LINGER.toNanos();
  private static final int ALL = Body.ALL_MASK;

  private final ManualTimer timer = new ManualTimer();
  private final Device device = new Device();
  private final List<Integer> overflows = new ArrayList<>();

  private MicroBatcher batcher(int max, int inFlight) {
    return new MicroBatcher(
        new BatchSettings(max, LINGER, inFlight), device, CPU, timer, device.events(overflows));
  }

  @Test
  void aFullBatchLeavesAtOnce() {
    MicroBatcher batcher = batcher(3, 1);
    List<CompletableFuture<AspectSet>> answers = ask(batcher, 3);

    assertThat(device.sizes).containsExactly(3);
    assertThat(answers).noneMatch(Future::isDone);
    device.answer(0);
    assertAnswered(answers);
    assertThat(timer.waiting()).as("lingers").isZero();
  }

  @Test
  void aPartBatchLeavesOnceItsFirstPairHasLingered() {
    MicroBatcher batcher = batcher(3, 1);
    List<CompletableFuture<AspectSet>> answers = ask(batcher, 1);
    timer.advance(LINGER_NANOS - 1);
    answers.addAll(ask(batcher, 1));
    assertThat(device.sizes).isEmpty();

    timer.advance(1);

    assertThat(device.sizes).containsExactly(2);
    device.answer(0);
    assertAnswered(answers);
  }

  @Test
  void theLingerOfABatchThatLeftFullDoesNotCutTheNextOneShort() {
    MicroBatcher batcher = batcher(2, 2);
    ask(batcher, 1);
    timer.advance(LINGER_NANOS / 2);
    ask(batcher, 2);
    timer.advance(LINGER_NANOS / 2);
    assertThat(device.sizes).containsExactly(2);

    timer.advance(LINGER_NANOS / 2);

    assertThat(device.sizes).containsExactly(2, 1);
  }

  @Test
  void withoutRoomInFlightTheCallerComputesAFullBatch() {
    MicroBatcher batcher = batcher(2, 1);
    List<CompletableFuture<AspectSet>> sent = ask(batcher, 2);
    List<CompletableFuture<AspectSet>> computed = ask(batcher, 2);

    assertAnswered(computed);
    assertThat(sent).noneMatch(Future::isDone);
    assertThat(overflows).containsExactly(2);
    assertThat(device.sizes).containsExactly(2);
  }

  @Test
  void withoutRoomInFlightABatchThatLingeredFillsUntilThereIs() {
    MicroBatcher batcher = batcher(4, 1);
    List<CompletableFuture<AspectSet>> answers = ask(batcher, 4);
    answers.addAll(ask(batcher, 1));
    timer.advance(LINGER_NANOS);
    answers.addAll(ask(batcher, 2));
    assertThat(device.sizes).containsExactly(4);

    device.answer(0);

    assertThat(device.sizes).containsExactly(4, 3);
    device.answer(1);
    assertAnswered(answers);
    assertThat(overflows).isEmpty();
  }

  @Test
  void roomInFlightDoesNotEndALinger() {
    MicroBatcher batcher = batcher(2, 1);
    ask(batcher, 3);
    device.answer(0);
    assertThat(device.sizes).containsExactly(2);
    timer.advance(LINGER_NANOS);
    assertThat(device.sizes).containsExactly(2, 1);
  }

  @Test
  void batchesMayBeAnsweredInAnyOrder() {
    MicroBatcher batcher = batcher(2, 3);
    List<CompletableFuture<AspectSet>> answers = ask(batcher, 6);
    device.answer(2);
    device.answer(0);
    assertAnswered(answers.subList(4, 6));
    assertAnswered(answers.subList(0, 2));
    assertThat(answers.subList(2, 4)).noneMatch(Future::isDone);
    device.answer(1);
    assertAnswered(answers);
  }

  @Test
  void callersThatWaitForFewerPairsThanABatchGetOn() {
    MicroBatcher batcher = batcher(256, 1);
    int answered = 0;
    for (int round = 0; round < 100; round++) {
      List<CompletableFuture<AspectSet>> asMayWait = ask(batcher, 3);
      timer.advance(LINGER_NANOS);
      device.answer(round);
      assertAnswered(asMayWait);
      answered += asMayWait.size();
    }
    assertThat(answered).isEqualTo(300);
  }

  @Test
  void closingAnswersWhatIsNotHandedOver() {
    MicroBatcher batcher = batcher(4, 1);
    List<CompletableFuture<AspectSet>> answers = ask(batcher, 3);
    batcher.close();
    assertAnswered(answers);
    assertAnswered(ask(batcher, 1));
    assertThat(device.sizes).isEmpty();
    assertThat(timer.waiting()).isZero();
  }

  @Test
  void aPairThatTheCpuFailsAtFailsAloneAndItsBatchGoesOn() {
    Longitudes bad = chart(77);
    MicroBatcher batcher =
        new MicroBatcher(
            new BatchSettings(3, LINGER, 1),
            device,
            new Picky(bad),
            timer,
            device.events(overflows));
    ask(batcher, 3);
    CompletableFuture<AspectSet> first = batcher.touched(chart(1), chart(2), ALL, ALL);
    CompletableFuture<AspectSet> failing = batcher.touched(bad, chart(2), ALL, ALL);
    CompletableFuture<AspectSet> last = batcher.touched(chart(2), chart(3), ALL, ALL);
    assertThat(first).isCompletedWithValue(CPU.aspects(chart(1), chart(2), ALL, ALL));
    assertThat(failing).isCompletedExceptionally();
    assertThat(last).isCompletedWithValue(CPU.aspects(chart(2), chart(3), ALL, ALL));
  }

  @Test
  void inSeededHistoriesEveryPairIsAnsweredAndNoMoreBatchesWaitThanMay() {
    for (int seed = 0; seed < 3_000; seed++) {
      Random random = new Random(seed);
      int inFlight = 1 + random.nextInt(3);
      Device own = new Device();
      try (ManualTimer time = new ManualTimer()) {
        MicroBatcher batcher =
            new MicroBatcher(
                new BatchSettings(1 + random.nextInt(6), LINGER, inFlight),
                own,
                CPU,
                time,
                own.events(overflows));
        List<CompletableFuture<AspectSet>> answers = new ArrayList<>();
        for (int step = 0; step < 60; step++) {
          switch (random.nextInt(4)) {
            case 0 -> time.advance(random.nextInt(1_500_000));
            case 1 -> own.answerAny(random);
            default -> answers.addAll(ask(batcher, 1 + random.nextInt(3)));
          }
          assertThat(own.unanswered()).as("seed %s", seed).isLessThanOrEqualTo(inFlight);
        }
        batcher.close();
        while (own.answerAny(random)) {
          assertThat(own.unanswered()).isLessThan(inFlight);
        }
        assertAnswered(answers);
      }
    }
  }

  @Test
  void severalThreadsWithTheSystemsTime() throws Exception {
    ExecutorService callers = Executors.newFixedThreadPool(4);
    ExecutorService worker = Executors.newSingleThreadExecutor();
    ThreadTimer time = new ThreadTimer("micro-batcher-test");
    try (time) {
      MicroBatcher batcher =
          new MicroBatcher(
              new BatchSettings(7, Duration.ofNanos(50_000), 2),
              batch -> CompletableFuture.runAsync(() -> batch.answerBy(CPU), worker),
              CPU,
              time,
              new Device().events(new ArrayList<>()));
      List<Future<?>> done = new ArrayList<>();
      for (int caller = 0; caller < 4; caller++) {
        done.add(
            callers.submit(
                () -> {
                  for (int round = 0; round < 300; round++) {
                    List<CompletableFuture<AspectSet>> answers = ask(batcher, 1 + round % 11);
                    answers.forEach(CompletableFuture::join);
                    assertAnswered(answers);
                  }
                }));
      }
      for (Future<?> caller : done) {
        caller.get();
      }
      batcher.close();
    } finally {
      callers.shutdown();
      worker.shutdown();
    }
    assertThat(callers.awaitTermination(10, TimeUnit.SECONDS)).isTrue();
    assertThat(worker.awaitTermination(10, TimeUnit.SECONDS)).isTrue();
  }

  /** Asks for so many pairs, numbered from 0. */
  private static List<CompletableFuture<AspectSet>> ask(MicroBatcher batcher, int pairs) {
    List<CompletableFuture<AspectSet>> answers = new ArrayList<>();
    for (int pair = 0; pair < pairs; pair++) {
      Longitudes a = chart(pair);
      Longitudes b = chart(2 * pair + 1);
      AspectSet expected = CPU.aspects(a, b, ALL, 0);
      answers.add(
          batcher
              .touched(a, b, ALL, 0)
              .thenApply(
                  set -> {
                    assertThat(set).isEqualTo(expected);
                    return set;
                  }));
    }
    return answers;
  }

  private static void assertAnswered(List<CompletableFuture<AspectSet>> answers) {
    assertThat(answers)
        .isNotEmpty()
        .allMatch(answer -> answer.isDone() && !answer.isCompletedExceptionally());
  }

  private static Longitudes chart(int number) {
    int[] values = new int[Body.COUNT];
    for (int slot = 0; slot < Body.COUNT; slot++) {
      values[slot] = (number * 31 + slot * 29) % 360 * 1_000_000;
    }
    return Longitudes.of(values);
  }

  /** A CPU kernel with a bug. */
  private record Picky(Longitudes bad) implements AspectKernel {

    @Override
    public String name() {
      return "picky";
    }

    @Override
    public AspectPolicy policy() {
      return CPU.policy();
    }

    @Override
    public CompletableFuture<AspectSet> touched(
        Longitudes a, Longitudes b, int movedA, int movedB) {
      if (a.equals(bad)) {
        throw new IllegalArgumentException("a bug");
      }
      return CPU.touched(a, b, movedA, movedB);
    }

    @Override
    public void close() {}
  }

  /** Holds what it is handed until the test has it answer. */
  private static final class Device
      implements java.util.function.Function<PairBatch, CompletionStage<?>> {

    final List<Integer> sizes = new ArrayList<>();
    private final List<PairBatch> batches = new ArrayList<>();
    private final List<CompletableFuture<@Nullable Void>> stages = new ArrayList<>();

    @Override
    public CompletionStage<?> apply(PairBatch batch) {
      batches.add(batch);
      stages.add(new CompletableFuture<>());
      return stages.get(stages.size() - 1);
    }

    void answer(int batch) {
      PairBatch answered = batches.get(batch);
      answered.answer(
          Stream.iterate(0, pair -> pair + 1)
              .limit(answered.size())
              .map(pair -> answered.ask(CPU, pair).join())
              .toArray(AspectSet[]::new));
      stages.get(batch).complete(null);
    }

    boolean answerAny(Random random) {
      List<Integer> open = new ArrayList<>();
      for (int batch = 0; batch < batches.size(); batch++) {
        if (!stages.get(batch).isDone()) {
          open.add(batch);
        }
      }
      if (open.isEmpty()) {
        return false;
      }
      answer(open.get(random.nextInt(open.size())));
      return true;
    }

    long unanswered() {
      return stages.stream().filter(stage -> !stage.isDone()).count();
    }

    BatchEvents events(List<Integer> overflows) {
      return new BatchEvents() {
        @Override
        public void batchSent(int pairs) {
          synchronized (sizes) {
            sizes.add(pairs);
          }
        }

        @Override
        public void overflowed(int pairs) {
          synchronized (overflows) {
            overflows.add(pairs);
          }
        }
      };
    }
  }
}
