package io.cosmichub.kernels.guard;

import io.cosmichub.kernels.batch.BatchEvents;

/**
 * What happens to the calls of one kernel. Told on any thread, so an implementation is safe for
 * several, and returns soon.
 */
public interface KernelEvents extends BatchEvents {

  /**
   * The device has computed {@code done} of the {@code of} pairs of a batch. Told when it begins,
   * with 0, and after each chunk of the batch, the last included.
   */
  void batchAdvanced(int done, int of);

  /** The batch of which {@link #batchAdvanced} told is answered, by the device or another. */
  void batchEnded();

  /** So many pairs were computed by another kernel in place of this one. */
  void fellBack(int pairs);

  /** The breaker moved to another state. */
  void breakerMoved(Breaker.State state);

  /** So many pairs were computed by this kernel and by the reference, in so many nanoseconds. */
  void shadowChecked(int pairs, long kernelNanos, long referenceNanos);

  /** So many pairs of a shadow check differed; the kernel is off from now on. */
  void shadowMismatched(int pairs);
}
