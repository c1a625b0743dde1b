package io.cosmichub.kernels.cuda;

import io.cosmichub.aspect.AspectPolicy;
import io.cosmichub.kernels.BatchKernel;
import io.cosmichub.kernels.BatchKernelContract;
import io.cosmichub.kernels.KernelSettings;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * All of the kernel but the driver, on the device code as a C++ compiler with sanitizers made it:
 * arithmetic, indexing, barriers, chunks and streams, and the memory on both sides.
 */
@Tag("host-compiled")
@ExtendWith(NeedsCompiler.class)
final class HostCompiledKernelTest extends BatchKernelContract {

  private final HostSessions sessions = new HostSessions();

  @Override
  protected BatchKernel open(AspectPolicy policy, KernelSettings settings) {
    return sessions.open(policy, settings);
  }

  @Override
  protected boolean allocatesNothing() {
    return false;
  }

  /** It ranks all pairs for the best, as the tests of rankings see. */
  @Override
  protected int chartsOfTheBest() {
    return 150;
  }

  @AfterEach
  void nothingIsLeft() {
    sessions.assertNothingLeft();
  }
}
