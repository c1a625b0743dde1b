package io.cosmichub.kernels;

import static org.assertj.core.api.Assertions.assertThat;

import io.cosmichub.aspect.AspectPolicy;
import io.cosmichub.chart.Longitudes;
import org.junit.jupiter.api.Test;

final class ReferenceKernelTest extends BatchKernelContract {

  @Override
  protected BatchKernel open(AspectPolicy policy, KernelSettings settings) {
    return Kernels.open("reference", policy, settings);
  }

  @Test
  void completesAtOnce() {
    try (AspectKernel kernel = open(AspectPolicy.classic())) {
      assertThat(kernel.touched(Longitudes.NONE, Longitudes.NONE, 1, 1)).isCompleted();
    }
  }
}
