package io.cosmichub.kernels;

/**
 * Told from time to time how far a long computation has come. Calls come one at a time, from any
 * thread.
 */
@FunctionalInterface
public interface Progress {

  /** Listens to nothing. */
  Progress NONE = (done, of) -> {};

  /**
   * {@code done} of {@code of} pairs are computed; {@code done} never falls, and the last call has
   * both equal.
   */
  void pairs(long done, long of);
}
