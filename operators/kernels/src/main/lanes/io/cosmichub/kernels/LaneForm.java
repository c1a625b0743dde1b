package io.cosmichub.kernels;

import io.cosmichub.aspect.AspectPolicy;

/** The CPU kernel with the Vector API; loaded by name, for the API may not be there. */
final class LaneForm implements VectorKernelProvider.Form {

  @Override
  public int bits() {
    return LaneSpecies.BITS;
  }

  @Override
  public boolean fits(AspectPolicy policy) {
    return LanePlan.fits(policy);
  }

  @Override
  public BatchKernel open(AspectPolicy policy, KernelSettings settings) {
    return new LaneKernel(policy, settings);
  }
}
