package io.cosmichub.kernels.cuda;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The one thread that owns a device: everybody else asks it and waits, for a bounded time. A
 * failure that poisons, or a step that does not come back, retires the device for good.
 */
final class DeviceThread implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(DeviceThread.class);

  /** What it is called. */
  static final String NAME = "cosmichub-device";

  private final ExecutorService thread =
      Executors.newSingleThreadExecutor(
          work -> {
            Thread made = new Thread(work, NAME);
            made.setDaemon(true);
            return made;
          });
  private final AtomicReference<@Nullable DeviceException> retired = new AtomicReference<>();
  // Written by the first step and read by later ones, all on the device thread.
  private @Nullable Device device;

  private DeviceThread() {}

  /** Starts the thread and opens the device on it; what {@code opening} throws comes back. */
  static DeviceThread open(Supplier<? extends Device> opening, Duration timeout) {
    DeviceThread opened = new DeviceThread();
    try {
      opened.await("open", timeout, () -> opened.device = opening.get());
    } catch (RuntimeException | Error failed) {
      opened.thread.shutdown();
      throw failed;
    }
    return opened;
  }

  /**
   * Has {@code task} done by the device thread and returns when it is. Throws what it threw; a
   * {@link DeviceException} when the device is retired, too busy or silent; {@link
   * IllegalStateException} after {@link #close}.
   */
  void call(String operation, Duration timeout, Task task) {
    DeviceException gone = retired.get();
    if (gone != null) {
      throw DeviceException.retired(operation, gone);
    }
    await(operation, timeout, () -> task.on(opened()));
  }

  /** As {@link #call}, for an answer. */
  <T> T ask(String operation, Duration timeout, Question<T> question) {
    List<T> answer = new ArrayList<>(1);
    call(operation, timeout, device -> answer.add(question.on(device)));
    return answer.get(0);
  }

  /** Why the device is retired, or null. */
  @Nullable DeviceException retired() {
    return retired.get();
  }

  /** Retires the device, whose results were found wrong. */
  void distrust(String why) {
    retire(DeviceException.givenUp(why));
  }

  /** Closes the device unless it is retired; does not wait for it. */
  @Override
  public void close() {
    if (retired.get() == null) {
      try {
        thread.execute(this::closeDevice);
      } catch (RejectedExecutionException closed) {
        return;
      }
    }
    thread.shutdown();
  }

  private void closeDevice() {
    try {
      opened().close();
    } catch (RuntimeException failed) {
      LOG.warn("The device did not close", failed);
    }
  }

  private Device opened() {
    Device open = device;
    if (open == null) {
      throw new IllegalStateException("no device is open");
    }
    return open;
  }

  private void await(String operation, Duration timeout, Runnable task) {
    Step step = new Step(task);
    try {
      thread.execute(step);
    } catch (RejectedExecutionException closed) {
      throw new IllegalStateException("the kernel is closed", closed);
    }
    if (!step.done(timeout)) {
      if (step.giveUp()) {
        throw DeviceException.busy(operation, timeout);
      }
      // It has begun, perhaps just now: it gets as long again before the device is given up.
      if (!step.done(timeout)) {
        throw retire(DeviceException.silent(operation, timeout));
      }
    }
    Throwable failure = step.failure;
    if (failure instanceof DeviceException failed) {
      throw failed.poisons() ? retire(failed.seenByCaller()) : failed.seenByCaller();
    }
    if (failure instanceof Error error) {
      throw error;
    }
    if (failure != null) {
      throw (RuntimeException) failure;
    }
  }

  private DeviceException retire(DeviceException why) {
    if (retired.compareAndSet(null, why)) {
      LOG.error("The device is given up for good: {}", why.getMessage());
    }
    return why;
  }

  /** What the device thread does for a caller. */
  @FunctionalInterface
  interface Task {

    /** Runs on the device thread. */
    @OnDeviceThread
    void on(Device device);
  }

  /** What the device thread answers a caller. */
  @FunctionalInterface
  interface Question<T> {

    /** Runs on the device thread. */
    @OnDeviceThread
    T on(Device device);
  }

  /** A task, on its way from waiting to done, or given up before it began. */
  private static final class Step implements Runnable {

    private enum Phase {
      WAITING,
      BEGUN,
      GIVEN_UP
    }

    private final Runnable task;
    private final AtomicReference<Phase> phase = new AtomicReference<>(Phase.WAITING);
    private final CountDownLatch ended = new CountDownLatch(1);
    // Read after the latch.
    private @Nullable Throwable failure;

    private Step(Runnable task) {
      this.task = task;
    }

    @Override
    public void run() {
      if (phase.compareAndSet(Phase.WAITING, Phase.BEGUN)) {
        try {
          task.run();
        } catch (RuntimeException | Error thrown) {
          failure = thrown;
        } finally {
          ended.countDown();
        }
      }
    }

    boolean giveUp() {
      return phase.compareAndSet(Phase.WAITING, Phase.GIVEN_UP);
    }

    /**
     * Waits even if interrupted, and leaves the thread interrupted: until the step is over, the
     * device may write to the caller's memory.
     */
    boolean done(Duration timeout) {
      long end = System.nanoTime() + timeout.toNanos();
      boolean interrupted = false;
      try {
        while (true) {
          try {
            return ended.await(end - System.nanoTime(), TimeUnit.NANOSECONDS);
          } catch (InterruptedException again) {
            interrupted = true;
          }
        }
      } finally {
        if (interrupted) {
          Thread.currentThread().interrupt();
        }
      }
    }
  }
}
