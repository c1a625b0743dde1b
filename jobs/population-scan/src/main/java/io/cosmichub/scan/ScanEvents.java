package io.cosmichub.scan;

import io.cosmichub.kernels.guard.Breaker;
import io.cosmichub.kernels.guard.KernelEvents;
import java.util.function.LongConsumer;

/** Adds up what the guard of a kernel tells; its log says the rest. Told on the calling thread. */
record ScanEvents(LongConsumer fallbackPairs, LongConsumer checkedPairs) implements KernelEvents {

  @Override
  public void fellBack(int pairs) {
    fallbackPairs.accept(pairs);
  }

  @Override
  public void shadowChecked(int pairs, long kernelNanos, long referenceNanos) {
    checkedPairs.accept(pairs);
  }

  @Override
  public void shadowMismatched(int pairs) {}

  @Override
  public void breakerMoved(Breaker.State state) {}

  @Override
  public void batchSent(int pairs) {}

  @Override
  public void overflowed(int pairs) {}
}
