package io.cosmichub.kernels;

import static org.assertj.core.api.Assertions.assertThat;

import io.cosmichub.aspect.AspectPolicy;
import io.cosmichub.chart.Longitudes;
import java.util.Random;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("any-jvm")
final class ReferenceKernelTest extends BatchKernelContract {

  @Override
  protected BatchKernel open(AspectPolicy policy, KernelSettings settings) {
    return Kernels.open("reference", policy, settings);
  }

  /** Its best are its ranking, which the scalar rule vouches for. */
  @Override
  protected int chartsOfTheBest() {
    return 90;
  }

  @Override
  void check(Twins twins, Random random) {
    twins.checkByTheRule(random);
  }

  @Test
  void completesAtOnce() {
    try (AspectKernel kernel = open(AspectPolicy.classic())) {
      assertThat(kernel.touched(Longitudes.NONE, Longitudes.NONE, 1, 1)).isCompleted();
    }
  }
}
