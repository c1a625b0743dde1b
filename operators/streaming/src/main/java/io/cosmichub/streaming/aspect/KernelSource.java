package io.cosmichub.streaming.aspect;

import io.cosmichub.aspect.AspectPolicy;
import io.cosmichub.kernels.AspectKernel;
import io.cosmichub.kernels.guard.KernelEvents;
import java.io.Serializable;
import java.util.function.Function;

/** Opens a kernel where the task runs; travels to it with the job. */
interface KernelSource extends Serializable {

  /**
   * A kernel for {@code policy}, which the caller closes. The number of the subtask is the seed of
   * what is left to chance; {@code events} gives each kernel its listener, by its name.
   */
  AspectKernel open(AspectPolicy policy, int subtask, Function<String, KernelEvents> events);
}
