package io.cosmichub.kernels;

import io.cosmichub.aspect.AspectPolicy;

/** The form of the vector kernel that needs no module. */
final class LoopKernelTest extends BatchKernelContract {

  @Override
  protected BatchKernel open(AspectPolicy policy, KernelSettings settings) {
    return new LoopKernel(policy, settings);
  }
}
