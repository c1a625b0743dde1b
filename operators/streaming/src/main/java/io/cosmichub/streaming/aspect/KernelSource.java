package io.cosmichub.streaming.aspect;

import io.cosmichub.aspect.AspectPolicy;
import io.cosmichub.kernels.AspectKernel;
import java.io.Serializable;

/** Opens a kernel where the task runs; travels to it with the job. */
interface KernelSource extends Serializable {

  /** A kernel for {@code policy}, which the caller closes. */
  AspectKernel open(AspectPolicy policy);
}
