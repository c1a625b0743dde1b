package io.cosmichub.kernels.guard;

import io.cosmichub.aspect.AspectPolicy;
import io.cosmichub.aspect.AspectSet;
import io.cosmichub.chart.Longitudes;
import io.cosmichub.kernels.AspectKernel;
import io.cosmichub.kernels.ReferenceKernel;
import java.util.concurrent.CompletableFuture;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A kernel that answers on the calling thread, with the reference kernel behind it: what the kernel
 * fails at the reference computes, and a share of calls it computes as well and compares. Its
 * futures are complete and fail only if the reference does.
 */
public final class GuardedKernel implements AspectKernel {

  private static final Logger LOG = LoggerFactory.getLogger(GuardedKernel.class);

  private final AspectKernel kernel;
  private final ReferenceKernel reference;
  private final Breaker breaker;
  private final ShadowCheck shadow;
  private final KernelEvents events;
  private final LongSupplier nanos;

  /** Guards {@code kernel}, and closes it; {@code seed} chooses the calls that are repeated. */
  public GuardedKernel(
      AspectKernel kernel,
      GuardSettings settings,
      long seed,
      KernelEvents events,
      LongSupplier nanos) {
    this.kernel = kernel;
    this.events = events;
    this.nanos = nanos;
    reference = new ReferenceKernel(kernel.policy());
    breaker =
        new Breaker(
            settings.breakerFailures(), settings.breakerPause(), nanos, events::breakerMoved);
    shadow = new ShadowCheck(kernel, settings.shadowShare(), seed, breaker, events);
  }

  @Override
  public String name() {
    return kernel.name();
  }

  @Override
  public AspectPolicy policy() {
    return kernel.policy();
  }

  @Override
  public boolean answersAtOnce() {
    return true;
  }

  @Override
  public CompletableFuture<AspectSet> touched(Longitudes a, Longitudes b, int movedA, int movedB) {
    if (!breaker.tryAcquire()) {
      return instead(a, b, movedA, movedB);
    }
    try {
      CompletableFuture<AspectSet> answer =
          shadow.isDue() ? checked(a, b, movedA, movedB) : kernel.touched(a, b, movedA, movedB);
      if (answer.isCompletedExceptionally()) {
        answer.join();
      }
      breaker.succeeded();
      return answer;
    } catch (RuntimeException | LinkageError failure) {
      LOG.warn("Kernel '{}' failed; the reference kernel computes instead", name(), failure);
      breaker.failed();
      return instead(a, b, movedA, movedB);
    } catch (Error bug) {
      breaker.failed();
      throw bug;
    }
  }

  private CompletableFuture<AspectSet> checked(Longitudes a, Longitudes b, int movedA, int movedB) {
    long start = nanos.getAsLong();
    CompletableFuture<AspectSet> answer = kernel.touched(a, b, movedA, movedB);
    AspectSet found = answer.join();
    long between = nanos.getAsLong();
    AspectSet truth;
    try {
      truth = ReferenceFailure.or(() -> reference.aspects(a, b, movedA, movedB));
    } catch (ReferenceFailure failure) {
      shadow.failed(failure);
      return answer;
    }
    long end = nanos.getAsLong();
    boolean right = truth.equals(found);
    shadow.compared(1, right ? 0 : 1, between - start, end - between);
    return right ? answer : instead(a, b, movedA, movedB);
  }

  private CompletableFuture<AspectSet> instead(Longitudes a, Longitudes b, int movedA, int movedB) {
    events.fellBack(1);
    return reference.touched(a, b, movedA, movedB);
  }

  @Override
  public void close() {
    kernel.close();
  }
}
