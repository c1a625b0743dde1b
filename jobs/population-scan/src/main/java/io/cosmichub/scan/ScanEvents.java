package io.cosmichub.scan;

import io.cosmichub.kernels.guard.Breaker;
import io.cosmichub.kernels.guard.KernelEvents;
import java.io.Serializable;
import org.apache.flink.api.common.JobExecutionResult;
import org.apache.flink.api.common.accumulators.LongCounter;
import org.apache.flink.api.common.functions.RuntimeContext;

/** Adds up what the guard of a kernel tells; its log says the rest. Told on the calling thread. */
final class ScanEvents implements KernelEvents, Serializable {

  private static final long serialVersionUID = 1L;

  private static final String FALLBACK_PAIRS = "fallback-pairs";
  private static final String CHECKED_PAIRS = "checked-pairs";
  private static final String WRONG_PAIRS = "wrong-pairs";
  private static final String CHECKED_NANOS = "checked-nanos";
  private static final String REFERENCE_NANOS = "reference-nanos";

  private final LongCounter fallbackPairs = new LongCounter();
  private final LongCounter checkedPairs = new LongCounter();
  private final LongCounter wrongPairs = new LongCounter();
  private final LongCounter checkedNanos = new LongCounter();
  private final LongCounter referenceNanos = new LongCounter();

  /** Adds up over all subtasks of the job. */
  void register(RuntimeContext context) {
    context.addAccumulator(FALLBACK_PAIRS, fallbackPairs);
    context.addAccumulator(CHECKED_PAIRS, checkedPairs);
    context.addAccumulator(WRONG_PAIRS, wrongPairs);
    context.addAccumulator(CHECKED_NANOS, checkedNanos);
    context.addAccumulator(REFERENCE_NANOS, referenceNanos);
  }

  /** What was told in all subtasks of a job. */
  static KernelTrust in(JobExecutionResult job) {
    return new KernelTrust(
        job.<Long>getAccumulatorResult(FALLBACK_PAIRS),
        job.<Long>getAccumulatorResult(CHECKED_PAIRS),
        job.<Long>getAccumulatorResult(WRONG_PAIRS),
        job.<Long>getAccumulatorResult(CHECKED_NANOS),
        job.<Long>getAccumulatorResult(REFERENCE_NANOS));
  }

  /** What was told here. */
  KernelTrust trust() {
    return new KernelTrust(
        fallbackPairs.getLocalValuePrimitive(),
        checkedPairs.getLocalValuePrimitive(),
        wrongPairs.getLocalValuePrimitive(),
        checkedNanos.getLocalValuePrimitive(),
        referenceNanos.getLocalValuePrimitive());
  }

  @Override
  public void fellBack(int pairs) {
    fallbackPairs.add(pairs);
  }

  @Override
  public void shadowChecked(int pairs, long kernelNanos, long nanosOfReference) {
    checkedPairs.add(pairs);
    checkedNanos.add(kernelNanos);
    referenceNanos.add(nanosOfReference);
  }

  @Override
  public void shadowMismatched(int pairs) {
    wrongPairs.add(pairs);
  }

  @Override
  public void breakerMoved(Breaker.State state) {}

  @Override
  public void batchSent(int pairs) {}

  @Override
  public void batchAdvanced(int done, int of) {}

  @Override
  public void batchEnded() {}

  @Override
  public void overflowed(int pairs) {}
}
