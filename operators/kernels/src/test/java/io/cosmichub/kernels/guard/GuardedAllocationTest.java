package io.cosmichub.kernels.guard;

import io.cosmichub.aspect.AspectPolicy;
import io.cosmichub.kernels.BatchKernel;
import io.cosmichub.kernels.ChartBlock;
import io.cosmichub.kernels.DenseSets;
import io.cosmichub.kernels.KernelSettings;
import io.cosmichub.kernels.Kernels;
import io.cosmichub.kernels.PackedSets;
import io.cosmichub.kernels.SteadyState;
import io.cosmichub.kernels.batch.BatchSettings;
import java.time.Duration;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** The guard of whole batches allocates nothing for a pair either: every buffer comes back. */
final class GuardedAllocationTest {

  private static final AspectPolicy POLICY = AspectPolicy.classic();
  private static final String DEVICE = "guarded-allocation-test";
  private static final int PAIRS = 4_096;

  private final Random random = new Random(12);

  @Test
  void noPairAllocatesOnTheCallingThreadOrTheDevices() {
    ChartBlock a = charts();
    ChartBlock b = charts();
    char[] moved = new char[PAIRS];
    Arrays.fill(moved, (char) 2);
    char[] still = new char[PAIRS];
    PackedSets sets = new PackedSets(POLICY);
    DenseSets dense = new DenseSets(POLICY);
    long[] scores = new long[PAIRS];
    try (BatchKernel kernel = guarded()) {
      assertNothing(() -> kernel.sets(a, b, 0, PAIRS, sets));
      assertNothing(() -> kernel.sets(a, 5, b, 0, PAIRS, sets));
      assertNothing(() -> kernel.touched(a, b, moved, still, 0, PAIRS, sets));
      assertNothing(() -> kernel.dense(a, b, 0, PAIRS, dense));
      assertNothing(() -> kernel.scores(a, b, 0, PAIRS, scores));
      assertNothing(() -> kernel.scores(a, 5, b, 0, PAIRS, scores));
    }
  }

  private static void assertNothing(Runnable call) {
    SteadyState.assertReached(PAIRS, DEVICE, call);
  }

  private static BatchKernel guarded() {
    return new GuardedBatches(
        Kernels.open("vector", POLICY),
        Kernels.open("reference", POLICY),
        new GuardSettings(
            KernelSettings.DEFAULT,
            BatchSettings.DEFAULT,
            Duration.ofMinutes(1),
            3,
            Duration.ofDays(1),
            0),
        1,
        new RecordedEvents(),
        new DaemonThread(DEVICE),
        System::nanoTime);
  }

  private ChartBlock charts() {
    ChartBlock block = new ChartBlock(PAIRS);
    for (int chart = 0; chart < PAIRS; chart++) {
      block.add(Charts.random(random));
    }
    return block;
  }
}
