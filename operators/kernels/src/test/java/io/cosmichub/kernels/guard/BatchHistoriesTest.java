package io.cosmichub.kernels.guard;

import static org.assertj.core.api.Assertions.assertThat;

import io.cosmichub.aspect.AspectPolicy;
import io.cosmichub.chart.Body;
import io.cosmichub.kernels.BatchKernel;
import io.cosmichub.kernels.ChartBlock;
import io.cosmichub.kernels.DenseSets;
import io.cosmichub.kernels.KernelSettings;
import io.cosmichub.kernels.PackedSets;
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
import java.util.stream.IntStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Hundreds of seeded histories of a device that fails at whole batches in every way it can: any
 * operation on any part of a block, into buffers that are used again, some calls broken off, some
 * that the device does long after it was given up.
 */
final class BatchHistoriesTest {

  private static final int HISTORIES = Integer.getInteger("guard.histories", 5_000) / 25;
  private static final AspectPolicy POLICY = AspectPolicy.classic();

  @ParameterizedTest
  @ValueSource(doubles = {0, 0.2, 1})
  void everyResultIsTheReferencesUnlessABitFlippedUnseen(double share) {
    int flips = 0;
    int caught = 0;
    int opened = 0;
    int closed = 0;
    int brokenOff = 0;
    int late = 0;
    int wrong = 0;
    for (int seed = 0; seed < HISTORIES; seed++) {
      History history = new History(seed, share);
      history.run();
      history.check();
      flips += history.device.flips();
      caught += history.events.mismatched.get();
      opened += history.events.moves.contains(Breaker.State.OPEN) ? 1 : 0;
      closed += history.events.moves.contains(Breaker.State.CLOSED) ? 1 : 0;
      brokenOff += history.brokenOff;
      late += history.thread.late;
      wrong += history.wrong;
    }
    assertThat(flips).isPositive();
    assertThat(caught > 0).isEqualTo(share > 0);
    assertThat(wrong > 0).as("wrong results went out").isEqualTo(share < 1);
    assertThat(opened).isPositive();
    assertThat(closed).isPositive();
    assertThat(brokenOff).isPositive();
    assertThat(late).isGreaterThan(brokenOff);
  }

  /** Does what it is handed at once, or when a history has it done. */
  private static final class LateThread implements DeviceThread {

    private final Random random;
    private final Queue<Runnable> held = new ArrayDeque<>();
    int late;

    LateThread(Random random) {
      this.random = random;
    }

    @Override
    public void execute(Runnable task) {
      if (random.nextInt(20) > 0) {
        task.run();
        return;
      }
      late++;
      held.add(task);
      if (random.nextInt(3) == 0) {
        Thread.currentThread().interrupt();
      }
    }

    void comeBack() {
      while (!held.isEmpty()) {
        held.remove().run();
      }
    }

    @Override
    public void end(Runnable last, Duration patience) {
      comeBack();
      last.run();
    }
  }

  /** One device, and what was asked of it. */
  private static final class History {

    final RecordedEvents events = new RecordedEvents();
    final FaultyKernel device = new FaultyKernel(this::nextFault, () -> {});
    final LateThread thread;
    int brokenOff;
    int wrong;
    private final BatchKernel truth = new ReferenceKernel(POLICY);
    private final int seed;
    private final Random random;
    private final double share;
    private final double faultRate;
    private final GuardSettings settings;
    private final BatchKernel kernel;
    private final PackedSets packed = new PackedSets(POLICY);
    private final DenseSets dense = new DenseSets(POLICY);
    private final long[] scores = new long[24];
    private long now;

    History(int seed, double share) {
      this.seed = seed;
      this.share = share;
      random = new Random(seed);
      faultRate = random.nextDouble() * random.nextDouble();
      thread = new LateThread(random);
      settings =
          new GuardSettings(
              KernelSettings.DEFAULT,
              BatchSettings.DEFAULT,
              Duration.ofMillis(1),
              1 + random.nextInt(3),
              Duration.ofNanos(1 + random.nextInt(3_000)),
              share);
      kernel =
          new GuardedBatches(
              device, new ReferenceKernel(POLICY), settings, seed, events, thread, () -> now);
    }

    void run() {
      for (int step = 0; step < 30; step++) {
        now += random.nextInt(1_000);
        if (random.nextInt(4) == 0) {
          thread.comeBack();
        }
        ask(random.nextInt(10), new Call(charts(), charts(), random));
      }
      kernel.close();
    }

    private void ask(int operation, Call call) {
      List<Object> right = result(truth, operation, call);
      try {
        wrong += result(kernel, operation, call).equals(right) ? 0 : 1;
      } catch (InterruptedCall stop) {
        assertThat(Thread.interrupted()).as("seed %s", seed).isTrue();
        brokenOff++;
      }
    }

    private List<Object> result(BatchKernel by, int operation, Call call) {
      ChartBlock a = call.a;
      ChartBlock b = call.b;
      int from = call.from;
      int to = call.to;
      switch (operation) {
        case 0 -> by.sets(a, b, from, to, packed);
        case 1 -> by.sets(a, call.one, b, from, to, packed);
        case 2 -> by.touched(a, b, call.movedA, call.movedB, from, to, packed);
        case 3 -> {
          by.dense(a, b, from, to, dense);
          return List.copyOf(IntStream.range(0, to - from).mapToObj(dense::set).toList());
        }
        case 4 -> {
          return List.of(by.score(a, call.one, b, from));
        }
        case 5 -> {
          by.scores(a, b, from, to, scores);
          return List.copyOf(Arrays.stream(scores, 0, to - from).boxed().toList());
        }
        case 6 -> {
          by.scores(a, call.one, b, from, to, scores);
          return List.copyOf(Arrays.stream(scores, 0, to - from).boxed().toList());
        }
        case 7 -> {
          return ranked(by.rank(a, call.best, this::told));
        }
        case 8 -> {
          return ranked(by.best(a, call.best, this::told));
        }
        default -> {
          Ranking into = Ranking.empty(POLICY, a.size(), call.best, 1 << 20);
          by.rank(a, 0, call.one + 1, from, to, into);
          by.rank(a, 0, call.one + 1, to, a.size(), into);
          return ranked(into);
        }
      }
      return List.copyOf(IntStream.range(0, to - from).mapToObj(packed::set).toList());
    }

    private void told(long done, long of) {
      assertThat(done).as("seed %s", seed).isBetween(0L, of);
    }

    private static List<Object> ranked(Ranking ranking) {
      List<Object> all = new ArrayList<>();
      for (int chart = 0; chart < ranking.size(); chart++) {
        for (int place = 0; place < ranking.partners(chart); place++) {
          all.add(ranking.partner(chart, place));
          all.add(ranking.score(chart, place));
        }
      }
      if (ranking.hasHistogram()) {
        IntStream.range(0, Ranking.BINS).forEach(bin -> all.add(ranking.histogram(bin)));
      }
      return all;
    }

    private ChartBlock charts() {
      ChartBlock block = new ChartBlock(scores.length);
      for (int chart = 0; chart < scores.length; chart++) {
        block.add(Charts.random(random));
      }
      return block;
    }

    private Fault nextFault() {
      Fault[] all = Fault.values();
      return random.nextDouble() < faultRate ? all[random.nextInt(all.length)] : Fault.NONE;
    }

    void check() {
      assertThat(wrong)
          .as("wrong results of seed %s", seed)
          .isLessThanOrEqualTo(share == 1 ? 0 : device.flips());
      boolean off = events.moves.contains(Breaker.State.OFF);
      assertThat(off).as("seed %s", seed).isEqualTo(events.mismatched.get() > 0);
      assertThat(events.moves.indexOf(Breaker.State.OFF))
          .as("nothing comes after off, seed %s", seed)
          .isEqualTo(off ? events.moves.size() - 1 : -1);
      for (int move = 0; move < events.moves.size(); move++) {
        Breaker.State before = move == 0 ? Breaker.State.CLOSED : events.moves.get(move - 1);
        assertThat(events.moves.get(move))
            .as("after %s, seed %s", before, seed)
            .isIn(
                before == Breaker.State.OPEN
                    ? List.of(Breaker.State.HALF_OPEN)
                    : List.of(Breaker.State.OPEN, Breaker.State.CLOSED, Breaker.State.OFF))
            .isNotEqualTo(before);
      }
      assertThat(device.closed()).as("seed %s", seed).isEqualTo(1);
    }
  }

  /** What is asked for: a part of two blocks that is not empty. */
  private static final class Call {

    final ChartBlock a;
    final ChartBlock b;
    final int from;
    final int to;
    final int one;
    final int best;
    final char[] movedA;
    final char[] movedB;

    Call(ChartBlock a, ChartBlock b, Random random) {
      this.a = a;
      this.b = b;
      int size = a.size();
      from = random.nextInt(size);
      to = from + 1 + random.nextInt(size - from);
      one = random.nextInt(size);
      best = 1 + random.nextInt(size);
      movedA = new char[size];
      movedB = new char[size];
      for (int pair = 0; pair < size; pair++) {
        movedA[pair] = (char) random.nextInt(Body.ALL_MASK);
        movedB[pair] = (char) random.nextInt(Body.ALL_MASK);
      }
    }
  }
}
