package io.cosmichub.kernels;

import io.cosmichub.aspect.AspectPolicy;
import java.util.Arrays;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Batches that threads share allocate nothing for a pair either, on none of them. */
final class SplitAllocationTest {

  private static final KernelSettings SETTINGS =
      new KernelSettings(3, KernelSettings.DEFAULT.memory());
  private static final int PAIRS = CpuPairs.TOUCHED_AS_ONE * KernelThreads.LEAST_PAIRS;
  private static final int CHARTS = 1_500;

  static Stream<Arguments> formsAndPolicies() {
    return Stream.of(AspectPolicy.classic(), AspectKernelContract.classicOfSixteen())
        .flatMap(policy -> Stream.of(Arguments.of(true, policy), Arguments.of(false, policy)));
  }

  @ParameterizedTest
  @MethodSource("formsAndPolicies")
  void noPairAllocatesOnAnyThread(boolean loops, AspectPolicy policy) {
    Random random = new Random(11);
    ChartBlock a = charts(PAIRS, random);
    ChartBlock b = charts(PAIRS, random);
    ChartBlock many = charts(CHARTS, random);
    char[] moved = new char[PAIRS];
    Arrays.fill(moved, (char) 2);
    char[] still = new char[PAIRS];
    long[] scores = new long[PAIRS];
    PackedSets sets = new PackedSets(policy);
    DenseSets dense = new DenseSets(policy);
    try (BatchKernel kernel =
        loops ? new LoopKernel(policy, SETTINGS) : Kernels.open("vector", policy, SETTINGS)) {
      assertNothing(PAIRS, () -> kernel.sets(a, b, 0, PAIRS, sets));
      assertNothing(PAIRS, () -> kernel.sets(a, 5, b, 0, PAIRS, sets));
      assertNothing(PAIRS, () -> kernel.touched(a, b, moved, still, 0, PAIRS, sets));
      assertNothing(PAIRS, () -> kernel.touched(a, b, still, moved, 0, PAIRS, sets));
      assertNothing(PAIRS, () -> kernel.dense(a, b, 0, PAIRS, dense));
      assertNothing(PAIRS, () -> kernel.scores(a, b, 0, PAIRS, scores));
      assertNothing(PAIRS, () -> kernel.scores(a, 5, b, 0, PAIRS, scores));
      // A ranking and, of each thread, a part of one: far less than a byte for each pair.
      int pairs = CHARTS * (CHARTS - 1) / 2;
      assertNothing(pairs, () -> kernel.rank(many, 4, Progress.NONE));
      assertNothing(pairs, () -> kernel.best(many, 4, Progress.NONE));
    }
  }

  private static void assertNothing(int pairs, Runnable call) {
    SteadyState.assertReached(pairs, KernelThreads.NAME, call);
  }

  private static ChartBlock charts(int size, Random random) {
    ChartBlock block = new ChartBlock(size);
    for (int chart = 0; chart < size; chart++) {
      block.add(AspectKernelContract.firstBodies(16, random));
    }
    return block;
  }
}
