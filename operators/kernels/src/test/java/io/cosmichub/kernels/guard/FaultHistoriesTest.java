package io.cosmichub.kernels.guard;

import static org.assertj.core.api.Assertions.assertThat;

import io.cosmichub.aspect.AspectPolicy;
import io.cosmichub.kernels.KernelSettings;
import io.cosmichub.kernels.ReferenceKernel;
import io.cosmichub.kernels.batch.BatchSettings;
import io.cosmichub.kernels.batch.ManualTimer;
import io.cosmichub.kernels.guard.Charts.Asked;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Thousands of seeded histories of a device that fails in every way it can, interleaved with
 * callers and time on one thread; a hang lets the others go on while the device is in its call.
 */
final class FaultHistoriesTest {

  private static final int HISTORIES = Integer.getInteger("guard.histories", 5_000);

  @ParameterizedTest
  @ValueSource(doubles = {0, 0.2, 1})
  void everyPairIsAnsweredOnceAndRightly(double share) {
    int flips = 0;
    int caught = 0;
    for (int seed = 0; seed < HISTORIES; seed++) {
      History history = new History(seed, share);
      history.run();
      history.check();
      flips += history.device.flips();
      caught += history.events.mismatched.get();
    }
    assertThat(flips).isPositive();
    assertThat(caught > 0).isEqualTo(share > 0);
  }

  /** One device, its callers and what happened to them. */
  private static final class History {

    final RecordedEvents events = new RecordedEvents();
    final FaultyKernel device = new FaultyKernel(this::nextFault, this::hang);
    private final int seed;
    private final Random random;
    private final double share;
    private final double faultRate;
    private final GuardSettings settings;
    private final ManualTimer timer = new ManualTimer();
    private final ManualThread thread = new ManualThread();
    private final GuardedDevice kernel;
    private final List<Asked> pairs = new ArrayList<>();
    private final AtomicInteger completions = new AtomicInteger();
    private int late;

    History(int seed, double share) {
      this.seed = seed;
      this.share = share;
      random = new Random(seed);
      faultRate = random.nextDouble() * random.nextDouble();
      settings =
          new GuardSettings(
              KernelSettings.DEFAULT,
              new BatchSettings(
                  1 + random.nextInt(6),
                  Duration.ofNanos(1 + random.nextInt(1_000)),
                  1 + random.nextInt(3)),
              Duration.ofNanos(1_000 + random.nextInt(10_000)),
              1 + random.nextInt(3),
              Duration.ofNanos(1 + random.nextInt(50_000)),
              share);
      kernel =
          new GuardedDevice(
              device,
              new ReferenceKernel(AspectPolicy.classic()),
              settings,
              seed,
              events,
              thread,
              timer);
    }

    void run() {
      for (int step = 0; step < 60; step++) {
        step();
      }
      kernel.close();
      while (thread.work()) {
        // Until nothing is left.
      }
    }

    private void step() {
      switch (random.nextInt(5)) {
        case 0 -> timer.advance(random.nextInt(2_000));
        case 1, 2 -> thread.work();
        default -> ask(1 + random.nextInt(3));
      }
    }

    private void ask(int count) {
      for (int pair = 0; pair < count; pair++) {
        Asked asked = Charts.ask(kernel, random);
        CompletableFuture<?> unused =
            asked.answer().whenComplete((set, failure) -> completions.incrementAndGet());
        pairs.add(asked);
      }
    }

    private Fault nextFault() {
      Fault[] all = Fault.values();
      return random.nextDouble() < faultRate ? all[random.nextInt(all.length)] : Fault.NONE;
    }

    /** Long enough for its batch to be late; the others go on meanwhile. */
    private void hang() {
      late++;
      timer.advance(settings.deadline().toNanos());
      for (int step = random.nextInt(20); step > 0; step--) {
        step();
      }
    }

    void check() {
      assertThat(pairs).as("seed %s", seed).isNotEmpty().allMatch(Asked::isAnswered);
      assertThat(completions).as("seed %s", seed).hasValue(pairs.size());
      long wrong = pairs.stream().filter(pair -> !pair.isRight()).count();
      if (share == 1) {
        assertThat(wrong).as("wrong answers of seed %s", seed).isZero();
      } else {
        assertThat(wrong).as("wrong answers of seed %s", seed).isLessThanOrEqualTo(device.flips());
      }
      boolean off = events.moves.contains(Breaker.State.OFF);
      assertThat(off).as("seed %s", seed).isEqualTo(events.mismatched.get() > 0);
      assertThat(share == 1 && device.flips() > late && !off)
          .as("a flip of seed %s went by", seed)
          .isFalse();
      assertThat(events.moves.indexOf(Breaker.State.OFF))
          .as("nothing comes after off, seed %s", seed)
          .isEqualTo(off ? events.moves.size() - 1 : -1);
      assertThat(device.closed()).as("seed %s", seed).isEqualTo(1);
      assertThat(timer.waiting()).as("seed %s", seed).isZero();
      assertThat(events.sent.get() + events.overflowed.get())
          .as("seed %s", seed)
          .isLessThanOrEqualTo(pairs.size());
      assertThat(events.fellBack.get() + events.overflowed.get())
          .as("no pair is computed twice by others, seed %s", seed)
          .isLessThanOrEqualTo(pairs.size());
    }
  }
}
