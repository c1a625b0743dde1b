package io.cosmichub.kernels.cuda;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import io.cosmichub.aspect.AspectPolicy;
import io.cosmichub.chart.Longitudes;
import io.cosmichub.kernels.AspectKernelProvider.Probe;
import io.cosmichub.kernels.BatchKernel;
import io.cosmichub.kernels.ChartBlock;
import io.cosmichub.kernels.KernelSettings;
import io.cosmichub.kernels.PackedSets;
import io.cosmichub.kernels.Progress;
import java.util.List;
import java.util.Properties;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;

/** What callers see when the device fails: an exception, at once and from then on. */
@ExtendWith(NeedsCompiler.class)
@Timeout(60)
final class FaultTest {

  private final AspectPolicy policy = AspectPolicy.classic();
  private final ChartBlock charts =
      ChartBlock.of(List.of(Longitudes.NONE, Longitudes.NONE.with(0, 5), Longitudes.NONE));
  private final HostSessions sessions = new HostSessions();
  private final Properties process = new Properties();

  @Test
  void afterAFaultEveryOperationFailsAndSaysSo() {
    try (BatchKernel kernel = sessions.open(policy, KernelSettings.DEFAULT)) {
      kernel.scores(charts, charts, 0, 3, new long[3]);
      sessions.last().kill();

      assertThatExceptionOfType(DeviceException.class)
          .isThrownBy(() -> kernel.sets(charts, charts, 0, 3, new PackedSets(policy)))
          .withMessageContaining("(700)")
          .matches(DeviceException::poisons);
      assertThatExceptionOfType(DeviceException.class)
          .isThrownBy(() -> kernel.scores(charts, charts, 0, 3, new long[3]))
          .withMessageContaining("given up");
      assertThatExceptionOfType(DeviceException.class)
          .isThrownBy(() -> kernel.rank(charts, 1, Progress.NONE));
      assertThat(kernel.touched(Longitudes.NONE, Longitudes.NONE, 1, 1)).isCompletedExceptionally();
    }
  }

  @Test
  void aCallerThatFailsAmidTheWorkLosesNoMemory() {
    ChartBlock many = new ChartBlock(1_000);
    for (int chart = 0; chart < 1_000; chart++) {
      many.add(Longitudes.NONE.with(0, chart));
    }
    try (BatchKernel kernel = sessions.open(policy, new KernelSettings(1, 1 << 20))) {
      assertThatIllegalStateException()
          .isThrownBy(
              () ->
                  kernel.rank(
                      many,
                      60,
                      (done, of) -> {
                        throw new IllegalStateException("enough");
                      }))
          .withMessage("enough");
      assertThat(kernel.rank(many, 1, Progress.NONE).pairs()).isEqualTo(1_000L * 999 / 2);
    }
    sessions.assertNothingLeft();
  }

  @Test
  void aClosedKernelComputesNothing() {
    BatchKernel kernel = sessions.open(policy, KernelSettings.DEFAULT);
    kernel.close();
    assertThatIllegalStateException()
        .isThrownBy(() -> kernel.scores(charts, charts, 0, 3, new long[3]));
    assertThatIllegalStateException().isThrownBy(() -> kernel.rank(charts, 1, Progress.NONE));
  }

  @Test
  void kernelsShareADeviceUntilTheLastIsClosed() {
    SharedDevice shared = new SharedDevice(() -> sessions.start(false), process);
    BatchKernel first = shared.open(policy, KernelSettings.DEFAULT);
    HostDevice device = sessions.last();
    BatchKernel second = shared.open(policy, KernelSettings.DEFAULT);
    assertThat(sessions.last()).isSameAs(device);
    first.close();
    second.scores(charts, charts, 0, 3, new long[3]);
    second.close();
    assertThat(device.ended().join()).isZero();

    try (BatchKernel third = shared.open(policy, KernelSettings.DEFAULT)) {
      assertThat(sessions.last()).isNotSameAs(device);
      third.scores(charts, charts, 0, 3, new long[3]);
    }
    sessions.assertNothingLeft();
  }

  @Test
  void aRetiredDeviceOpensNoKernelAnyMore() {
    SharedDevice shared = new SharedDevice(() -> sessions.start(false), process);
    try (BatchKernel kernel = shared.open(policy, KernelSettings.DEFAULT)) {
      sessions.last().kill();
      assertThatExceptionOfType(DeviceException.class)
          .isThrownBy(() -> kernel.scores(charts, charts, 0, 3, new long[3]));
    }
    assertThat(shared.retired()).isNotNull();
    assertThatExceptionOfType(DeviceException.class)
        .isThrownBy(() -> shared.open(policy, KernelSettings.DEFAULT))
        .withMessageContaining("open refused");
    Probe probe = shared.probe(FaultTest::found);
    assertThat(probe.lost()).isTrue();
    assertThat(probe.usable()).isFalse();
    assertThat(probe.reason()).contains("given up after").contains("(700)");
  }

  @Test
  void aDeviceThatIsLostIsLostToClassesThatAreLoadedAnewInThatProcess() {
    SharedDevice before = new SharedDevice(() -> sessions.start(false), process);
    BatchKernel other = before.open(policy, KernelSettings.DEFAULT);
    try (BatchKernel kernel = before.open(policy, KernelSettings.DEFAULT)) {
      sessions.last().kill();
      assertThatExceptionOfType(DeviceException.class)
          .isThrownBy(() -> kernel.scores(charts, charts, 0, 3, new long[3]));
    }
    AtomicInteger openings = new AtomicInteger();
    SharedDevice anew =
        new SharedDevice(
            () -> {
              openings.incrementAndGet();
              return sessions.start(false);
            },
            process);
    assertThat(anew.probe(FaultTest::found)).isEqualTo(before.probe(FaultTest::found));
    assertThat(anew.probe(FaultTest::found).lost()).isTrue();
    assertThatExceptionOfType(DeviceException.class)
        .isThrownBy(() -> anew.open(policy, KernelSettings.DEFAULT))
        .withMessageContaining("(700)");
    assertThat(openings).hasValue(0);
    other.close();
  }

  @Test
  void aDeviceThatWasWrongIsGivenUpForEveryKernelOfTheProcess() {
    SharedDevice shared = new SharedDevice(() -> sessions.start(false), process);
    try (BatchKernel wrong = shared.open(policy, KernelSettings.DEFAULT);
        BatchKernel other = shared.open(policy, KernelSettings.DEFAULT)) {
      assertThat(shared.probe(FaultTest::found)).isEqualTo(found());
      other.scores(charts, charts, 0, 3, new long[3]);

      wrong.distrust("a check found 1 of 7 pairs wrong");

      for (BatchKernel kernel : List.of(wrong, other)) {
        assertThatExceptionOfType(DeviceException.class)
            .isThrownBy(() -> kernel.scores(charts, charts, 0, 3, new long[3]))
            .withMessageContaining("given up after: a check found 1 of 7 pairs wrong");
      }
    } finally {
      sessions.last().kill();
    }
    assertThat(shared.probe(FaultTest::found))
        .isEqualTo(Probe.lost("the device was given up after: a check found 1 of 7 pairs wrong"));
  }

  private static Probe found() {
    return Probe.usable("for a test");
  }

  @Test
  void aDeviceThatIsLostWhileItOpensIsNotOpenedAgain() {
    AtomicInteger openings = new AtomicInteger();
    SharedDevice shared =
        new SharedDevice(
            () -> {
              openings.incrementAndGet();
              throw DeviceException.failed("cuCtxCreate", 999, "CUDA_ERROR_UNKNOWN");
            },
            process);
    for (int attempt = 0; attempt < 3; attempt++) {
      assertThatExceptionOfType(DeviceException.class)
          .isThrownBy(() -> shared.open(policy, KernelSettings.DEFAULT))
          .withMessageContaining("CUDA_ERROR_UNKNOWN");
    }
    assertThat(openings).hasValue(1);
    assertThat(shared.retired()).isNotNull();
    Probe probe = shared.probe(FaultTest::found);
    assertThat(probe.usable()).isFalse();
    assertThat(probe.lost()).as("this process never had it").isFalse();
    assertThat(process).isEmpty();
    assertThat(probe.reason()).contains("CUDA_ERROR_UNKNOWN");
  }

  @Test
  void aDeviceThatHadNoRoomIsTriedAgain() {
    AtomicInteger openings = new AtomicInteger();
    SharedDevice shared =
        new SharedDevice(
            () -> {
              if (openings.incrementAndGet() == 1) {
                throw DeviceException.failed("cuCtxCreate", 2, "CUDA_ERROR_OUT_OF_MEMORY");
              }
              return sessions.start(false);
            },
            process);
    assertThatExceptionOfType(DeviceException.class)
        .isThrownBy(() -> shared.open(policy, KernelSettings.DEFAULT));
    try (BatchKernel kernel = shared.open(policy, KernelSettings.DEFAULT)) {
      kernel.scores(charts, charts, 0, 3, new long[3]);
    }
    sessions.assertNothingLeft();
  }
}
