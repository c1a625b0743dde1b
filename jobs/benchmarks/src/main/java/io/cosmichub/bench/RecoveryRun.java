package io.cosmichub.bench;

import io.cosmichub.streaming.aspect.PairAspectsFunction;
import io.cosmichub.streaming.ingest.Accounting;
import java.io.PrintStream;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.apache.flink.core.execution.CheckpointType;

/**
 * One job of a {@link RecoveryBenchmark}: it is filled, charts move, and its task manager is lost,
 * again and again.
 *
 * @param interval between checkpoints
 */
record RecoveryRun(
    Session session,
    Session.Job job,
    Workload workload,
    Latency latency,
    Duration interval,
    PrintStream out) {

  private static final String RECOMPUTED =
      "_" + Accounting.GROUP + "_" + PairAspectsFunction.PAIRS_RECOMPUTED;

  /** So many checkpoints pass until the hot state looks again which keys are hot. */
  private static final int UNTIL_LOOKED = 16;

  private static final int INCREMENTAL = 3;
  private static final Duration PATIENCE = Duration.ofMinutes(10);
  private static final long BETWEEN_LOOKS = 100;
  private static final double NANO = 1e9;
  private static final double MILLI = 1_000;

  /** Has every pair watched and computed; returns the seconds that it took. */
  double fill() throws Exception {
    long start = System.nanoTime();
    workload.watches(session::send);
    workload.stillCharts(session::send);
    workload.movingCharts(session::send);
    session.flush();
    job.awaitMetric(RECOMPUTED, workload.pairs());
    double seconds = (System.nanoTime() - start) / NANO;
    out.printf("  filled in %.1f s%n", seconds);
    return seconds;
  }

  /** While charts move: checkpoints, then the failures. */
  RecoveryFigures.Size measure(double fillSeconds, Duration warmUp, int failures) throws Exception {
    TimeUnit.MILLISECONDS.sleep(warmUp.toMillis());
    for (int i = 0; i < UNTIL_LOOKED; i++) {
      job.checkpoint();
    }
    long id = job.checkpoint(CheckpointType.FULL);
    Checkpoints.Checkpoint full = job.checkpoints().get(id);
    out.printf("  a full checkpoint: %,d bytes in %.1f s%n", full.whole(), full.millis() / MILLI);
    HotState before = HotState.of(job);
    Checkpoints incremental = nextCheckpoints(INCREMENTAL);
    double hitRate = HotState.of(job).hitRateSince(before);
    out.printf(
        "  incremental ones, medians: %,.0f bytes in %.1f s%n",
        incremental.median(Checkpoints.Checkpoint::written),
        incremental.median(Checkpoints.Checkpoint::millis) / MILLI);
    List<RecoveryFigures.Failure> seen = new ArrayList<>();
    for (int i = 1; i <= failures; i++) {
      Checkpoints unused = nextCheckpoints(i == 1 ? 1 : 2);
      TimeUnit.MILLISECONDS.sleep(interval.toMillis() / 2);
      RecoveryFigures.Failure failure = fail();
      out.printf("  failure %d: %s%n", i, failure.words());
      seen.add(failure);
    }
    return new RecoveryFigures.Size(
        workload.pairs(), fillSeconds, full, incremental, hitRate, seen);
  }

  /** Waits for so many checkpoints that begin from now on. */
  private Checkpoints nextCheckpoints(int count) throws Exception {
    Instant from = Instant.now();
    job.await(
        PATIENCE,
        BETWEEN_LOOKS,
        () -> job.checkpoints().begun(from, Instant.now()).count(Checkpoints.End.DONE) >= count);
    return job.checkpoints().begun(from, Instant.now());
  }

  private RecoveryFigures.Failure fail() throws Exception {
    Recovery recovery = new Recovery(job, latency.lateness());
    session.replaceTaskManager().get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
    recovery.stopped();
    job.await(PATIENCE, BETWEEN_LOOKS, recovery::isOver);
    return recovery.seen();
  }
}
