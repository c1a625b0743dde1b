package io.cosmichub.kernels;

import io.cosmichub.aspect.AspectPolicy;

/** Provides {@link ReferenceKernel}, which runs everywhere. */
public final class ReferenceKernelProvider implements AspectKernelProvider {

  @Override
  public String name() {
    return ReferenceKernel.NAME;
  }

  @Override
  public Probe probe() {
    return Probe.usable("plain Java, runs everywhere");
  }

  @Override
  public BatchKernel open(AspectPolicy policy, KernelSettings settings) {
    return new ReferenceKernel(policy, settings);
  }
}
