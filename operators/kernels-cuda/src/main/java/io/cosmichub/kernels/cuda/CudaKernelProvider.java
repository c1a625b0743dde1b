package io.cosmichub.kernels.cuda;

import io.cosmichub.aspect.AspectPolicy;
import io.cosmichub.kernels.AspectKernelProvider;
import io.cosmichub.kernels.BatchKernel;
import io.cosmichub.kernels.KernelSettings;
import java.util.function.Supplier;

/** Provides the kernel that computes on the first NVIDIA GPU of the machine. */
public final class CudaKernelProvider implements AspectKernelProvider {

  /** The name by which a configuration chooses this kernel. */
  public static final String NAME = "cuda";

  /*
   * A process has one context on a GPU, whoever asks: that is a fact of the process, so it is the one thing here that all
   * instances share.
   */
  private static final SharedDevice DEVICE = new SharedDevice(Cuda::open, System.getProperties());

  private final SharedDevice device;
  private final Supplier<Probe> look;

  /** The provider that a service loader makes. */
  public CudaKernelProvider() {
    this(DEVICE, CudaProbe::probe);
  }

  /** Provides kernels on {@code device}, if {@code look} finds that it can be used. */
  CudaKernelProvider(SharedDevice device, Supplier<Probe> look) {
    this.device = device;
    this.look = look;
  }

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public Probe probe() {
    return device.probe(look);
  }

  @Override
  public BatchKernel open(AspectPolicy policy, KernelSettings settings) {
    Probe probe = probe();
    if (!probe.usable()) {
      throw new IllegalStateException("no kernel '" + NAME + "': " + probe.reason());
    }
    return device.open(policy, settings);
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
