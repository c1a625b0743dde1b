package io.cosmichub.kernels.batch;

import java.io.Serializable;
import java.time.Duration;

/**
 * How pairs are put into batches.
 *
 * @param max the pairs of a full batch; at least 1
 * @param linger how long the first pair of a batch waits for others; more than 0
 * @param inFlight how many batches may be handed over and not answered; at least 1
 */
public record BatchSettings(int max, Duration linger, int inFlight) implements Serializable {

  /** 128 pairs, 1 ms, one batch on the device and one behind it. */
  public static final BatchSettings DEFAULT = new BatchSettings(128, Duration.ofMillis(1), 2);

  /** {@link IllegalArgumentException} outside the limits. */
  public BatchSettings {
    if (max < 1 || inFlight < 1) {
      throw new IllegalArgumentException(
          "a batch needs room and a way out, not " + max + " pairs and " + inFlight + " in flight");
    }
    if (linger.isNegative() || linger.isZero()) {
      throw new IllegalArgumentException("a batch that may stay partly filled has to leave");
    }
  }
}
