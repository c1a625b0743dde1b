package io.cosmichub.kernels.batch;

import java.util.concurrent.Future;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/** The system's time, waited for on one daemon thread. */
public final class ThreadTimer implements Timer {

  private final ScheduledThreadPoolExecutor thread;

  /** Starts its thread at the first task, under {@code name}. */
  public ThreadTimer(String name) {
    thread =
        new ScheduledThreadPoolExecutor(
            1,
            work -> {
              Thread started = new Thread(work, name);
              started.setDaemon(true);
              return started;
            },
            new ThreadPoolExecutor.DiscardPolicy());
    thread.setRemoveOnCancelPolicy(true);
  }

  @Override
  public long nanos() {
    return System.nanoTime();
  }

  @Override
  public Wake after(long nanos, Runnable task) {
    Future<?> waiting = thread.schedule(task, nanos, TimeUnit.NANOSECONDS);
    return () -> waiting.cancel(false);
  }

  @Override
  public void close() {
    thread.shutdownNow();
  }
}
