package io.cosmichub.bench;

import io.cosmichub.contracts.OutputRecord;
import io.cosmichub.streaming.aspect.PairAspectsFunction;
import io.cosmichub.streaming.ingest.UpdateAge;
import java.io.PrintStream;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.IntSupplier;
import org.HdrHistogram.Histogram;

/** What is measured of one pipeline that runs as a job, on a workload of its own. */
final class PipelineRun {

  private static final String RECOMPUTED = "_cosmichub_" + PairAspectsFunction.PAIRS_RECOMPUTED;
  private static final String LIVE_DATA = "rocksdb_estimate_live_data_size";
  private static final double MILLI = 1_000;

  /**
   * Updates. Were all sent at once, one partition would be read after the other, and event time
   * would stand still until the last.
   */
  private static final int ON_THEIR_WAY = 4_000;

  private static final int SENT_AT_ONCE = 500;

  /** Milliseconds that a task may stand still for a checkpoint without a line of its own. */
  private static final long STANDSTILL = 5;

  private final String name;
  private final Workload workload;
  private final Session session;
  private final Session.Job job;
  private final PrintStream out;

  PipelineRun(String name, Workload workload, Session session, Session.Job job, PrintStream out) {
    this.name = name;
    this.workload = workload;
    this.session = session;
    this.job = job;
    this.out = out;
  }

  /** Sends what the workload begins with, and waits until every pair is computed. */
  void seed() throws Exception {
    workload.watches(session::send);
    workload.stillCharts(session::send);
    workload.movingCharts(session::send);
    session.flush();
    job.awaitMetric(RECOMPUTED, workload.pairs());
  }

  /** How fast so many updates are done, and with what. */
  Phase phase(String access, int count, IntSupplier chart) throws Exception {
    List<OutputRecord> moves = new ArrayList<>(count);
    for (int i = 0; i < count; i++) {
      moves.add(workload.move(chart.getAsInt()));
    }
    long recomputed = (long) count * Workload.FAN_OUT;
    long before = job.metric(RECOMPUTED);
    HotState hot = HotState.of(job);
    PublishedSums published = PublishedSums.of(job);
    Threads start = Threads.now();
    long began = System.nanoTime();
    for (int next = 0; next < count; next += SENT_AT_ONCE) {
      job.awaitMetric(RECOMPUTED, before + (long) (next - ON_THEIR_WAY) * Workload.FAN_OUT);
      moves.subList(next, Math.min(count, next + SENT_AT_ONCE)).forEach(session::send);
    }
    job.awaitMetric(RECOMPUTED, before + recomputed);
    double seconds = (System.nanoTime() - began) / 1e9;
    Threads used = Threads.now().since(start);
    Phase phase =
        new Phase(
            name,
            access,
            recomputed / seconds,
            used.total().nanos() / (double) recomputed,
            used.total().bytes() / (double) recomputed,
            HotState.of(job).hitRateSince(hot),
            PublishedSums.of(job).since(published),
            used);
    out.printf(
        "%s %s: %,.0f pairs/s, %,.0f ns and %,.0f bytes allocated a pair%n",
        name, access, phase.pairsPerSecond(), phase.nanosPerPair(), phase.bytesPerPair());
    out.println("  " + phase.published().words());
    return phase;
  }

  /** What the state backend holds of a pair once all of it lies in files. */
  void size(Map<String, Double> figures) throws Exception {
    double pairs = workload.pairs();
    job.checkpoint();
    figures.put(
        "bytes a pair in RocksDB, pair steps",
        job.metric(LIVE_DATA, "Pair_charts", "Pair_aspects") / pairs);
    figures.put("bytes a pair in RocksDB, all steps", job.metric(LIVE_DATA) / pairs);
  }

  /** How late results are at so many updates a second, and what checkpoints take meanwhile. */
  void latency(int rate, Duration length, Map<String, Double> figures) throws Exception {
    try (Latency latency = new Latency(session)) {
      latency.drive(workload, rate, length.dividedBy(2));
      latency.forget();
      Instant start = Instant.now();
      latency.drive(workload, rate, length);
      Histogram micros = latency.micros();
      figures.put("update to live at the rate, p50 ms", micros.getValueAtPercentile(50) / MILLI);
      figures.put("update to live at the rate, p99 ms", micros.getValueAtPercentile(99) / MILLI);
      figures.put("update to live at the rate, records", (double) micros.getTotalCount());
      figures.put("longest checkpoint, ms", (double) job.longestCheckpoint(start).toMillis());
      job.standstills(start, STANDSTILL)
          .forEach(
              (task, millis) ->
                  figures.put("stood still for a checkpoint, ms: " + task, (double) millis));
      age(UpdateAge.NAME, figures);
      age(PairAspectsFunction.UPDATE_TO_LIVE, figures);
    }
  }

  /** Where a millisecond goes: how old the latest updates were when they came to a step. */
  private void age(String metric, Map<String, Double> figures) {
    for (double quantile : new double[] {0.5, 0.99}) {
      session
          .quantiles(metric, quantile)
          .forEach(
              (step, millis) -> figures.put(metric + " at " + step + ", q " + quantile, millis));
    }
  }

  void end() throws Exception {
    job.cancel();
  }
}
