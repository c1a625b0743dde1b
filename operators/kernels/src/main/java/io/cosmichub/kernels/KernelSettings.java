package io.cosmichub.kernels;

import java.io.Serializable;

/**
 * What a kernel may use.
 *
 * @param threads how many threads share work that is big enough, the calling thread among them; at
 *     least 1
 * @param memory the bytes that results and intermediate results of one call may take; at least 1
 *     MiB
 */
public record KernelSettings(int threads, long memory) implements Serializable {

  /** One thread, 256 MiB. */
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
  }
}
