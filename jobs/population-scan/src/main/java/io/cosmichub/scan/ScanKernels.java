package io.cosmichub.scan;

import io.cosmichub.aspect.AspectPolicy;
import io.cosmichub.kernels.BatchKernel;
import io.cosmichub.kernels.KernelSettings;
import io.cosmichub.kernels.Kernels;
import io.cosmichub.kernels.batch.BatchSettings;
import io.cosmichub.kernels.guard.GuardSettings;
import io.cosmichub.kernels.guard.GuardedKernels;
import io.cosmichub.kernels.guard.KernelEvents;
import java.io.Serializable;
import java.time.Duration;

/** Opens the kernels of a scan, guarded; travels to the subtasks. */
interface ScanKernels extends Serializable {

  /** Those of this process. A block gets a minute on a device; one in fifty is checked. */
  static ScanKernels known() {
    return (choice, policy, threads, seed, events) ->
        new GuardedKernels(Kernels.known(), settings(threads), seed, name -> events)
            .openForBatches(choice, policy);
  }

  /**
   * The kernel that {@code choice} means, which the caller closes. So many threads share a batch
   * that is big enough, the calling one among them; {@code seed} chooses what is checked.
   */
  BatchKernel open(String choice, AspectPolicy policy, int threads, int seed, KernelEvents events);

  private static GuardSettings settings(int threads) {
    return new GuardSettings(
        new KernelSettings(threads, KernelSettings.DEFAULT.memory()),
        BatchSettings.DEFAULT,
        Duration.ofMinutes(1),
        3,
        Duration.ofSeconds(30),
        0.02);
  }
}
