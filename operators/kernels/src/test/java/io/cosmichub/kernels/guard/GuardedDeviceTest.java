package io.cosmichub.kernels.guard;

import static org.assertj.core.api.Assertions.assertThat;

import io.cosmichub.aspect.AspectPolicy;
import io.cosmichub.kernels.AspectKernel;
import io.cosmichub.kernels.AspectKernelContract;
import io.cosmichub.kernels.KernelSettings;
import io.cosmichub.kernels.Kernels;
import io.cosmichub.kernels.ReferenceKernel;
import io.cosmichub.kernels.batch.BatchSettings;
import io.cosmichub.kernels.batch.ManualTimer;
import io.cosmichub.kernels.batch.MicroBatcher;
import io.cosmichub.kernels.batch.PairBatch;
import io.cosmichub.kernels.batch.ThreadTimer;
import io.cosmichub.kernels.guard.Charts.Asked;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * A device behind its guard is still a kernel; and what the guard adds, with time standing still.
 */
final class GuardedDeviceTest extends AspectKernelContract {

  private static final Duration LINGER = Duration.ofMillis(1);
  private static final Duration DEADLINE = Duration.ofMillis(100);
  private static final Duration PAUSE = Duration.ofSeconds(10);

  private final RecordedEvents contract = new RecordedEvents();
  private final RecordedEvents events = new RecordedEvents();
  private final Random random = new Random(1);
  private final ManualTimer timer = new ManualTimer();
  private final ManualThread thread = new ManualThread();
  private final Queue<Fault> faults = new ArrayDeque<>();
  private Runnable hang = () -> {};
  private final FaultyKernel device = new FaultyKernel(this::nextFault, () -> hang.run());

  @Override
  protected AspectKernel open(AspectPolicy policy) {
    return new GuardedDevice(
        Kernels.open("vector", policy),
        new ReferenceKernel(policy),
        new GuardSettings(
            KernelSettings.DEFAULT,
            new BatchSettings(1, LINGER, 2),
            Duration.ofMinutes(1),
            1,
            PAUSE,
            0.5),
        1,
        contract,
        new DaemonThread("guarded-device-test"),
        new ThreadTimer("guarded-device-test"));
  }

  @AfterEach
  void theContractWasKeptByTheDeviceItself() {
    assertThat(contract.fellBack).hasValue(0);
  }

  @Test
  void aBatchIsComputedByTheDevice() {
    GuardedDevice kernel = guarded(2, 2, 0);
    List<Asked> pairs = ask(kernel, 2);
    assertThat(pairs).noneMatch(Asked::isAnswered);
    thread.work();
    assertThat(pairs).allMatch(Asked::isRight);
    assertThat(device.calls()).isEqualTo(1);
    assertThat(events.fellBack).hasValue(0);
    assertThat(timer.waiting()).as("deadlines and lingers").isZero();
  }

  @ParameterizedTest
  @EnumSource(
      value = Fault.class,
      names = {"OUT_OF_MEMORY", "ILLEGAL_ADDRESS", "LAUNCH_TIMEOUT", "ECC", "MISSING_LIBRARY"})
  void aBatchThatTheDeviceFailsAtTheCpuComputes(Fault fault) {
    GuardedDevice kernel = guarded(3, 2, 0);
    faults.add(fault);
    List<Asked> pairs = ask(kernel, 3);
    thread.work();
    assertThat(pairs).allMatch(Asked::isRight);
    assertThat(events.fellBack).hasValue(3);
    assertThat(timer.waiting()).isZero();
  }

  @Test
  void aBatchThatIsLateTheCpuComputesAndTheLateAnswerIsDropped() {
    GuardedDevice kernel = guarded(2, 2, 0);
    faults.add(Fault.HANG);
    List<Asked> pairs = ask(kernel, 2);
    hang =
        () -> {
          timer.advance(DEADLINE.toNanos() - 1);
          assertThat(pairs).noneMatch(Asked::isAnswered);
          timer.advance(1);
          assertThat(pairs).allMatch(Asked::isRight);
        };
    thread.work();
    assertThat(device.flips()).as("what the device returned was wrong").isEqualTo(1);
    assertThat(pairs).allMatch(Asked::isRight);
    assertThat(events.fellBack).hasValue(2);
  }

  @Test
  void aBatchThatMayTakeMoreThanTheDevicesMemoryIsComputedInChunks() {
    int pairs = 6_000;
    AspectPolicy policy = AspectPolicy.classic();
    GuardedDevice kernel =
        new GuardedDevice(
            Kernels.open("vector", policy, new KernelSettings(1, 1 << 20)),
            new ReferenceKernel(policy),
            settings(pairs, 2, 0),
            1,
            events,
            thread,
            timer);
    List<Asked> asked = ask(kernel, pairs);
    thread.work();
    assertThat(asked).allMatch(Asked::isRight);
    assertThat(events.fellBack).hasValue(0);
    assertThat(events.moves).isEmpty();
    // 4 bytes a cell, two words of bits and an end.
    int chunk = (1 << 20) / (4 * 100 + 16 + 4);
    assertThat(events.advanced)
        .containsExactly(
            "0 of 6000", chunk + " of 6000", 2 * chunk + " of 6000", "6000 of 6000", "ended");
  }

  @Test
  void aLargeBatchIsCutSoThatItIsSeenHowFarTheDeviceIs() {
    GuardedDevice kernel = guarded(5_000, 2, 0);
    List<Asked> asked = ask(kernel, 5_000);
    thread.work();
    assertThat(asked).allMatch(Asked::isRight);
    assertThat(device.calls()).isEqualTo(2);
    assertThat(events.advanced)
        .containsExactly("0 of 5000", "4096 of 5000", "5000 of 5000", "ended");
  }

  @Test
  void ofABatchThatIsLateNothingIsToldAnyMore() {
    GuardedDevice kernel = guarded(2, 2, 0);
    faults.add(Fault.HANG);
    ask(kernel, 4);
    hang = () -> timer.advance(DEADLINE.toNanos());
    thread.work();
    assertThat(events.fellBack).as("the one that waited behind it, too").hasValue(4);
    assertThat(events.advanced).containsExactly("0 of 2", "ended");
    thread.work();
    assertThat(device.calls()).isEqualTo(1);
    assertThat(ask(kernel, 2)).noneMatch(Asked::isAnswered);
    thread.work();
    assertThat(events.advanced).endsWith("0 of 2", "2 of 2", "ended");
  }

  @Test
  void ofABatchThatWaitsTheProgressSaysSo() {
    BatchProgress progress = new BatchProgress(events);
    List<PairBatch> handedOver = new ArrayList<>();
    MicroBatcher batcher =
        new MicroBatcher(
            new BatchSettings(3, LINGER, 2),
            batch -> {
              handedOver.add(batch);
              return new CompletableFuture<>();
            },
            new ReferenceKernel(AspectPolicy.classic()),
            timer,
            events);
    for (int pair = 0; pair < 6; pair++) {
      CompletableFuture<?> unused =
          batcher.touched(Charts.random(random), Charts.random(random), 1, 1);
    }
    PairBatch first = handedOver.get(0);
    PairBatch second = handedOver.get(1);
    progress.begin(first);
    progress.advanced(1, 3);
    assertThat(progress.of(first)).isEqualTo("1 of them computed");
    assertThat(progress.of(second)).isEqualTo("not begun");
    progress.end(second);
    progress.end(first);
    progress.advanced(3, 3);
    assertThat(events.advanced).containsExactly("0 of 3", "1 of 3", "ended");
  }

  @Test
  void aTrialThatEndsWithABugIsOverAllTheSame() {
    GuardedDevice kernel = guarded(1, 2, 0);
    faults.addAll(List.of(Fault.ECC, Fault.ECC, Fault.ECC, Fault.HANG));
    hang =
        () -> {
          throw new AssertionError("a bug");
        };
    for (int batch = 0; batch < 3; batch++) {
      ask(kernel, 1);
      thread.work();
    }
    timer.advance(PAUSE.toNanos());
    List<Asked> trial = ask(kernel, 1);
    thread.work();
    assertThat(trial).noneMatch(Asked::isAnswered);
    timer.advance(PAUSE.toNanos());
    List<Asked> next = ask(kernel, 1);
    thread.work();
    assertThat(next).allMatch(Asked::isRight);
    assertThat(events.moves).endsWith(Breaker.State.HALF_OPEN, Breaker.State.CLOSED);
  }

  @Test
  void aBatchThatWaitedTooLongIsNotGivenToTheDeviceAnyMore() {
    GuardedDevice kernel = guarded(2, 2, 0);
    List<Asked> pairs = ask(kernel, 2);
    timer.advance(DEADLINE.toNanos());
    assertThat(pairs).allMatch(Asked::isRight);
    thread.work();
    assertThat(device.calls()).isZero();
  }

  @Test
  void whileTheDeviceHangsNothingWaitsForItASecondTime() {
    GuardedDevice kernel = guarded(2, 2, 0);
    faults.add(Fault.HANG);
    hang =
        () -> {
          timer.advance(DEADLINE.toNanos());
          for (int batch = 0; batch < 5; batch++) {
            assertThat(ask(kernel, 2)).allMatch(Asked::isRight);
          }
          for (int trial = 0; trial < 3; trial++) {
            timer.advance(PAUSE.toNanos());
            assertThat(ask(kernel, 2)).allMatch(Asked::isRight);
          }
        };
    assertThat(ask(kernel, 2)).noneMatch(Asked::isAnswered);
    thread.work();
    assertThat(device.calls()).isEqualTo(1);
    assertThat(events.moves.get(events.moves.size() - 1)).isEqualTo(Breaker.State.OPEN);

    timer.advance(PAUSE.toNanos());
    List<Asked> trial = ask(kernel, 2);
    thread.work();
    assertThat(trial).allMatch(Asked::isRight);
    assertThat(device.calls()).isEqualTo(2);
    assertThat(events.moves.get(events.moves.size() - 1)).isEqualTo(Breaker.State.CLOSED);
  }

  @Test
  void aPoisonedDeviceIsTriedWithOneBatchAPauseAndEverythingElseGoesToTheCpuAtOnce() {
    GuardedDevice kernel = guarded(2, 3, 0);
    faults.add(Fault.ILLEGAL_ADDRESS);
    for (int batch = 0; batch < 3; batch++) {
      List<Asked> pairs = ask(kernel, 2);
      thread.work();
      assertThat(pairs).allMatch(Asked::isRight);
    }
    assertThat(ask(kernel, 5)).as("without a linger").allMatch(Asked::isRight);
    assertThat(device.calls()).isEqualTo(3);

    timer.advance(PAUSE.toNanos());
    List<Asked> trial = ask(kernel, 2);
    assertThat(trial).noneMatch(Asked::isAnswered);
    assertThat(ask(kernel, 5)).as("while one batch tries").allMatch(Asked::isRight);
    thread.work();
    assertThat(trial).allMatch(Asked::isRight);
    assertThat(device.calls()).isEqualTo(4);
    assertThat(events.moves)
        .containsExactly(Breaker.State.OPEN, Breaker.State.HALF_OPEN, Breaker.State.OPEN);
  }

  @Test
  void aFlippedBitIsCaughtBeforeItLeavesAndTheDeviceIsNeverAskedAgain() {
    GuardedDevice kernel = guarded(3, 2, 1);
    faults.add(Fault.BIT_FLIP);
    List<Asked> pairs = ask(kernel, 6);
    thread.work();
    thread.work();
    assertThat(pairs).as("of a batch that is already under way too").allMatch(Asked::isRight);
    assertThat(events.checked).hasValue(3);
    assertThat(events.mismatched).hasValue(1);
    timer.advance(100 * PAUSE.toNanos());
    assertThat(ask(kernel, 5)).allMatch(Asked::isRight);
    assertThat(device.calls()).isEqualTo(1);
    assertThat(events.moves).containsExactly(Breaker.State.OFF);
  }

  @Test
  void closingAnswersWhatWaitsAndLetsTheDevicesThreadCloseTheDevice() {
    GuardedDevice kernel = guarded(2, 1, 0);
    List<Asked> pairs = new ArrayList<>(ask(kernel, 2));
    pairs.addAll(ask(kernel, 1));
    kernel.close();
    kernel.close();
    assertThat(pairs).allMatch(Asked::isRight);
    assertThat(ask(kernel, 3)).allMatch(Asked::isRight);
    assertThat(device.closed()).isZero();
    while (thread.work()) {
      // Until nothing is left.
    }
    assertThat(device.closed()).isEqualTo(1);
    assertThat(device.calls()).isZero();
    assertThat(timer.waiting()).isZero();
  }

  private List<Asked> ask(AspectKernel kernel, int pairs) {
    return Stream.generate(() -> Charts.ask(kernel, random)).limit(pairs).toList();
  }

  private Fault nextFault() {
    return faults.isEmpty() ? Fault.NONE : faults.remove();
  }

  private GuardedDevice guarded(int max, int inFlight, double share) {
    return new GuardedDevice(
        device,
        new ReferenceKernel(AspectPolicy.classic()),
        settings(max, inFlight, share),
        1,
        events,
        thread,
        timer);
  }

  private static GuardSettings settings(int max, int inFlight, double share) {
    return new GuardSettings(
        KernelSettings.DEFAULT,
        new BatchSettings(max, LINGER, inFlight),
        DEADLINE,
        3,
        PAUSE,
        share);
  }
}
