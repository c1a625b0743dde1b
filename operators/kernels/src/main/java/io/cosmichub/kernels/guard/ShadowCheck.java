package io.cosmichub.kernels.guard;

import io.cosmichub.kernels.AspectKernel;
import java.util.SplittableRandom;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Decides which calls the reference kernel repeats, and what follows from its verdict: a kernel
 * that was wrong once is switched off for good and told so. Safe for use by several threads; a call
 * that is not due costs the decrement of a plain field.
 */
final class ShadowCheck {

  /*
   * Between two checks lie as many calls as a geometric distribution says, so that no rhythm of the traffic hides from them.
   * `left` counts down without a lock: threads that race may lose a count, and the share is then off by as much.
   */
  private static final Logger LOG = LoggerFactory.getLogger(ShadowCheck.class);

  private final AspectKernel kernel;
  private final double share;
  private final SplittableRandom random;
  private final Breaker breaker;
  private final KernelEvents events;
  private int left;

  /** Repeats a {@code share} of the calls of {@code kernel}, 0 to 1, chosen by {@code seed}. */
  ShadowCheck(AspectKernel kernel, double share, long seed, Breaker breaker, KernelEvents events) {
    this.kernel = kernel;
    this.share = share;
    this.random = new SplittableRandom(seed);
    this.breaker = breaker;
    this.events = events;
    this.left = gap();
  }

  /**
   * What a check came to.
   *
   * @param pairs how many pairs the reference computed
   * @param wrong in how many of them, or of their charts, the kernel was wrong
   */
  record Verdict(int pairs, int wrong) {}

  /** Some number, for whoever checks a part of a call. */
  synchronized int draw() {
    return random.nextInt(Integer.MAX_VALUE);
  }

  /** Whether this call is one to repeat. */
  boolean isDue() {
    return --left < 0 && restart();
  }

  private synchronized boolean restart() {
    left = gap();
    return share > 0;
  }

  /** The calls before the next one that is due. */
  private int gap() {
    return share > 0
        ? (int) (Math.log(1 - random.nextDouble()) / Math.log1p(-share))
        : Integer.MAX_VALUE;
  }

  /** Takes down that there is nothing to compare with. */
  void failed(ReferenceFailure failure) {
    LOG.warn(
        "A result of kernel '{}' goes out without the check that was due", kernel.name(), failure);
  }

  /** Takes down that {@code wrong} of {@code pairs} differed from the reference's. */
  void compared(int pairs, int wrong, long kernelNanos, long referenceNanos) {
    events.shadowChecked(pairs, kernelNanos, referenceNanos);
    if (wrong > 0) {
      LOG.error(
          "Kernel '{}' computed {} of {} pairs wrong; it is off until this task ends, a device until "
              + "its process does, and the reference's results went out. Find out why before it is "
              + "used again.",
          kernel.name(),
          wrong,
          pairs);
      events.shadowMismatched(wrong);
      breaker.switchOff();
      kernel.distrust("a check found " + wrong + " of " + pairs + " pairs wrong");
    }
  }
}
