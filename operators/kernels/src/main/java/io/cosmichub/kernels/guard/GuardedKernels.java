package io.cosmichub.kernels.guard;

import io.cosmichub.aspect.AspectPolicy;
import io.cosmichub.kernels.AspectKernel;
import io.cosmichub.kernels.BatchKernel;
import io.cosmichub.kernels.Kernels;
import io.cosmichub.kernels.LostKernelException;
import io.cosmichub.kernels.ReferenceKernel;
import io.cosmichub.kernels.ReferenceKernelProvider;
import io.cosmichub.kernels.VectorKernelProvider;
import io.cosmichub.kernels.batch.ThreadTimer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Opens the kernel that a configuration asks for, with what has to stand in front of it. */
public final class GuardedKernels {

  private static final Logger LOG = LoggerFactory.getLogger(GuardedKernels.class);

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
   * Opens the kernel that {@code choice} means, as {@link Kernels#opened} does. One that prefers
   * batches gets them and has the CPU kernel behind it; another is called at once and has the
   * reference kernel behind it; the reference kernel stands alone. In place of a named one that
   * this process has lost the CPU kernel computes, as it did before a restart; and a lost one that
   * {@code auto} passes over is reported as off.
   */
  public AspectKernel open(String choice, AspectPolicy policy) {
    Kernels.Opened opened;
    try {
      opened = kernels.opened(choice, policy, settings.kernel());
    } catch (LostKernelException lost) {
      LOG.warn("{}; the CPU kernel computes in its place", lost.getMessage());
      return new LostKernel(lost.kernel(), cpu(policy), events.apply(lost.kernel()));
    }
    if (choice.equals(Kernels.AUTO)) {
      kernels.lost().forEach(lost -> events.apply(lost).breakerMoved(Breaker.State.OFF));
    }
    BatchKernel kernel = opened.kernel();
    if (kernel instanceof ReferenceKernel) {
      return kernel;
    }
    return opened.kind().prefersBatches() ? inBatches(kernel) : atOnce(kernel);
  }

  /**
   * As {@link #open}, for whole batches, which need no collecting: one that prefers batches is
   * called on a thread of its own and has the CPU kernel behind it. A named one that is lost is a
   * {@link LostKernelException}: whoever has whole batches can begin again in another process.
   */
  public BatchKernel openForBatches(String choice, AspectPolicy policy) {
    Kernels.Opened opened = kernels.opened(choice, policy, settings.kernel());
    BatchKernel kernel = opened.kernel();
    if (kernel instanceof ReferenceKernel) {
      return kernel;
    }
    if (opened.kind().prefersBatches()) {
      BatchKernel cpu = new VectorKernelProvider().open(policy, settings.kernel());
      return forBatches(
          kernel, beforeReference(cpu), new DaemonThread("cosmichub-" + kernel.name()));
    }
    return beforeReference(kernel);
  }

  private BatchKernel beforeReference(BatchKernel kernel) {
    BatchKernel reference = new ReferenceKernelProvider().open(kernel.policy(), settings.kernel());
    return forBatches(kernel, reference, null);
  }

  private BatchKernel forBatches(
      BatchKernel kernel, BatchKernel other, @Nullable DeviceThread thread) {
    return new GuardedBatches(
        kernel, other, settings, seed, events.apply(kernel.name()), thread, System::nanoTime);
  }

  private AspectKernel atOnce(BatchKernel kernel) {
    return new GuardedKernel(kernel, settings, seed, events.apply(kernel.name()), System::nanoTime);
  }

  private AspectKernel inBatches(BatchKernel device) {
    String name = "cosmichub-" + device.name();
    return new GuardedDevice(
        device,
        cpu(device.policy()),
        settings,
        seed,
        events.apply(device.name()),
        new DaemonThread(name),
        new ThreadTimer(name + "-timer"));
  }

  private AspectKernel cpu(AspectPolicy policy) {
    return atOnce(new VectorKernelProvider().open(policy, settings.kernel()));
  }
}
