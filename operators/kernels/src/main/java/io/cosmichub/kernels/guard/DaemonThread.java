package io.cosmichub.kernels.guard;

import java.time.Duration;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * A daemon thread, so that a device which never returns does not hold up the end of the process.
 */
final class DaemonThread implements DeviceThread {

  private final ThreadPoolExecutor tasks;
  private volatile @Nullable Thread thread;

  /** Starts at the first task, under {@code name}. */
  DaemonThread(String name) {
    tasks =
        new ThreadPoolExecutor(
            1,
            1,
            0,
            TimeUnit.SECONDS,
            new LinkedBlockingQueue<>(),
            work -> start(work, name),
            new ThreadPoolExecutor.DiscardPolicy());
  }

  private Thread start(Runnable work, String name) {
    Thread started = new Thread(work, name);
    started.setDaemon(true);
    thread = started;
    return started;
  }

  @Override
  public void execute(Runnable task) {
    tasks.execute(task);
  }

  @Override
  public void end(Runnable last, Duration patience) {
    tasks.execute(last);
    tasks.shutdown();
    try {
      if (!tasks.awaitTermination(patience.toNanos(), TimeUnit.NANOSECONDS)) {
        interrupt();
      }
    } catch (InterruptedException hurry) {
      interrupt();
      Thread.currentThread().interrupt();
    }
  }

  private void interrupt() {
    Thread hung = thread;
    if (hung != null) {
      hung.interrupt();
    }
  }
}
