package io.cosmichub.streaming.matches;

import io.cosmichub.aspect.AspectPolicy;
import io.cosmichub.kernels.AspectKernelProvider;
import io.cosmichub.kernels.BatchKernel;
import io.cosmichub.kernels.KernelSettings;
import io.cosmichub.kernels.ReferenceKernel;
import io.cosmichub.kernels.ReferenceKernelProvider;
import io.cosmichub.kernels.VectorKernelProvider;
import java.io.Serializable;
import java.util.Objects;

/**
 * What {@link MatchesFunction} is told.
 *
 * @param best how many matches a list names at most; at least 1
 * @param everyMillis how long the list of a chart stands at least; at least 1
 * @param candidates with how many charts a chart is compared at most; at least 1
 * @param kernel the kernel that the job uses; whatever it is, lists are computed on the CPU
 * @param settings what the kernel may use
 */
public record MatchConfig(
    int best, long everyMillis, int candidates, String kernel, KernelSettings settings)
    implements Serializable {

  /** {@link IllegalArgumentException} outside the limits. */
  public MatchConfig {
    Objects.requireNonNull(kernel, "kernel");
    Objects.requireNonNull(settings, "settings");
    if (best < 1 || everyMillis < 1 || candidates < 1) {
      throw new IllegalArgumentException(
          "a list of " + best + " among " + candidates + " every " + everyMillis + " ms");
    }
  }

  /** A kernel that answers on the calling thread. */
  BatchKernel open(AspectPolicy policy) {
    AspectKernelProvider provider =
        kernel.equals(ReferenceKernel.NAME)
            ? new ReferenceKernelProvider()
            : new VectorKernelProvider();
    return provider.open(policy, settings);
  }
}
