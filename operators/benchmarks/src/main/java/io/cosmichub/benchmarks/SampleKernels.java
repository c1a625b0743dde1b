package io.cosmichub.benchmarks;

import io.cosmichub.kernels.BatchKernel;
import io.cosmichub.kernels.KernelSettings;
import io.cosmichub.kernels.Kernels;

/** Opens kernels by the names that the tables use. */
final class SampleKernels {

  /** The scalar rule. */
  static final String REFERENCE = "reference";

  /** The CPU kernel where the Vector API is in the process. */
  static final String VECTOR = "vector";

  /** The CPU kernel where it is not. */
  static final String LOOPS = "loops";

  /** The module of the Vector API. */
  static final String MODULE = "jdk.incubator.vector";

  private SampleKernels() {}

  /** {@link IllegalStateException} if the process has the module for loops, which then are none. */
  static BatchKernel open(String name, int bodies, int threads) {
    boolean loops = name.equals(LOOPS);
    if (loops && ModuleLayer.boot().findModule(MODULE).isPresent()) {
      throw new IllegalStateException("loops are measured in a process without " + MODULE);
    }
    return Kernels.open(
        loops ? VECTOR : name,
        SampleCharts.policy(bodies),
        new KernelSettings(threads, KernelSettings.DEFAULT.memory()));
  }
}
