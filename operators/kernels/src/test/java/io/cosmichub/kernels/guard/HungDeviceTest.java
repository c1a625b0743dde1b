package io.cosmichub.kernels.guard;

import static org.assertj.core.api.Assertions.assertThat;

import io.cosmichub.aspect.AspectPolicy;
import io.cosmichub.kernels.KernelSettings;
import io.cosmichub.kernels.ReferenceKernel;
import io.cosmichub.kernels.batch.BatchSettings;
import io.cosmichub.kernels.batch.ThreadTimer;
import io.cosmichub.kernels.guard.Charts.Asked;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A device that never returns, with the system's time and real threads. */
@Timeout(60)
final class HungDeviceTest {

  private static final String THREAD = "hung-device-test";

  private final Random random = new Random(5);
  private final RecordedEvents events = new RecordedEvents();

  @Test
  void costsOneThreadAndNothingElseAndNotEvenThatOneOnceItIsInterrupted() throws Exception {
    CountDownLatch never = new CountDownLatch(1);
    FaultyKernel device = new FaultyKernel(() -> Fault.HANG, () -> await(never));
    GuardedDevice kernel = guarded(device);

    for (int round = 0; round < 20; round++) {
      answered(kernel, 10);
    }
    assertThat(device.calls()).isEqualTo(1);
    assertThat(threads("")).as("the device's and the timer's").hasSize(2);

    List<Thread> started = threads("");
    kernel.close();

    for (Thread thread : started) {
      thread.join(TimeUnit.SECONDS.toMillis(10));
      assertThat(thread.isAlive()).as(thread.getName()).isFalse();
    }
    assertThat(device.closed()).isEqualTo(1);
  }

  @Test
  void oneThatComesBackIsUsedAgain() throws Exception {
    CountDownLatch back = new CountDownLatch(1);
    List<Fault> faults = new ArrayList<>(List.of(Fault.HANG));
    FaultyKernel device =
        new FaultyKernel(() -> faults.isEmpty() ? Fault.NONE : faults.remove(0), () -> await(back));
    GuardedDevice kernel = guarded(device);
    List<Thread> started;
    try (kernel) {
      while (!events.moves.contains(Breaker.State.OPEN)) {
        answered(kernel, 3);
      }
      started = threads("");
      back.countDown();
      while (!events.moves.contains(Breaker.State.CLOSED)) {
        answered(kernel, 3);
      }
    }
    for (Thread thread : started) {
      thread.join(TimeUnit.SECONDS.toMillis(10));
      assertThat(thread.isAlive()).as(thread.getName()).isFalse();
    }
    assertThat(device.calls()).isGreaterThan(1);
  }

  private void answered(GuardedDevice kernel, int count) throws Exception {
    List<Asked> pairs = new ArrayList<>();
    for (int pair = 0; pair < count; pair++) {
      pairs.add(Charts.ask(kernel, random));
    }
    for (Asked pair : pairs) {
      assertThat(pair.answer().get(10, TimeUnit.SECONDS)).isEqualTo(pair.truth());
    }
  }

  private GuardedDevice guarded(FaultyKernel device) {
    return new GuardedDevice(
        device,
        new ReferenceKernel(AspectPolicy.classic()),
        new GuardSettings(
            KernelSettings.DEFAULT,
            new BatchSettings(4, Duration.ofMillis(1), 2),
            Duration.ofMillis(50),
            3,
            Duration.ofMillis(20),
            0),
        1,
        events,
        new DaemonThread(THREAD),
        new ThreadTimer(THREAD + "-timer"));
  }

  private static void await(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException ended) {
      throw new IllegalStateException("the device call was interrupted", ended);
    }
  }

  private static List<Thread> threads(String suffix) {
    return Thread.getAllStackTraces().keySet().stream()
        .filter(thread -> thread.getName().startsWith(THREAD + suffix))
        .toList();
  }
}
