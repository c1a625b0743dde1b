package io.cosmichub.kernels;

import io.cosmichub.aspect.AspectPolicy;

/** The form of the vector kernel that needs no module. */
final class TableKernelTest extends BatchKernelContract {

  @Override
  protected BatchKernel open(AspectPolicy policy, KernelSettings settings) {
    return new TableKernel(policy, settings);
  }
}
