package io.cosmichub.streaming.aspect;

import static io.cosmichub.streaming.given.Given.at;
import static org.assertj.core.api.Assertions.assertThat;

import io.cosmichub.aspect.AspectPolicy;
import io.cosmichub.kernels.AspectKernelProvider;
import io.cosmichub.kernels.AspectKernelProvider.Probe;
import io.cosmichub.kernels.BatchKernel;
import io.cosmichub.kernels.KernelSettings;
import io.cosmichub.kernels.Kernels;
import io.cosmichub.kernels.ReferenceKernel;
import io.cosmichub.kernels.batch.BatchSettings;
import io.cosmichub.kernels.guard.Fault;
import io.cosmichub.kernels.guard.FaultyKernel;
import io.cosmichub.kernels.guard.GuardSettings;
import io.cosmichub.kernels.guard.GuardedKernels;
import io.cosmichub.pair.PairWork;
import io.cosmichub.streaming.record.RecordTypes;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.function.Supplier;
import org.apache.flink.api.common.serialization.SerializerConfigImpl;
import org.apache.flink.streaming.util.OneInputStreamOperatorTestHarness;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The step of aspects on a device that fails: nothing is lost, nothing comes twice, in order. */
@Timeout(60)
final class FaultyKernelTest {

  private static final int PAIRS = 2_000;
  private static final int CAPACITY = 20;
  private static final ReferenceKernel TRUTH = new ReferenceKernel(AspectPolicy.classic());

  private final RecordedMetrics metrics = new RecordedMetrics();
  private final CountDownLatch never = new CountDownLatch(1);

  @ParameterizedTest
  @EnumSource(
      value = Fault.class,
      names = {"OUT_OF_MEMORY", "ILLEGAL_ADDRESS", "LAUNCH_TIMEOUT", "ECC", "MISSING_LIBRARY"})
  void aDeviceThatAlwaysFails(Fault fault) throws Exception {
    run(() -> fault, true, 8, 0);
    assertThat(computedByOthers()).isEqualTo(PAIRS);
    assertThat(metrics.value("kernel.faulty.breaker_openings")).isPositive();
  }

  @Test
  void aDeviceThatHangs() throws Exception {
    FaultyKernel device = run(() -> Fault.HANG, true, 8, 0);
    assertThat(device.calls()).isEqualTo(1);
    assertThat(computedByOthers()).isEqualTo(PAIRS);
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 4, 5})
  void aDeviceThatFailsInAnyWayNowAndThen(int seed) throws Exception {
    Random random = new Random(seed);
    Fault[] faults = {
      Fault.NONE, Fault.NONE, Fault.NONE, Fault.OUT_OF_MEMORY, Fault.LAUNCH_TIMEOUT, Fault.ECC
    };
    FaultyKernel device = run(() -> faults[random.nextInt(faults.length)], true, 4, 0);
    assertThat(device.calls()).isGreaterThan(1);
    assertThat(metrics.value("kernel.faulty.batch_size")).isPositive();
  }

  @Test
  void aDeviceThatFlipsABitIsCaughtAndSwitchedOff() throws Exception {
    FaultyKernel device = run(() -> Fault.BIT_FLIP, true, 8, 1);
    assertThat(metrics.value("kernel.faulty.shadow_mismatches")).isEqualTo(device.flips());
    assertThat(metrics.value("kernel.faulty.off")).isEqualTo(1);
    assertThat(device.calls()).isEqualTo(1);
  }

  @Test
  void aKernelThatAnswersAtOnceAndFlipsABit() throws Exception {
    FaultyKernel kernel = run(() -> Fault.BIT_FLIP, false, 1, 1);
    assertThat(metrics.value("kernel.faulty.shadow_mismatches")).isEqualTo(1);
    assertThat(metrics.value("kernel.faulty.fallbacks")).isEqualTo(PAIRS);
    assertThat(kernel.calls()).isEqualTo(1);
  }

  @Test
  void aBatchLargerThanWhatMayWait() throws Exception {
    FaultyKernel device = run(() -> Fault.NONE, true, 1_000, 0.5);
    assertThat(device.calls()).isGreaterThanOrEqualTo(PAIRS / CAPACITY);
    assertThat(metrics.value("kernel.faulty.fallbacks")).isZero();
    assertThat(metrics.value("kernel.faulty.shadow_checks")).isPositive();
    assertThat(metrics.value("kernel.faulty.chosen")).isEqualTo(1);
  }

  /** As after a restart of a task in the process whose device failed for good. */
  @Test
  void aTaskThatStartsWhereTheDeviceIsLostGoesOnWithoutIt() throws Exception {
    FaultyKernel device =
        run(() -> Fault.NONE, true, 8, 0, Probe.lost("the device was given up after: error 700"));
    assertThat(device.calls()).isZero();
    assertThat(metrics.value("kernel.faulty.fallbacks")).isEqualTo(PAIRS);
    assertThat(metrics.value("kernel.faulty.off")).isEqualTo(1);
    assertThat(metrics.value("kernel.faulty.breaker_state")).isEqualTo(3);
    assertThat(metrics.value("kernel.vector.breaker_state")).isZero();
  }

  private long computedByOthers() {
    return metrics.value("kernel.faulty.fallbacks") + metrics.value("kernel.faulty.overflows");
  }

  private FaultyKernel run(Supplier<Fault> faults, boolean inBatches, int batch, double share)
      throws Exception {
    return run(faults, inBatches, batch, share, Probe.usable("for a test"));
  }

  /** Sends pairs through the step and checks what comes out. */
  private FaultyKernel run(
      Supplier<Fault> faults, boolean inBatches, int batch, double share, Probe probe)
      throws Exception {
    FaultyKernel device = new FaultyKernel(faults, this::hang);
    GuardSettings settings =
        new GuardSettings(
            KernelSettings.DEFAULT,
            new BatchSettings(batch, Duration.ofMillis(1), 2),
            share > 0 ? Duration.ofSeconds(30) : Duration.ofMillis(50),
            3,
            Duration.ofMillis(2),
            share);
    KernelSource source =
        (policy, subtask, events) ->
            new GuardedKernels(
                    new Kernels(List.of(new Faulty(device, inBatches, probe))),
                    settings,
                    subtask,
                    name -> new KernelMetrics(metrics, name))
                .open("faulty", policy);
    List<PairResult> expected = new ArrayList<>();
    try (var aspects = harness(new AspectsFunction(source, AspectPolicy::classic))) {
      KernelMetrics.chosen(metrics, "faulty");
      for (int pair = 0; pair < PAIRS; pair++) {
        PairWork work = compute("p" + pair, pair % 360);
        aspects.processElement(work, pair);
        expected.add(
            new PairResult(work, TRUTH.aspects(work.a(), work.b(), work.movedA(), work.movedB())));
      }
      aspects.endInput();
      assertThat(aspects.extractOutputValues()).containsExactlyElementsOf(expected);
    }
    return device;
  }

  private void hang() {
    try {
      never.await();
    } catch (InterruptedException closed) {
      throw new IllegalStateException(closed);
    }
  }

  private static OneInputStreamOperatorTestHarness<PairWork, PairResult> harness(
      AspectsFunction function) throws Exception {
    var harness =
        new OneInputStreamOperatorTestHarness<>(
            new AspectsOperatorFactory(function, Duration.ofSeconds(60), CAPACITY),
            RecordTypes.PAIR_WORK.createSerializer(new SerializerConfigImpl()));
    harness.setup(PairResult.TYPE.createSerializer(new SerializerConfigImpl()));
    harness.open();
    return harness;
  }

  private static PairWork compute(String pairId, int degree) {
    return new PairWork(
        pairId,
        PairWork.Kind.COMPUTE,
        true,
        "a",
        "b",
        1,
        degree,
        at(degree, 120),
        at((degree + 90) % 360, 2 * degree % 360),
        0x3FF,
        0x3FF,
        5,
        6);
  }

  /** Opens one kernel. */
  private record Faulty(FaultyKernel kernel, boolean prefersBatches, Probe probe)
      implements AspectKernelProvider {

    @Override
    public String name() {
      return kernel.name();
    }

    @Override
    public BatchKernel open(AspectPolicy policy, KernelSettings settings) {
      return kernel;
    }
  }
}
