package io.cosmichub.kernels.cuda;

import io.cosmichub.aspect.AspectPolicy;
import io.cosmichub.kernels.AspectKernelProvider;
import io.cosmichub.kernels.BatchKernel;
import io.cosmichub.kernels.KernelSettings;

/** Provides the kernel that computes on the first NVIDIA GPU of the machine. */
public final class CudaKernelProvider implements AspectKernelProvider {

  /** The name by which a configuration chooses this kernel. */
  public static final String NAME = "cuda";

  /*
   * A process has one context on a GPU, whoever asks: that is a fact of the process, so it is the one thing here that all
   * instances share.
   */
  private static final SharedDevice DEVICE = new SharedDevice(Cuda::open, System.getProperties());

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public Probe probe() {
    return DEVICE.probe(CudaProbe::probe);
  }

  @Override
  public BatchKernel open(AspectPolicy policy, KernelSettings settings) {
    Probe probe = probe();
    if (!probe.usable()) {
      throw new IllegalStateException("no kernel '" + NAME + "': " + probe.reason());
    }
    return DEVICE.open(policy, settings);
  }

  @Override
  public boolean prefersBatches() {
    return true;
  }

  /** Keeps JCuda from loading before a probe has asked whether it can. */
  private static final class Cuda {

    private static Device open() {
      return new CudaDevice();
    }
  }
}
