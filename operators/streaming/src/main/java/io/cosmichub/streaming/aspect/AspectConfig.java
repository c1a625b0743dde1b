package io.cosmichub.streaming.aspect;

import io.cosmichub.kernels.ReferenceKernel;
import io.cosmichub.kernels.VectorKernelProvider;
import io.cosmichub.kernels.guard.GuardSettings;
import java.io.Serializable;
import java.util.Objects;

/**
 * What {@link AspectsFunction} and {@link PairAspectsFunction} are told about kernels.
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

  /**
   * The kernel that finds what held in a pair, which no device is asked for: the reference where
   * that is the kernel to use, else the one for CPUs.
   */
  String finder() {
    return kernel.equals(ReferenceKernel.NAME) ? kernel : VectorKernelProvider.NAME;
  }
}
