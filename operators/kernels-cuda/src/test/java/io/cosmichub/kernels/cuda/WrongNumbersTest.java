package io.cosmichub.kernels.cuda;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.cosmichub.aspect.AspectPolicy;
import io.cosmichub.chart.Longitudes;
import io.cosmichub.kernels.BatchKernel;
import io.cosmichub.kernels.ChartBlock;
import io.cosmichub.kernels.KernelSettings;
import io.cosmichub.kernels.Progress;
import io.cosmichub.kernels.Ranking;
import io.cosmichub.kernels.ReferenceKernel;
import io.cosmichub.kernels.guard.GuardSettings;
import io.cosmichub.kernels.guard.GuardedBatches;
import io.cosmichub.kernels.guard.RecordedEvents;
import java.util.List;
import org.junit.jupiter.api.Test;

/** A device that names partners which are no charts. */
final class WrongNumbersTest {

  private final AspectPolicy policy = AspectPolicy.classic();
  private final ChartBlock charts =
      ChartBlock.of(List.of(Longitudes.NONE, Longitudes.NONE.with(0, 5), Longitudes.NONE));
  private final DeviceSession session =
      new DeviceSession(
          () -> new IdleDevice((byte) 0x7F),
          KernelSettings.DEFAULT.timeout(),
          KernelSettings.DEFAULT.memory(),
          BufferPool::powerOfTwo);

  @Test
  void aPartnerThatIsNoChartIsAFailureThatTheGuardMakesUpFor() {
    BatchKernel device = new DeviceKernel(policy, KernelSettings.DEFAULT, session, session::close);
    assertThatExceptionOfType(IndexOutOfBoundsException.class)
        .isThrownBy(() -> device.rank(charts, 1, Progress.NONE));
    assertThat(session.host().leased() + session.memory().leased()).isZero();

    BatchKernel reference = new ReferenceKernel(policy);
    Ranking wanted = reference.rank(charts, 1, Progress.NONE);
    try (BatchKernel guarded =
        new GuardedBatches(
            device,
            reference,
            GuardSettings.DEFAULT,
            1,
            new RecordedEvents(),
            null,
            System::nanoTime)) {
      Ranking ranking = guarded.rank(charts, 1, Progress.NONE);
      for (int chart = 0; chart < charts.size(); chart++) {
        assertThat(ranking.partner(chart, 0)).isEqualTo(wanted.partner(chart, 0));
      }
    }
  }
}
