package io.cosmichub.kernels.guard;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.management.ThreadMXBean;
import io.cosmichub.aspect.AspectPolicy;
import io.cosmichub.aspect.AspectSet;
import io.cosmichub.chart.Body;
import io.cosmichub.chart.Longitudes;
import io.cosmichub.kernels.AspectKernel;
import io.cosmichub.kernels.AspectKernelContract;
import io.cosmichub.kernels.KernelSettings;
import io.cosmichub.kernels.Kernels;
import io.cosmichub.kernels.batch.BatchSettings;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Queue;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The CPU kernel behind its guard is still a kernel; and what the guard adds. */
final class GuardedKernelTest extends AspectKernelContract {

  private static final Duration PAUSE = Duration.ofSeconds(10);

  private final RecordedEvents contract = new RecordedEvents();
  private final RecordedEvents events = new RecordedEvents();
  private final Random random = new Random(1);
  private final Queue<Fault> faults = new ArrayDeque<>();
  private final FaultyKernel faulty = new FaultyKernel(this::nextFault, () -> {});
  private long now;

  @Override
  protected AspectKernel open(AspectPolicy policy) {
    return new GuardedKernel(
        Kernels.open("vector", policy), settings(0.5), 1, contract, System::nanoTime);
  }

  @AfterEach
  void theContractWasKeptByTheKernelItself() {
    assertThat(contract.fellBack).hasValue(0);
  }

  @ParameterizedTest
  @EnumSource(
      value = Fault.class,
      names = {"OUT_OF_MEMORY", "LAUNCH_TIMEOUT", "ECC", "MISSING_LIBRARY"})
  void whatTheKernelFailsAtTheReferenceComputes(Fault fault) {
    AspectKernel kernel = guarded(faulty, 0);
    faults.add(fault);
    assertThat(Charts.ask(kernel, random).isRight()).isTrue();
    assertThat(events.fellBack).hasValue(1);
    assertThat(Charts.ask(kernel, random).isRight()).isTrue();
    assertThat(events.fellBack).hasValue(1);
    assertThat(faulty.calls()).isEqualTo(2);
  }

  @Test
  void aTrialThatEndsWithABugIsOverAllTheSame() {
    FaultyKernel buggy =
        new FaultyKernel(
            this::nextFault,
            () -> {
              throw new AssertionError("a bug");
            });
    AspectKernel kernel = guarded(buggy, 0);
    faults.addAll(List.of(Fault.ECC, Fault.ECC, Fault.ECC, Fault.HANG));
    for (int call = 0; call < 3; call++) {
      assertThat(Charts.ask(kernel, random).isRight()).isTrue();
    }
    now += PAUSE.toNanos();
    assertThatThrownBy(() -> Charts.ask(kernel, random)).hasMessage("a bug");
    now += PAUSE.toNanos();
    assertThat(Charts.ask(kernel, random).isRight()).isTrue();
    assertThat(events.moves).endsWith(Breaker.State.HALF_OPEN, Breaker.State.CLOSED);
  }

  @Test
  void aKernelThatFailsAgainAndAgainIsLeftAloneForAPause() {
    AspectKernel kernel = guarded(faulty, 0);
    faults.addAll(List.of(Fault.ECC, Fault.ECC, Fault.ECC, Fault.ECC));
    for (int call = 0; call < 10; call++) {
      assertThat(Charts.ask(kernel, random).isRight()).isTrue();
    }
    assertThat(faulty.calls()).isEqualTo(3);
    now += PAUSE.toNanos();
    assertThat(Charts.ask(kernel, random).isRight()).isTrue();
    now += PAUSE.toNanos();
    assertThat(Charts.ask(kernel, random).isRight()).isTrue();
    assertThat(Charts.ask(kernel, random).isRight()).isTrue();
    assertThat(faulty.calls()).isEqualTo(6);
    assertThat(events.fellBack).hasValue(11);
    assertThat(events.moves)
        .containsExactly(
            Breaker.State.OPEN,
            Breaker.State.HALF_OPEN,
            Breaker.State.OPEN,
            Breaker.State.HALF_OPEN,
            Breaker.State.CLOSED);
  }

  @Test
  void aFlippedBitIsCaughtBeforeItLeavesAndTheKernelIsNeverAskedAgain() {
    AspectKernel kernel = guarded(faulty, 1);
    faults.addAll(List.of(Fault.NONE, Fault.BIT_FLIP));
    for (int call = 0; call < 10; call++) {
      assertThat(Charts.ask(kernel, random).isRight()).isTrue();
      now += 100 * PAUSE.toNanos();
    }
    assertThat(faulty.flips()).isEqualTo(1);
    assertThat(faulty.calls()).isEqualTo(2);
    assertThat(events.mismatched).hasValue(1);
    assertThat(events.checked).hasValue(2);
    assertThat(events.moves).containsExactly(Breaker.State.OFF);
  }

  @Test
  void aKernelThatGoesOnFlippingIsCaughtAtTheSampledShare() {
    int caughtAfter = 0;
    for (int seed = 0; seed < 200; seed++) {
      FaultyKernel flipping = new FaultyKernel(() -> Fault.BIT_FLIP, () -> {});
      AspectKernel kernel =
          new GuardedKernel(flipping, settings(0.1), seed, new RecordedEvents(), () -> now);
      int wrong = 0;
      for (int call = 0; call < 300; call++) {
        wrong += Charts.ask(kernel, random).isRight() ? 0 : 1;
      }
      assertThat(flipping.calls()).isEqualTo(wrong + 1);
      caughtAfter += wrong;
    }
    assertThat(caughtAfter / 200.0).as("wrong answers until one was sampled").isBetween(7.0, 11.0);
  }

  @Test
  void closesTheKernelBehindIt() {
    guarded(faulty, 0).close();
    assertThat(faulty.closed()).isEqualTo(1);
  }

  @Test
  void aCallThatIsNotCheckedAllocatesNothingOfTheGuards() {
    ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    Longitudes a = Charts.random(random);
    Longitudes b = Charts.random(random);
    AspectKernel guarded = guarded(new SameAnswer(), 0);
    int calls = 10_000;
    long fewest = Long.MAX_VALUE;
    int found = 0;
    for (int round = 0; round < 20; round++) {
      long before = threads.getCurrentThreadAllocatedBytes();
      for (int call = 0; call < calls; call++) {
        found += guarded.touched(a, b, Body.ALL_MASK, Body.ALL_MASK).join().size();
      }
      fewest = Math.min(fewest, threads.getCurrentThreadAllocatedBytes() - before);
    }
    assertThat(found).isZero();
    assertThat(fewest).isLessThan(calls);
  }

  /** Allocates nothing itself. */
  private static final class SameAnswer implements AspectKernel {

    private final CompletableFuture<AspectSet> answer =
        CompletableFuture.completedFuture(AspectSet.EMPTY);

    @Override
    public String name() {
      return "same";
    }

    @Override
    public AspectPolicy policy() {
      return AspectPolicy.classic();
    }

    @Override
    public CompletableFuture<AspectSet> touched(
        Longitudes a, Longitudes b, int movedA, int movedB) {
      return answer;
    }

    @Override
    public void close() {}
  }

  private Fault nextFault() {
    return faults.isEmpty() ? Fault.NONE : faults.remove();
  }

  private GuardedKernel guarded(AspectKernel kernel, double share) {
    return new GuardedKernel(kernel, settings(share), 1, events, () -> now);
  }

  private static GuardSettings settings(double share) {
    return new GuardSettings(
        KernelSettings.DEFAULT, BatchSettings.DEFAULT, Duration.ofSeconds(1), 3, PAUSE, share);
  }
}
