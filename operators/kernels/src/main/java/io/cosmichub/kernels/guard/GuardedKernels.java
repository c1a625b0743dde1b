package io.cosmichub.kernels.guard;

import io.cosmichub.aspect.AspectPolicy;
import io.cosmichub.kernels.AspectKernel;
import io.cosmichub.kernels.AspectKernelProvider;
import io.cosmichub.kernels.BatchKernel;
import io.cosmichub.kernels.Kernels;
import io.cosmichub.kernels.ReferenceKernel;
import io.cosmichub.kernels.VectorKernelProvider;
import io.cosmichub.kernels.batch.ThreadTimer;
import java.util.function.Function;

/** Opens the kernel that a configuration asks for, with what has to stand in front of it. */
public final class GuardedKernels {

  private final Kernels kernels;
  private final GuardSettings settings;
  private final long seed;
  private final Function<String, KernelEvents> events;

  /**
   * Opens kernels out of {@code kernels}; {@code seed} chooses the calls that are repeated, and
   * {@code events} gives each kernel its listener, by its name.
   */
  public GuardedKernels(
      Kernels kernels, GuardSettings settings, long seed, Function<String, KernelEvents> events) {
    this.kernels = kernels;
    this.settings = settings;
    this.seed = seed;
    this.events = events;
  }

  /**
   * Opens the kernel that {@code choice} means, as {@link Kernels#select} does. One that prefers
   * batches gets them and has the CPU kernel behind it; another is called at once and has the
   * reference kernel behind it; the reference kernel stands alone.
   */
  public AspectKernel open(String choice, AspectPolicy policy) {
    AspectKernelProvider provider = kernels.choose(choice);
    BatchKernel kernel = provider.open(policy, settings.kernel());
    if (kernel instanceof ReferenceKernel) {
      return kernel;
    }
    return provider.prefersBatches() ? inBatches(kernel) : atOnce(kernel);
  }

  private AspectKernel atOnce(BatchKernel kernel) {
    return new GuardedKernel(kernel, settings, seed, events.apply(kernel.name()), System::nanoTime);
  }

  private AspectKernel inBatches(BatchKernel device) {
    String name = "cosmichub-" + device.name();
    AspectKernel cpu = atOnce(new VectorKernelProvider().open(device.policy(), settings.kernel()));
    return new GuardedDevice(
        device,
        cpu,
        settings,
        seed,
        events.apply(device.name()),
        new DaemonThread(name),
        new ThreadTimer(name + "-timer"));
  }
}
