package io.cosmichub.pipeline;

import io.cosmichub.kernels.KernelSettings;
import io.cosmichub.kernels.batch.BatchSettings;
import io.cosmichub.kernels.guard.GuardSettings;
import io.cosmichub.streaming.aspect.AspectConfig;
import java.time.Duration;
import java.util.List;

/** Which kernel computes aspects, and how many pairs may wait for it. */
public record AspectOptions(KernelOptions kernel, int capacity, Duration timeout) {

  static final Option<Integer> CAPACITY =
      Option.of(
          "cosmichub.async.capacity",
          ValueType.INTEGER,
          "256",
          "Pairs that one subtask may have in the kernel at a time; at least 2.");

  static final Option<Duration> TIMEOUT =
      Option.of(
          "cosmichub.async.timeout",
          ValueType.DURATION_TYPE,
          "30s",
          "How long a pair may wait for the kernel and for whatever stands in for it before the "
              + "plain one computes it on the spot; above 0.");

  /** In the order of the reference. */
  static final List<Option<?>> ALL = List.of(CAPACITY, TIMEOUT);

  private static final int SMALLEST_CAPACITY = 2;

  /** Checks each value, and that what is late is noticed before it is too late. */
  public AspectOptions {
    CAPACITY.require(capacity >= SMALLEST_CAPACITY, capacity, "at least " + SMALLEST_CAPACITY);
    TIMEOUT.require(!timeout.isZero(), timeout, "more than 0");
    KernelOptions.DEADLINE.require(
        kernel.longestWait().compareTo(timeout) < 0,
        kernel.deadline(),
        "twice of it with "
            + KernelOptions.BATCH_LINGER.key()
            + " below "
            + TIMEOUT.key()
            + ", "
            + timeout);
  }

  /** What this means to the steps that compute aspects. */
  AspectConfig config() {
    // A full queue then holds a full batch and the next one, whatever the capacity.
    int batch = Math.min(kernel.batches().max(), capacity / 2);
    return new AspectConfig(
        kernel.name(),
        new GuardSettings(
            new KernelSettings(kernel.threads(), kernel.memory()),
            new BatchSettings(batch, kernel.batches().linger(), kernel.batches().inFlight()),
            kernel.deadline(),
            kernel.trust().failures(),
            kernel.trust().pause(),
            kernel.trust().shadowShare()));
  }

  static AspectOptions of(Settings settings) {
    return new AspectOptions(
        KernelOptions.of(settings), settings.get(CAPACITY), settings.get(TIMEOUT));
  }
}
