package io.cosmichub.kernels.guard;

import java.time.Duration;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Calls a device on its thread, one call at a time, and waits no longer than a deadline. While the
 * device is in a call that was given up, it gets no other.
 */
final class DeviceLine {

  private final DeviceThread thread;
  private final Duration deadline;
  private @Nullable FutureTask<?> givenUp;
  private boolean closed;

  DeviceLine(DeviceThread thread, Duration deadline) {
    this.thread = thread;
    this.deadline = deadline;
  }

  /**
   * What {@code work} returns or throws; {@link IllegalStateException} if it does not return in
   * time, so it is to write to nothing that others use. {@link InterruptedCall} if whoever calls is
   * interrupted meanwhile, and still is then.
   */
  synchronized <R> R call(Supplier<R> work) {
    if (closed) {
      throw new IllegalStateException("the kernel is closed");
    }
    if (givenUp != null && !givenUp.isDone()) {
      throw new IllegalStateException("the device has not come back from an earlier call");
    }
    FutureTask<R> call = new FutureTask<>(work::get);
    thread.execute(call);
    try {
      return call.get(deadline.toNanos(), TimeUnit.NANOSECONDS);
    } catch (TimeoutException late) {
      givenUp = call;
      throw new IllegalStateException("the device did not return within " + deadline, late);
    } catch (InterruptedException hurry) {
      givenUp = call;
      Thread.currentThread().interrupt();
      throw new InterruptedCall(hurry);
    } catch (ExecutionException failed) {
      Throwable cause = failed.getCause();
      if (cause instanceof Error error) {
        throw error;
      }
      throw cause instanceof RuntimeException failure ? failure : new IllegalStateException(cause);
    }
  }

  /** Runs {@code last} on the device's thread once that is free; waits no longer for it either. */
  void close(Runnable last) {
    synchronized (this) {
      if (closed) {
        return;
      }
      closed = true;
    }
    thread.end(last, deadline);
  }
}
