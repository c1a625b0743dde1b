package io.cosmichub.kernels.guard;

import io.cosmichub.aspect.AspectPolicy;
import io.cosmichub.aspect.AspectSet;
import io.cosmichub.chart.Longitudes;
import io.cosmichub.kernels.AspectKernel;
import java.util.concurrent.CompletableFuture;

/**
 * Stands where a kernel would that this process has lost: another one computes everything in its
 * place, and its events say so as if it had been switched off here.
 */
final class LostKernel implements AspectKernel {

  private final String name;
  private final AspectKernel other;
  private final KernelEvents events;

  /** In place of the kernel {@code name}; closes {@code other}. */
  LostKernel(String name, AspectKernel other, KernelEvents events) {
    this.name = name;
    this.other = other;
    this.events = events;
    events.breakerMoved(Breaker.State.OFF);
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public AspectPolicy policy() {
    return other.policy();
  }

  @Override
  public boolean answersAtOnce() {
    return other.answersAtOnce();
  }

  @Override
  public CompletableFuture<AspectSet> touched(Longitudes a, Longitudes b, int movedA, int movedB) {
    events.fellBack(1);
    return other.touched(a, b, movedA, movedB);
  }

  @Override
  public void close() {
    other.close();
  }
}
