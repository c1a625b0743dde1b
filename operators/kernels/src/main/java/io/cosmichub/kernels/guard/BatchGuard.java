package io.cosmichub.kernels.guard;

import io.cosmichub.kernels.AspectKernel;
import io.cosmichub.kernels.BatchKernel;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Asks a kernel for something, or another one where the kernel fails, is late, is wrong or is left
 * alone. Whoever calls has checked what the kernel is asked for. Safe for use by several threads.
 */
final class BatchGuard {

  private static final Logger LOG = LoggerFactory.getLogger(BatchGuard.class);

  private final BatchKernel kernel;
  private final BatchKernel other;
  private final @Nullable DeviceLine line;
  private final Breaker breaker;
  private final ShadowCheck shadow;
  private final KernelEvents events;
  private final LongSupplier nanos;

  /** Calls {@code kernel} through {@code line}, or on the calling thread if that is null. */
  BatchGuard(
      BatchKernel kernel,
      BatchKernel other,
      @Nullable DeviceLine line,
      GuardSettings settings,
      long seed,
      KernelEvents events,
      LongSupplier nanos) {
    this.kernel = kernel;
    this.other = other;
    this.line = line;
    this.events = events;
    this.nanos = nanos;
    breaker =
        new Breaker(
            settings.breakerFailures(), settings.breakerPause(), nanos, events::breakerMoved);
    shadow = new ShadowCheck(kernel, settings.shadowShare(), seed, breaker, events);
  }

  /** The other kernel, if this one is on a device. */
  Optional<AspectKernel> withoutDevice() {
    return line == null ? Optional.empty() : Optional.of(other);
  }

  /** Some number, for whoever checks a part of a result. */
  int draw() {
    return shadow.draw();
  }

  /** What {@code operation} gives; {@code check} compares with the reference, now and then. */
  <R> R compute(
      long pairs, Function<BatchKernel, R> operation, Function<R, ShadowCheck.Verdict> check) {
    if (pairs <= 0) {
      return operation.apply(other);
    }
    R found = breaker.tryAcquire() ? tried(pairs, operation, check) : null;
    return found == null ? instead(pairs, operation) : found;
  }

  /** What the kernel found, or null if it failed or was wrong; the breaker hears of any end. */
  private <R> @Nullable R tried(
      long pairs, Function<BatchKernel, R> operation, Function<R, ShadowCheck.Verdict> check) {
    boolean right = false;
    boolean brokenOff = false;
    try {
      boolean checked = shadow.isDue();
      long start = nanos.getAsLong();
      R found = line == null ? operation.apply(kernel) : line.call(() -> operation.apply(kernel));
      right = !checked || isRight(found, pairs, check, nanos.getAsLong() - start);
      return right ? found : null;
    } catch (InterruptedCall stop) {
      brokenOff = true;
      throw stop;
    } catch (RuntimeException | LinkageError failure) {
      LOG.warn(
          "Kernel '{}' failed at {} pairs; '{}' computes them instead",
          kernel.name(),
          pairs,
          other.name(),
          failure);
      return null;
    } finally {
      if (brokenOff) {
        breaker.brokenOff();
      } else if (right) {
        breaker.succeeded();
      } else {
        breaker.failed();
      }
    }
  }

  private <R> boolean isRight(
      R found, long pairs, Function<R, ShadowCheck.Verdict> check, long kernelNanos) {
    long start = nanos.getAsLong();
    ShadowCheck.Verdict verdict;
    try {
      verdict = check.apply(found);
    } catch (ReferenceFailure failure) {
      shadow.failed(failure);
      return true;
    }
    long referenceNanos = nanos.getAsLong() - start;
    // Of a part of the pairs only: the kernel's time of as many.
    long share = (long) ((double) kernelNanos * verdict.pairs() / pairs);
    shadow.compared(verdict.pairs(), verdict.wrong(), share, referenceNanos);
    return verdict.wrong() == 0;
  }

  private <R> R instead(long pairs, Function<BatchKernel, R> operation) {
    events.fellBack((int) Math.min(Integer.MAX_VALUE, pairs));
    return operation.apply(other);
  }

  /** Closes both; a device by its own thread once that is free. */
  void close() {
    if (line == null) {
      kernel.close();
    } else {
      line.close(kernel::close);
    }
    other.close();
  }
}
