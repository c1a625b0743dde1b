package io.cosmichub.quickstart;

import com.sun.management.OperatingSystemMXBean;
import io.cosmichub.contracts.Topics;
import java.lang.management.ManagementFactory;
import java.net.URI;
import java.net.http.HttpClient;
import java.time.Duration;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import org.HdrHistogram.Histogram;
import org.jspecify.annotations.Nullable;

/** What is seen of the running job from second to second. */
final class Watch {

  private static final long TICK_MILLIS = 2_000;
  private static final long SHORT_TICK_MILLIS = 500;
  private static final long PATIENCE_SECONDS = 30;
  private static final double MICROS_PER_MILLI = 1_000;

  private final LocalFlink.Job job;
  private final LiveWatch live;
  private final FirstDeltas firstDeltas;
  private final ConsumerLag lag;
  private final Surroundings around;
  private final HttpClient http = HttpClient.newHttpClient();
  private final URI page;
  private Figures figures = Figures.NONE;
  private @Nullable Double firstDeltaSeconds;
  private boolean failed;

  Watch(
      LocalFlink.Job job,
      LiveWatch live,
      FirstDeltas firstDeltas,
      ConsumerLag lag,
      Surroundings around) {
    this.job = job;
    this.live = live;
    this.firstDeltas = firstDeltas;
    this.lag = lag;
    this.around = around;
    page = URI.create("http://" + LocalBroker.HOST + ":" + around.figures() + "/metrics");
  }

  /**
   * What is around the job: the demo's other parts, the console, the wish to stop, and the port of
   * the page of figures.
   */
  record Surroundings(Parts parts, Console console, StopSignals signals, int figures) {}

  LocalFlink.Job job() {
    return job;
  }

  boolean failed() {
    return failed;
  }

  /** Waits until this many pairs were computed and the first delta is committed. */
  void untilComputed(long pairs) throws Exception {
    while (goesOn() && (figures.pairsRecomputed() < pairs || (pairs > 0 && !firstDeltas.any()))) {
      around
          .console()
          .status(
              String.format(
                  Locale.ROOT, "Computing: %,d of %,d pairs", figures.pairsRecomputed(), pairs));
      around.signals().await(SHORT_TICK_MILLIS, TimeUnit.MILLISECONDS);
      look();
    }
    if (pairs > 0 && goesOn()) {
      around
          .console()
          .line(
              String.format(
                  Locale.ROOT, "All %,d pairs are computed after %s.", pairs, Uptime.words()));
    }
  }

  /** Watches until someone wishes to stop, the time is up, or something failed. */
  Course untilStop(
      @Nullable Duration duration, @Nullable SkyPump pump, SkyReplay replay, SkyProgress progress)
      throws Exception {
    Course course = new Course();
    live.measure();
    live.latencies();
    look();
    course.add(System.nanoTime(), cpuNanos(), figures, lag.records(), new Histogram(3));
    boolean yearIsOver = false;
    long end = duration == null ? Long.MAX_VALUE : System.nanoTime() + duration.toNanos();
    long before = System.nanoTime();
    while (goesOn() && end - System.nanoTime() > 0) {
      long left = TimeUnit.NANOSECONDS.toMillis(end - System.nanoTime());
      around.signals().await(Math.min(TICK_MILLIS, Math.max(1, left)), TimeUnit.MILLISECONDS);
      Figures old = figures;
      look();
      long now = System.nanoTime();
      Histogram latencies = live.latencies();
      long behind = lag.records();
      course.add(now, cpuNanos(), figures, behind, latencies);
      around
          .console()
          .status(
              status(
                  pump == null ? null : replay.hour(progress.sent()),
                  old,
                  now - before,
                  latencies,
                  behind));
      before = now;
      if (pump != null && !yearIsOver && pump.yearIsOver()) {
        yearIsOver = true;
        around.console().line("The year is over: the sky stands still now, the pipeline goes on.");
      }
    }
    return course;
  }

  /** Waits until everything sent is settled and published. */
  void untilQuiet(Course course, SkyProgress progress) throws Exception {
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS);
    Figures old;
    long seen;
    do {
      old = figures;
      seen = live.records();
      Thread.sleep(SHORT_TICK_MILLIS);
      look();
      course.latencies().add(live.latencies());
    } while (!failed
        && System.nanoTime() < end
        && (!figures.equals(old)
            || live.records() != seen
            || figures.accountingDifference() != 0
            || progress.inFlight() > 0
            || lag.records() > 0));
  }

  Summary summary(Course course, Summary.@Nullable Sky sky) {
    Histogram measured = course.latencies();
    Summary.Latencies latencies =
        measured.getTotalCount() == 0
            ? new Summary.Latencies(figures.updateToLiveP50(), figures.updateToLiveP99(), 0)
            : new Summary.Latencies(
                measured.getValueAtPercentile(50) / MICROS_PER_MILLI,
                measured.getValueAtPercentile(99) / MICROS_PER_MILLI,
                measured.getTotalCount());
    return new Summary(
        course.seconds(),
        sky,
        figures,
        course.recomputesPerSecond(),
        course.slowestTenSeconds(),
        course.bestMinute(),
        course.cores(),
        Runtime.getRuntime().availableProcessors(),
        latencies,
        firstDeltaSeconds,
        course.lag(),
        course.lagGrowing());
  }

  private boolean goesOn() {
    return !failed && !around.signals().stop();
  }

  /** One look at everything; a fault of the job is said once. */
  private void look() throws Exception {
    Throwable fault = job.failure();
    if (fault != null) {
      failed = true;
      around.console().line("The job failed: " + fault);
      return;
    }
    around.parts().check();
    figures = Figures.of(MetricsPage.read(http, page));
    if (firstDeltaSeconds == null && firstDeltas.any()) {
      firstDeltaSeconds = Uptime.seconds();
      around
          .console()
          .line(
              "The first delta is on "
                  + Topics.SYNASTRY_DELTAS
                  + " after "
                  + Uptime.words()
                  + ". Some of them:");
    }
    firstDeltas.words().forEach(words -> around.console().line("  " + words));
  }

  private String status(
      @Nullable String sky, Figures old, long nanos, Histogram latencies, long behind) {
    double seconds = nanos / 1e9;
    boolean measured = latencies.getTotalCount() > 0;
    return String.format(
        Locale.ROOT,
        "%s%,d in  %,.0f pairs/s  %,.0f deltas/s  %,d dead  live p50 %s p99 %s ms  lag %,d",
        sky == null ? "" : "sky " + sky + "  ",
        figures.recordsRead(),
        (figures.pairsRecomputed() - old.pairsRecomputed()) / seconds,
        (figures.deltasOut() - old.deltasOut()) / seconds,
        figures.deadLetters(),
        measured ? millis(latencies, 50) : "-",
        measured ? millis(latencies, 99) : "-",
        behind);
  }

  private static String millis(Histogram micros, double percentile) {
    return String.format(
        Locale.ROOT, "%,.0f", micros.getValueAtPercentile(percentile) / MICROS_PER_MILLI);
  }

  /** The processor time of the process, or 0 where the JVM does not know. */
  private static long cpuNanos() {
    return ManagementFactory.getOperatingSystemMXBean() instanceof OperatingSystemMXBean system
        ? system.getProcessCpuTime()
        : 0;
  }
}
