package io.cosmichub.bench;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;

/** Sends moves of popular charts at a rate, beside whatever else happens, until it is closed. */
final class Driver implements AutoCloseable {

  private static final Duration SLICE = Duration.ofSeconds(1);

  private final AtomicBoolean closed = new AtomicBoolean();
  private final CompletableFuture<Void> driving;

  Driver(Workload workload, Latency latency, int rate) {
    driving = CompletableFuture.runAsync(() -> drive(workload, latency, rate));
  }

  private void drive(Workload workload, Latency latency, int rate) {
    while (!closed.get()) {
      try {
        latency.drive(workload, rate, SLICE);
      } catch (InterruptedException interrupted) {
        Thread.currentThread().interrupt();
        return;
      }
    }
  }

  @Override
  public void close() {
    closed.set(true);
    driving.join();
  }
}
