package io.cosmichub.bench;

import io.cosmichub.contracts.OutputRecord;
import java.io.PrintStream;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;

/**
 * The parts of a {@link HubBenchmark}, one after the other: each has ended when nothing of it is
 * left to come.
 *
 * @param rate updates of other charts a second
 */
record HubRun(
    Session session,
    Session.Job job,
    Workload workload,
    Hub hub,
    Latency latency,
    int rate,
    PrintStream out) {

  private static final Duration SLICE = Duration.ofSeconds(1);

  /** A checkpoint may take five minutes before it counts as failed. */
  private static final Duration PATIENCE = Duration.ofMinutes(10);

  private static final long BETWEEN_LOOKS = 100;

  /** Drives other charts, and nothing is measured. */
  void warmUp(Duration length) throws Exception {
    out.printf("warming up for %d s%n", length.toSeconds());
    latency.drive(workload, rate, length);
    settle();
  }

  /** Drives other charts alone. */
  HubFigures.Part alone(String name, Duration length) throws Exception {
    out.printf("%s: %d s%n", name, length.toSeconds());
    return part(
        name,
        0,
        () -> {
          latency.drive(workload, rate, length);
          return length.toSeconds();
        });
  }

  /** Sends what concerns all pairs of the hub, and drives the others until all have been told. */
  HubFigures.Part all(String name, Hub.Told told, Consumer<Consumer<OutputRecord>> records)
      throws Exception {
    out.printf("%s: %,d pairs%n", name, hub.members());
    hub.await(told);
    return part(name, hub.members(), () -> tell(name, records));
  }

  private double tell(String name, Consumer<Consumer<OutputRecord>> records) throws Exception {
    Progress progress = new Progress(name, hub.members(), out);
    CompletableFuture<Void> sent = CompletableFuture.runAsync(() -> send(records));
    while (hub.toldOf() < hub.members()) {
      latency.drive(workload, rate, SLICE);
      job.check();
      progress.of(hub.toldOf());
    }
    sent.join();
    return progress.secondsTo(hub.lastNanos());
  }

  private void send(Consumer<Consumer<OutputRecord>> records) {
    try (Sender sender = session.sender("-hub")) {
      records.accept(sender::send);
    }
  }

  private HubFigures.Part part(String name, int pairs, Measured measured) throws Exception {
    var micros = latency.lateness().begin();
    Instant from = Instant.now();
    double seconds = measured.seconds();
    Instant until = Instant.now();
    settle();
    HubFigures.Part part =
        new HubFigures.Part(name, pairs, seconds, job.checkpoints().begun(from, until), micros);
    out.println("  " + part.words());
    return part;
  }

  /** Waits for all updates of other charts, and for the end of a checkpoint that is under way. */
  private void settle() throws Exception {
    job.await(
        PATIENCE, BETWEEN_LOOKS, () -> latency.lateness().longestWait(System.nanoTime()) == 0);
    Instant now = Instant.now();
    job.await(
        PATIENCE,
        BETWEEN_LOOKS,
        () -> job.checkpoints().begun(Instant.EPOCH, now).count(Checkpoints.End.NONE) == 0);
  }

  /** What is measured, and how long it took. */
  private interface Measured {
    double seconds() throws Exception;
  }
}
