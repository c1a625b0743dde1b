package io.cosmichub.kernels;

import java.io.Serializable;
import java.time.Duration;
import java.util.Objects;

/**
 * What a kernel may use.
 *
 * @param threads how many threads share work that is big enough, the calling thread among them; at
 *     least 1
 * @param memory the bytes that results and intermediate results of one call may take; at least 1
 *     MiB
 * @param timeout how long a call waits for one step of a device, where a device computes; above 0
 */
public record KernelSettings(int threads, long memory, Duration timeout) implements Serializable {

  private static final Duration DEFAULT_TIMEOUT = Duration.ofSeconds(30);

  /** One thread, 256 MiB, 30 seconds. */
  public static final KernelSettings DEFAULT = new KernelSettings(1, 256L << 20);

  private static final long LEAST_MEMORY = 1L << 20;

  /** {@link IllegalArgumentException} outside the limits. */
  public KernelSettings {
    if (threads < 1) {
      throw new IllegalArgumentException("a kernel needs a thread, not " + threads);
    }
    if (memory < LEAST_MEMORY) {
      throw new IllegalArgumentException(
          "a kernel needs 1 MiB of memory, not " + memory + " bytes");
    }
    Objects.requireNonNull(timeout, "timeout");
    if (timeout.isNegative() || timeout.isZero()) {
      throw new IllegalArgumentException("a kernel needs time, not " + timeout);
    }
  }

  /** With the timeout of {@link #DEFAULT}. */
  public KernelSettings(int threads, long memory) {
    this(threads, memory, DEFAULT_TIMEOUT);
  }
}
