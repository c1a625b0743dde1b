package io.cosmichub.kernels.guard;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;

/** Adds up what a kernel's listener is told. */
public final class RecordedEvents implements KernelEvents {

  final AtomicInteger batches = new AtomicInteger();
  final AtomicInteger sent = new AtomicInteger();
  final AtomicInteger overflowed = new AtomicInteger();
  final AtomicInteger fellBack = new AtomicInteger();
  final AtomicInteger checked = new AtomicInteger();
  final AtomicInteger mismatched = new AtomicInteger();
  final List<String> advanced = new CopyOnWriteArrayList<>();
  final List<Breaker.State> moves = new CopyOnWriteArrayList<>();

  @Override
  public void batchSent(int pairs) {
    batches.incrementAndGet();
    sent.addAndGet(pairs);
  }

  @Override
  public void batchAdvanced(int done, int of) {
    advanced.add(done + " of " + of);
  }

  @Override
  public void batchEnded() {
    advanced.add("ended");
  }

  @Override
  public void overflowed(int pairs) {
    overflowed.addAndGet(pairs);
  }

  @Override
  public void fellBack(int pairs) {
    fellBack.addAndGet(pairs);
  }

  @Override
  public void breakerMoved(Breaker.State state) {
    moves.add(state);
  }

  @Override
  public void shadowChecked(int pairs, long kernelNanos, long referenceNanos) {
    checked.addAndGet(pairs);
  }

  @Override
  public void shadowMismatched(int pairs) {
    mismatched.addAndGet(pairs);
  }
}
