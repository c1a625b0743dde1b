package io.cosmichub.pipeline;

import io.cosmichub.aspect.AspectPolicy;
import io.cosmichub.kernels.AspectKernelProvider;
import io.cosmichub.kernels.BatchKernel;
import io.cosmichub.kernels.KernelSettings;
import io.cosmichub.kernels.guard.Fault;
import io.cosmichub.kernels.guard.FaultyKernel;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicReference;

/**
 * A device that is there once a test says so, and that this process loses at its first batch, which
 * fails the task as well.
 */
public final class LosableDevice implements AspectKernelProvider {

  static final String NAME = "losable";

  private static final AtomicReference<Probe> PROBE =
      new AtomicReference<>(Probe.refused("no test asks for it"));

  /** From now on it is there. */
  static void appear() {
    PROBE.set(Probe.usable("for a test"));
  }

  /** From now on it is not, and never was. */
  static void vanish() {
    PROBE.set(Probe.refused("no test asks for it"));
  }

  private static Fault lose() {
    PROBE.set(Probe.lost("error 700"));
    throw new AssertionError("the device is lost");
  }

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public Probe probe() {
    return Objects.requireNonNull(PROBE.get());
  }

  @Override
  public BatchKernel open(AspectPolicy policy, KernelSettings settings) {
    return new FaultyKernel(LosableDevice::lose, () -> {});
  }

  @Override
  public boolean prefersBatches() {
    return true;
  }
}
