package io.cosmichub.scan;

import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * What a run of a scan took. After a failure it is about what was left to do.
 *
 * @param kernel the kernel that scored
 * @param subtasks how many subtasks shared the blocks
 * @param pairs how many pairs they scored
 * @param kernelNanos what their kernels took, added up
 * @param jobNanos what the job took from its start to its end
 * @param close what aspects within a degree would take to keep
 * @param numpy the same with NumPy, if that was asked for
 */
record ScanCost(
    String kernel,
    int subtasks,
    long pairs,
    long kernelNanos,
    long jobNanos,
    CloseAspects close,
    @Nullable NumpyRun numpy) {

  private static final double NANOS = 1e9;

  double kernelSeconds() {
    return kernelNanos / NANOS;
  }

  double jobSeconds() {
    return jobNanos / NANOS;
  }

  /** What the kernel scores in a second of one thread; 0 if it had nothing to do. */
  double pairsPerKernelSecond() {
    return kernelNanos == 0 ? 0 : pairs / kernelSeconds();
  }

  /** How long it took, in a sentence. */
  String time() {
    return String.format(
        Locale.ROOT,
        "The %s kernel scored %,d pairs in %.2f s, added up over %d subtasks: %.1f M pairs/s each. The"
            + " job took %.1f s.",
        kernel,
        pairs,
        kernelSeconds(),
        subtasks,
        pairsPerKernelSecond() / 1e6,
        jobSeconds());
  }

  /** What close aspects take, in a sentence. */
  String storage() {
    return String.format(
        Locale.ROOT,
        "All %,d aspects of all pairs with an orb of 1° or less would take %,.1f MB packed, %.1f%% of"
            + " dense sets (%,.1f MB).",
        close.count(),
        close.packedBytes() / 1e6,
        close.share() * 100,
        close.denseBytes() / 1e6);
  }

  /** How NumPy compares, in a sentence; empty if it was not asked for. */
  String comparison() {
    NumpyRun compared = numpy;
    if (compared == null || kernelNanos == 0) {
      return "";
    }
    double times = pairsPerKernelSecond() / compared.pairsPerSecond();
    return String.format(
        Locale.ROOT,
        "NumPy (float32, batched, one thread) scored %,d pairs in %.2f s, %.2f M pairs/s: the kernel is"
            + " %.1f times as fast in a thread, %.1f times with %d.",
        compared.pairs(),
        compared.seconds(),
        compared.pairsPerSecond() / 1e6,
        times,
        times * subtasks,
        subtasks);
  }
}
