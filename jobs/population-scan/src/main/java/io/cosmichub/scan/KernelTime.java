package io.cosmichub.scan;

/**
 * What kernels took, added up over all subtasks.
 *
 * @param pairs how many pairs they scored
 * @param nanos how long they took: processor time, or what passed while a device computed
 * @param firstPairs the pairs of the first block of each subtask
 * @param firstNanos what these took, while the kernel was being compiled
 */
record KernelTime(long pairs, long nanos, long firstPairs, long firstNanos) {

  static final KernelTime NONE = new KernelTime(0, 0, 0, 0);

  private static final double NANOS = 1e9;

  KernelTime plus(KernelTime other) {
    return new KernelTime(
        pairs + other.pairs,
        nanos + other.nanos,
        firstPairs + other.firstPairs,
        firstNanos + other.firstNanos);
  }

  double seconds() {
    return nanos / NANOS;
  }

  double firstSeconds() {
    return firstNanos / NANOS;
  }

  /** Pairs in a second of one thread; 0 if there was nothing to do. */
  double rate() {
    return nanos == 0 ? 0 : pairs / seconds();
  }

  /** The same without the first blocks, if there are others. */
  double settledRate() {
    return nanos == firstNanos ? rate() : (pairs - firstPairs) / (seconds() - firstSeconds());
  }
}
