package io.cosmichub.streaming.aspect;

import io.cosmichub.aspect.AspectPolicy;
import io.cosmichub.kernels.AspectKernel;
import io.cosmichub.kernels.Kernels;
import io.cosmichub.kernels.guard.GuardSettings;
import io.cosmichub.kernels.guard.GuardedKernels;
import io.cosmichub.kernels.guard.KernelEvents;
import java.io.Serializable;
import java.util.function.Function;
import org.apache.flink.runtime.execution.SuppressRestartsException;

/** Opens a kernel where the task runs; travels to it with the job. */
interface KernelSource extends Serializable {

  /**
   * The kernel of this process that {@code choice} means, guarded. One that is unknown or was never
   * there is a {@link SuppressRestartsException}: no restart brings it, so the job fails for good.
   * In place of one that this process had and lost the CPU computes, so a restart goes on.
   */
  static KernelSource known(String choice, GuardSettings guard) {
    return (policy, subtask, events) -> {
      try {
        return new GuardedKernels(Kernels.known(), guard, subtask, events).open(choice, policy);
      } catch (IllegalArgumentException impossible) {
        throw new SuppressRestartsException(impossible);
      }
    };
  }

  /**
   * A kernel for {@code policy}, which the caller closes. The number of the subtask is the seed of
   * what is left to chance; {@code events} gives each kernel its listener, by its name.
   */
  AspectKernel open(AspectPolicy policy, int subtask, Function<String, KernelEvents> events);
}
