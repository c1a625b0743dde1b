package io.cosmichub.kernels;

import io.cosmichub.aspect.AspectPolicy;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Provides the CPU kernel: with the Vector API where its module is in the process and the machine
 * has wide registers, with plain loops otherwise.
 */
public final class VectorKernelProvider implements AspectKernelProvider {

  /** The name by which a configuration chooses this kernel. */
  public static final String NAME = "vector";

  private static final Logger LOG = LoggerFactory.getLogger(VectorKernelProvider.class);
  private static final String MODULE = "jdk.incubator.vector";
  private static final String LANES = "io.cosmichub.kernels.LaneForm";

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public Probe probe() {
    Lanes lanes = Lanes.found();
    return Probe.usable(
        lanes.form == null ? "loops, for " + lanes.words : lanes.words + " lanes and loops");
  }

  @Override
  public BatchKernel open(AspectPolicy policy, KernelSettings settings) {
    Form form = Lanes.found().form;
    if (form == null) {
      return new LoopKernel(policy, settings);
    }
    if (!form.fits(policy)) {
      LOG.info(
          "Kernel '{}' uses loops for {}: its angles or orbs are not those of lanes", NAME, policy);
      return new LoopKernel(policy, settings);
    }
    return form.open(policy, settings);
  }

  /** What is only loaded where the Vector API is there: nothing else names a type of it. */
  interface Form {

    /** The width of a register in bits. */
    int bits();

    /** Whether every aspect is a multiple of 30° with an orb that keeps clear of its neighbours. */
    boolean fits(AspectPolicy policy);

    /** A kernel for a policy that fits. */
    BatchKernel open(AspectPolicy policy, KernelSettings settings);
  }

  /** The form with vectors, or in words why there is none. */
  private record Lanes(@Nullable Form form, String words) {

    private static final int LEAST_BITS = 256;
    private static final int MOST_BITS = 512;

    static Lanes found() {
      if (ModuleLayer.boot().findModule(MODULE).isEmpty()) {
        return new Lanes(null, "the process has no module " + MODULE);
      }
      try {
        Form form =
            Class.forName(LANES).asSubclass(Form.class).getDeclaredConstructor().newInstance();
        return form.bits() < LEAST_BITS || form.bits() > MOST_BITS
            ? new Lanes(null, "registers have " + form.bits() + " bits")
            : new Lanes(form, form.bits() + "-bit");
      } catch (ReflectiveOperationException | LinkageError refused) {
        return new Lanes(null, MODULE + " does not load: " + refused);
      }
    }
  }
}
