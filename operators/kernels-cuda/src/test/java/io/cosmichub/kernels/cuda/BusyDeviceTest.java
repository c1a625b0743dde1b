package io.cosmichub.kernels.cuda;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.cosmichub.aspect.AspectPolicy;
import io.cosmichub.chart.Longitudes;
import io.cosmichub.kernels.BatchKernel;
import io.cosmichub.kernels.ChartBlock;
import io.cosmichub.kernels.KernelSettings;
import io.cosmichub.kernels.WholeScore;
import java.nio.ByteBuffer;
import java.nio.LongBuffer;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * What becomes of memory when somebody else has the device for longer than a call waits: none is
 * lent again that the device may still write to.
 */
@Timeout(60)
final class BusyDeviceTest {

  private static final AspectPolicy POLICY = AspectPolicy.classic();
  private static final Duration LONG = Duration.ofSeconds(30);
  private static final KernelSettings SETTINGS =
      new KernelSettings(1, 1 << 20, Duration.ofMillis(500));
  private static final int MANY = 1_000;

  private final DeviceSession session =
      new DeviceSession(IdleDevice::new, LONG, SETTINGS.memory(), BufferPool::powerOfTwo);
  private final BatchKernel kernel = new DeviceKernel(POLICY, SETTINGS, session, session::close);
  private final CountDownLatch release = new CountDownLatch(1);
  private CompletableFuture<Void> other = CompletableFuture.completedFuture(null);

  @AfterEach
  void theOtherOneEnds() {
    release.countDown();
    other.orTimeout(30, TimeUnit.SECONDS).join();
    assertThat(session.host().leased() + session.memory().leased()).isZero();
    kernel.close();
  }

  @Test
  void aRankingThatCannotStopGivesTheDeviceUpBeforeItReturnsMemory() {
    ChartBlock charts = charts(MANY);
    assertThatExceptionOfType(DeviceException.class)
        .isThrownBy(() -> kernel.rank(charts, 60, (done, of) -> occupy()))
        .withMessageContaining("did not begin");
    assertGivenUp();
  }

  @Test
  void pairsThatCannotStopGiveTheDeviceUpBeforeTheyReturnMemory() {
    ChartBlock charts = charts(MANY);
    PairRun run =
        new PairRun(
            session,
            new PolicyTable(POLICY, new WholeScore(POLICY)),
            SETTINGS.timeout(),
            SETTINGS.memory());
    Pairs pairs = new Pairs(charts, 0, 1, charts, 0, null, MANY);
    assertThatExceptionOfType(DeviceException.class)
        .isThrownBy(() -> run.compute(pairs, new Occupying()))
        .withMessageContaining("did not begin");
    assertGivenUp();
  }

  @Test
  void aCallThatNeverHadItsTurnReturnsItsMemoryAndTheDeviceStays() {
    ChartBlock charts = charts(10);
    long[] scores = new long[10];
    kernel.scores(charts, charts, 0, 10, scores);
    occupy();

    assertThatExceptionOfType(DeviceException.class)
        .isThrownBy(() -> kernel.scores(charts, charts, 0, 10, scores))
        .withMessageContaining("compute pairs did not begin");

    assertThat(session.thread().retired()).isNull();
    assertThat(session.host().leased() + session.memory().leased()).isZero();
    release.countDown();
    other.join();
    kernel.scores(charts, charts, 0, 10, scores);
  }

  private void assertGivenUp() {
    assertThat(session.thread().retired()).isNotNull();
    assertThatExceptionOfType(DeviceException.class)
        .isThrownBy(() -> session.thread().call("next", LONG, device -> {}))
        .withMessageContaining("given up after: what was under way could not be stopped");
  }

  /** Has somebody else keep the device. */
  private void occupy() {
    CountDownLatch begun = new CountDownLatch(1);
    other =
        CompletableFuture.runAsync(
            () ->
                session
                    .thread()
                    .call(
                        "long",
                        LONG,
                        device -> {
                          begun.countDown();
                          await(release);
                        }));
    await(begun);
  }

  private static void await(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException interrupted) {
      throw new AssertionError(interrupted);
    }
  }

  private static ChartBlock charts(int size) {
    ChartBlock block = new ChartBlock(size);
    for (int chart = 0; chart < size; chart++) {
      block.add(Longitudes.NONE.with(0, chart));
    }
    return block;
  }

  /** Scores; once the first chunk is there, somebody else has the device. */
  private final class Occupying implements PairOutput {
    private final PairOutput scores = new PairOutput.Scores(LongBuffer.allocate(MANY));

    @Override
    public Device.Entry entry() {
      return scores.entry();
    }

    @Override
    public long bytes(int pairs) {
      // So much that a chunk is small.
      return 1024L * pairs;
    }

    @Override
    public void describe(Work work, int pairs, long address, long furtherAddress) {
      scores.describe(work, pairs, address, furtherAddress);
    }

    @Override
    public void take(int pairs, ByteBuffer came, ByteBuffer further) {
      scores.take(pairs, came, further);
      occupy();
    }
  }
}
