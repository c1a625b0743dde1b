package io.cosmichub.kernels.guard;

import java.time.Duration;
import java.util.concurrent.Executor;

/** The one thread that calls a device, one task after the other. */
public interface DeviceThread extends Executor {

  /**
   * Lets {@code last} be the last task, waits for it no longer than {@code patience}, and
   * interrupts what then still runs. A task handed in later is not run.
   */
  void end(Runnable last, Duration patience);
}
