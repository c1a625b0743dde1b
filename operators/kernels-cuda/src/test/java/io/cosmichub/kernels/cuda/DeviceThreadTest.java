package io.cosmichub.kernels.cuda;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
final class DeviceThreadTest {

  private static final Duration LONG = Duration.ofSeconds(30);
  private static final Duration SHORT = Duration.ofMillis(20);
  private static final int ILLEGAL_ADDRESS = 700;
  private static final int OUT_OF_MEMORY = 2;

  @Test
  void everyCallRunsOnOneAndTheSameThread() {
    try (DeviceThread thread = DeviceThread.open(IdleDevice::new, LONG)) {
      Thread first = thread.ask("ask", LONG, device -> Thread.currentThread());
      Thread second = thread.ask("ask", LONG, device -> Thread.currentThread());
      assertThat(first).isSameAs(second).isNotSameAs(Thread.currentThread());
      assertThat(first.isDaemon()).isTrue();
    }
  }

  @Test
  void whatOpeningThrowsReachesTheCaller() {
    assertThatExceptionOfType(DeviceException.class)
        .isThrownBy(
            () ->
                DeviceThread.open(
                    () -> {
                      throw DeviceException.failed("cuInit", 100, "CUDA_ERROR_NO_DEVICE");
                    },
                    LONG))
        .withMessageContaining("cuInit failed: CUDA_ERROR_NO_DEVICE (100)");
  }

  @Test
  void aFailureThatSparesTheContextLeavesTheDeviceInUse() {
    try (DeviceThread thread = DeviceThread.open(IdleDevice::new, LONG)) {
      DeviceException failed = failure(thread, OUT_OF_MEMORY);
      assertThat(failed.poisons()).isFalse();
      assertThat(failed.operation()).isEqualTo("cuMemAlloc");
      assertThat(failed.code()).isEqualTo(OUT_OF_MEMORY);
      assertThat(thread.retired()).isNull();
      assertThat(thread.<Integer>ask("ask", LONG, device -> 7)).isEqualTo(7);
    }
  }

  @Test
  void aFailureThatPoisonsTheContextRetiresTheDeviceForGood() {
    try (DeviceThread thread = DeviceThread.open(IdleDevice::new, LONG)) {
      assertThat(failure(thread, ILLEGAL_ADDRESS).poisons()).isTrue();

      assertThatExceptionOfType(DeviceException.class)
          .isThrownBy(() -> thread.call("compute", LONG, device -> {}))
          .withMessageContaining("compute refused")
          .withMessageContaining("(700)")
          .matches(DeviceException::poisons);
      assertThat(thread.retired()).isNotNull();
    }
  }

  @Test
  void aCallThatWaitsForItsTurnTooLongIsWithdrawnAndTheDeviceStays() throws Exception {
    CountDownLatch release = new CountDownLatch(1);
    CountDownLatch begun = new CountDownLatch(1);
    try (DeviceThread thread = DeviceThread.open(IdleDevice::new, LONG)) {
      CompletableFuture<Void> other =
          CompletableFuture.runAsync(
              () ->
                  thread.call(
                      "long",
                      LONG,
                      device -> {
                        begun.countDown();
                        await(release);
                      }));
      begun.await();
      CountDownLatch ran = new CountDownLatch(1);

      assertThatExceptionOfType(DeviceException.class)
          .isThrownBy(() -> thread.call("short", SHORT, device -> ran.countDown()))
          .withMessageContaining("short did not begin")
          .matches(busy -> !busy.poisons() && busy.code() == DeviceException.NO_STATUS);

      release.countDown();
      other.join();
      assertThat(thread.<Integer>ask("ask", LONG, device -> 7)).isEqualTo(7);
      assertThat(ran.getCount()).isOne();
    }
  }

  @Test
  void aCallThatDoesNotComeBackRetiresTheDevice() {
    CountDownLatch release = new CountDownLatch(1);
    try (DeviceThread thread = DeviceThread.open(IdleDevice::new, LONG)) {
      assertThatExceptionOfType(DeviceException.class)
          .isThrownBy(() -> thread.call("hang", SHORT, device -> await(release)))
          .withMessageContaining("hang did not come back")
          .matches(DeviceException::poisons);
      assertThatExceptionOfType(DeviceException.class)
          .isThrownBy(() -> thread.call("next", LONG, device -> {}))
          .withMessageContaining("next refused");
    } finally {
      release.countDown();
    }
  }

  @Test
  void anInterruptedCallerWaitsForWhatHasBegunAndStaysInterrupted() throws Exception {
    CountDownLatch release = new CountDownLatch(1);
    CountDownLatch begun = new CountDownLatch(1);
    CompletableFuture<Boolean> interrupted = new CompletableFuture<>();
    try (DeviceThread thread = DeviceThread.open(IdleDevice::new, LONG)) {
      Thread caller =
          new Thread(
              () -> {
                thread.call(
                    "copy",
                    LONG,
                    device -> {
                      begun.countDown();
                      await(release);
                    });
                interrupted.complete(Thread.currentThread().isInterrupted());
              });
      caller.start();
      begun.await();
      caller.interrupt();
      assertThat(interrupted).isNotDone();
      release.countDown();
      assertThat(interrupted.get(30, TimeUnit.SECONDS)).isTrue();
    }
  }

  @Test
  void aClosedThreadClosesItsDeviceAndRefusesCalls() throws Exception {
    IdleDevice device = new IdleDevice();
    DeviceThread thread = DeviceThread.open(() -> device, LONG);
    thread.close();
    thread.close();
    assertThat(device.closed().await(30, TimeUnit.SECONDS)).isTrue();
    assertThatIllegalStateException()
        .isThrownBy(() -> thread.call("late", LONG, any -> {}))
        .withMessageContaining("closed");
  }

  private static DeviceException failure(DeviceThread thread, int code) {
    return Objects.requireNonNull(
        catchThrowableOfType(
            DeviceException.class,
            () ->
                thread.call(
                    "allocate",
                    LONG,
                    device -> {
                      throw DeviceException.failed("cuMemAlloc", code, "SOME_NAME");
                    })));
  }

  private static void await(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException interrupted) {
      throw new AssertionError(interrupted);
    }
  }
}
