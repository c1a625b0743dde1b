package io.cosmichub.streaming.aspect;

import io.cosmichub.kernels.guard.GuardSettings;
import java.io.Serializable;
import java.util.Objects;

/**
 * What {@link AspectsFunction} is told.
 *
 * @param kernel the kernel to use, or {@code auto}
 * @param guard what it may use and how far it is trusted
 */
public record AspectConfig(String kernel, GuardSettings guard) implements Serializable {

  /** Refuses nulls. */
  public AspectConfig {
    Objects.requireNonNull(kernel, "kernel");
    Objects.requireNonNull(guard, "guard");
  }
}
