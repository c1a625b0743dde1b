package io.cosmichub.streaming.aspect;

import io.cosmichub.kernels.guard.Breaker;
import io.cosmichub.kernels.guard.KernelEvents;
import org.apache.flink.metrics.Counter;
import org.apache.flink.metrics.Histogram;
import org.apache.flink.metrics.MetricGroup;
import org.apache.flink.metrics.ThreadSafeSimpleCounter;
import org.apache.flink.runtime.metrics.DescriptiveStatisticsHistogram;

/**
 * The metrics of one kernel, under {@code cosmichub.kernel.<name>}. Kernels tell of themselves on
 * threads of their own, so every counter and histogram here is safe for several.
 */
final class KernelMetrics implements KernelEvents {

  /** The label that names the kernel. */
  static final String KERNEL = "kernel";

  /** The gauge that is 1 for the kernel which the configuration led to. */
  static final String CHOSEN = "chosen";

  /** The counter of pairs that another kernel computed in place of this one. */
  static final String FALLBACKS = "fallbacks";

  /**
   * The counter of pairs whose callers computed them, as the device had no room for their batch.
   */
  static final String OVERFLOWS = "overflows";

  /** The gauge of the breaker: 0 closed, 1 half open, 2 open, 3 off for good. */
  static final String BREAKER_STATE = "breaker_state";

  /** The counter of how often the breaker opened. */
  static final String BREAKER_OPENINGS = "breaker_openings";

  /** The gauge that is 1 once the kernel is off: a check found it wrong, or its process lost it. */
  static final String OFF = "off";

  /** The counter of pairs that the reference kernel computed as well. */
  static final String SHADOW_CHECKS = "shadow_checks";

  /** The counter of pairs of shadow checks that differed. */
  static final String SHADOW_MISMATCHES = "shadow_mismatches";

  /** The histogram of nanoseconds a pair of this kernel, in shadow checks. */
  static final String NANOS_PER_PAIR = "nanos_per_pair";

  /** The histogram of nanoseconds a pair of the reference kernel, in the same shadow checks. */
  static final String REFERENCE_NANOS_PER_PAIR = "reference_nanos_per_pair";

  /** The histogram of pairs a batch. */
  static final String BATCH_SIZE = "batch_size";

  /**
   * The gauge of pairs that the device has still to compute of the batch that it is at; 0 when that
   * is answered.
   */
  static final String BATCH_PAIRS_LEFT = "batch_pairs_left";

  private static final int VALUES_KEPT = 1024;

  private final Counter fallbacks;
  private final Counter overflows;
  private final Counter openings;
  private final Counter checks;
  private final Counter mismatches;
  private final Histogram nanosPerPair;
  private final Histogram referenceNanosPerPair;
  private final Histogram batchSize;
  private volatile Breaker.State state = Breaker.State.CLOSED;
  private volatile int batchPairsLeft;

  /** Registers the metrics of {@code kernel} in the group of the pipeline. */
  KernelMetrics(MetricGroup pipeline, String kernel) {
    MetricGroup group = group(pipeline, kernel);
    fallbacks = group.counter(FALLBACKS, new ThreadSafeSimpleCounter());
    overflows = group.counter(OVERFLOWS, new ThreadSafeSimpleCounter());
    openings = group.counter(BREAKER_OPENINGS, new ThreadSafeSimpleCounter());
    checks = group.counter(SHADOW_CHECKS, new ThreadSafeSimpleCounter());
    mismatches = group.counter(SHADOW_MISMATCHES, new ThreadSafeSimpleCounter());
    nanosPerPair = histogram(group, NANOS_PER_PAIR);
    referenceNanosPerPair = histogram(group, REFERENCE_NANOS_PER_PAIR);
    batchSize = histogram(group, BATCH_SIZE);
    group.gauge(BREAKER_STATE, () -> state.code());
    group.gauge(BATCH_PAIRS_LEFT, () -> batchPairsLeft);
    group.gauge(OFF, () -> state == Breaker.State.OFF ? 1 : 0);
  }

  /** Says that {@code kernel} is the one which the configuration led to. */
  static void chosen(MetricGroup pipeline, String kernel) {
    group(pipeline, kernel).gauge(CHOSEN, () -> 1);
  }

  private static MetricGroup group(MetricGroup pipeline, String kernel) {
    return pipeline.addGroup(KERNEL, kernel);
  }

  private static Histogram histogram(MetricGroup group, String name) {
    return group.histogram(name, new DescriptiveStatisticsHistogram(VALUES_KEPT));
  }

  @Override
  public void batchSent(int pairs) {
    batchSize.update(pairs);
  }

  @Override
  public void batchAdvanced(int done, int of) {
    batchPairsLeft = of - done;
  }

  @Override
  public void batchEnded() {
    batchPairsLeft = 0;
  }

  @Override
  public void overflowed(int pairs) {
    overflows.inc(pairs);
  }

  @Override
  public void fellBack(int pairs) {
    fallbacks.inc(pairs);
  }

  @Override
  public void breakerMoved(Breaker.State next) {
    state = next;
    if (next == Breaker.State.OPEN) {
      openings.inc();
    }
  }

  @Override
  public void shadowChecked(int pairs, long kernelNanos, long referenceNanos) {
    checks.inc(pairs);
    nanosPerPair.update(kernelNanos / pairs);
    referenceNanosPerPair.update(referenceNanos / pairs);
  }

  @Override
  public void shadowMismatched(int pairs) {
    mismatches.inc(pairs);
  }
}
