package io.cosmichub.kernels.cuda;

import static org.assertj.core.api.Assertions.assertThat;

import io.cosmichub.aspect.AspectPolicy;
import io.cosmichub.kernels.BatchKernel;
import io.cosmichub.kernels.KernelSettings;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;

/** Opens kernels on devices of the host, and says after a test whether all memory came back. */
final class HostSessions {

  private static final int BLOCKS_TO_FILL = 200;

  private final List<HostDevice> devices = new CopyOnWriteArrayList<>();
  private final List<Integer> leaks = new CopyOnWriteArrayList<>();

  BatchKernel open(AspectPolicy policy, KernelSettings settings) {
    return open(policy, settings, false);
  }

  BatchKernel open(AspectPolicy policy, KernelSettings settings, boolean backwards) {
    DeviceSession session =
        new DeviceSession(
            () -> start(backwards), settings.timeout(), settings.memory(), HostSessions::exact);
    return new DeviceKernel(policy, settings, session, () -> close(session));
  }

  HostDevice start(boolean backwards) {
    HostDevice device = HostDevice.start(HostBuild.program(), backwards, BLOCKS_TO_FILL);
    devices.add(device);
    return device;
  }

  /** The device that was started last. */
  HostDevice last() {
    return devices.get(devices.size() - 1);
  }

  /** Every lease was returned, and every process ended well with no memory left. */
  void assertNothingLeft() {
    assertThat(leaks).allMatch(leak -> leak == 0);
    for (HostDevice device : devices) {
      int status = device.ended().orTimeout(1, TimeUnit.MINUTES).join();
      assertThat(status).as(device.errors()).isZero();
    }
  }

  /** No byte more, so that a sanitizer sees the first one beyond. */
  private static long exact(long bytes) {
    return Math.max(1, bytes);
  }

  private void close(DeviceSession session) {
    leaks.add(session.host().leased() + session.memory().leased());
    session.close();
  }
}
