package io.cosmichub.kernels.guard;

import io.cosmichub.kernels.KernelSettings;
import io.cosmichub.kernels.batch.BatchSettings;
import java.io.Serializable;
import java.time.Duration;

/**
 * What a kernel may use and how far it is trusted.
 *
 * @param kernel what it may use
 * @param batches how its pairs are put into batches, if it prefers them
 * @param deadline when a batch that was handed over counts as late; more than 0
 * @param breakerFailures after how many failures in a row the kernel is left alone; at least 1
 * @param breakerPause for how long; more than 0
 * @param shadowShare the share of calls that the reference kernel repeats; 0 to 1
 */
public record GuardSettings(
    KernelSettings kernel,
    BatchSettings batches,
    Duration deadline,
    int breakerFailures,
    Duration breakerPause,
    double shadowShare)
    implements Serializable {

  /** Half a second, three failures, half a minute, one call in a thousand. */
  public static final GuardSettings DEFAULT =
      new GuardSettings(
          KernelSettings.DEFAULT,
          BatchSettings.DEFAULT,
          Duration.ofMillis(500),
          3,
          Duration.ofSeconds(30),
          0.001);

  /** {@link IllegalArgumentException} outside the limits. */
  public GuardSettings {
    require(deadline.compareTo(Duration.ZERO) > 0, "a batch needs time");
    require(breakerFailures >= 1, "a breaker opens at a failure, not before");
    require(breakerPause.compareTo(Duration.ZERO) > 0, "a breaker that opens needs a pause");
    require(shadowShare >= 0 && shadowShare <= 1, "a share is 0 to 1, not " + shadowShare);
  }

  private static void require(boolean holds, String message) {
    if (!holds) {
      throw new IllegalArgumentException(message);
    }
  }
}
