package io.cosmichub.scan;

import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * What a run of a scan took. After a failure it is about what was left to do.
 *
 * @param kernel the kernel that scored
 * @param subtasks how many subtasks shared the blocks
 * @param time what their kernels took
 * @param jobNanos what the job took from its start to its end
 * @param trust what the guards of the kernels did
 * @param close what aspects within a degree would take to keep
 * @param numpy the same with NumPy, if that was asked for
 */
record ScanCost(
    String kernel,
    int subtasks,
    KernelTime time,
    long jobNanos,
    KernelTrust trust,
    CloseAspects close,
    @Nullable NumpyRun numpy) {

  private static final double NANOS = 1e9;
  private static final double MILLION = 1e6;

  double jobSeconds() {
    return jobNanos / NANOS;
  }

  /** How long it took, in a sentence. */
  String timeTaken() {
    return String.format(
        Locale.ROOT,
        "The %s kernel scored %,d pairs in %.2f s over %d subtasks, %.2f s of it in the first block of each,"
            + " while it is compiled; after that %.1f M pairs/s a thread. The job took %.1f s.",
        kernel,
        time.pairs(),
        time.seconds(),
        subtasks,
        time.firstSeconds(),
        time.settledRate() / MILLION,
        jobSeconds());
  }

  /** What close aspects take, in a sentence. */
  String storage() {
    return String.format(
        Locale.ROOT,
        "All %,d aspects of all pairs with an orb of 1° or less would take %,.1f MB packed, %.1f%% of"
            + " dense sets (%,.1f MB).",
        close.count(),
        close.packedBytes() / MILLION,
        close.share() * 100,
        close.denseBytes() / MILLION);
  }

  /** How NumPy compares, in a sentence; empty if it was not asked for. */
  String comparison() {
    NumpyRun compared = numpy;
    if (compared == null || time.nanos() == 0) {
      return "";
    }
    double rate = compared.pairsPerSecond();
    return String.format(
        Locale.ROOT,
        "NumPy (float32, batched, one thread) scored %,d pairs in %.2f s, %.2f M pairs/s: in a thread the"
            + " kernel is %.1f times as fast, %.1f times once compiled; with %d threads %.1f and %.1f times.",
        compared.pairs(),
        compared.seconds(),
        rate / MILLION,
        time.rate() / rate,
        time.settledRate() / rate,
        subtasks,
        subtasks * time.rate() / rate,
        subtasks * time.settledRate() / rate);
  }
}
