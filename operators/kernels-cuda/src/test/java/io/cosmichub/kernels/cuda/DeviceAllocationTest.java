package io.cosmichub.kernels.cuda;

import static org.assertj.core.api.Assertions.assertThat;

import io.cosmichub.aspect.AspectPolicy;
import io.cosmichub.chart.Longitudes;
import io.cosmichub.kernels.BatchKernel;
import io.cosmichub.kernels.ChartBlock;
import io.cosmichub.kernels.DenseSets;
import io.cosmichub.kernels.KernelSettings;
import io.cosmichub.kernels.PackedSets;
import io.cosmichub.kernels.Progress;
import io.cosmichub.kernels.SteadyState;
import java.util.Arrays;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/**
 * What calls allocate on their way to a device and back, on a device that does nothing: for a pair
 * nothing on any thread, and memory of either side only once.
 */
final class DeviceAllocationTest {

  private static final AspectPolicy POLICY = AspectPolicy.classic();

  /** So little that the pairs go in several chunks. */
  private static final KernelSettings SETTINGS = new KernelSettings(1, 32 << 20);

  private static final int PAIRS = 70_000;
  private static final int CHARTS = 2_000;

  private final AtomicReference<@Nullable IdleDevice> opened = new AtomicReference<>();
  private final DeviceSession session =
      new DeviceSession(
          () -> {
            IdleDevice device = new IdleDevice();
            opened.set(device);
            return device;
          },
          SETTINGS.timeout(),
          SETTINGS.memory(),
          BufferPool::powerOfTwo);
  private final BatchKernel kernel = new DeviceKernel(POLICY, SETTINGS, session, session::close);

  @AfterEach
  void everyLeaseCameBack() {
    assertThat(session.host().leased() + session.memory().leased()).isZero();
    kernel.close();
  }

  @Test
  void noPairAllocatesAndMemoryIsLentAgain() {
    ChartBlock a = charts(PAIRS);
    ChartBlock b = charts(PAIRS);
    ChartBlock many = charts(CHARTS);
    char[] moved = new char[PAIRS];
    Arrays.fill(moved, (char) 2);
    PackedSets sets = new PackedSets(POLICY);
    DenseSets dense = new DenseSets(POLICY);
    long[] scores = new long[PAIRS];
    int pairs = CHARTS * (CHARTS - 1) / 2;
    assertSteady(PAIRS, () -> kernel.sets(a, b, 0, PAIRS, sets));
    assertSteady(PAIRS, () -> kernel.sets(a, 5, b, 0, PAIRS, sets));
    assertSteady(PAIRS, () -> kernel.touched(a, b, moved, moved, 0, PAIRS, sets));
    assertSteady(PAIRS, () -> kernel.dense(a, b, 0, PAIRS, dense));
    assertSteady(PAIRS, () -> kernel.scores(a, b, 0, PAIRS, scores));
    assertSteady(PAIRS, () -> kernel.scores(a, 5, b, 0, PAIRS, scores));
    // A ranking of two thousand charts is far less than a byte for each pair.
    assertSteady(pairs, () -> kernel.rank(many, 4, Progress.NONE));
  }

  private void assertSteady(int pairs, Runnable call) {
    call.run();
    IdleDevice device = Objects.requireNonNull(opened.get());
    int before = device.allocations();
    assertThat(before).isPositive();
    SteadyState.assertReached(pairs, DeviceThread.NAME, call);
    assertThat(device.allocations()).isEqualTo(before);
  }

  private static ChartBlock charts(int size) {
    ChartBlock block = new ChartBlock(size);
    for (int chart = 0; chart < size; chart++) {
      block.add(Longitudes.NONE.with(0, chart));
    }
    return block;
  }
}
