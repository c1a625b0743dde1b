package io.cosmichub.kernels.cuda;

import io.cosmichub.aspect.AspectPolicy;
import io.cosmichub.kernels.BatchKernel;
import io.cosmichub.kernels.BatchKernelContract;
import io.cosmichub.kernels.KernelSettings;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * The kernel on a GPU. Without one it is skipped with the reason, and fails with {@code
 * -Dkernel.required=cuda}.
 */
@ExtendWith(NeedsDevice.class)
final class CudaKernelTest extends BatchKernelContract {

  @Override
  protected BatchKernel open(AspectPolicy policy, KernelSettings settings) {
    return new CudaKernelProvider().open(policy, settings);
  }

  @Override
  protected boolean allocatesNothing() {
    return false;
  }
}
