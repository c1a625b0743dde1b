package io.cosmichub.quickstart;

import com.sun.management.OperatingSystemMXBean;
import io.cosmichub.chart.ChartUpdate;
import io.cosmichub.contracts.ChartUpdateDecoder;
import io.cosmichub.contracts.InputEncoder;
import io.cosmichub.contracts.Topics;
import io.cosmichub.pair.PairWatch;
import io.cosmichub.pipeline.CreateTopics;
import io.cosmichub.pipeline.KafkaJob;
import io.cosmichub.pipeline.PipelineConfig;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.net.URI;
import java.net.http.HttpClient;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.HdrHistogram.Histogram;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.kafka.clients.admin.Admin;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One demo from its first port to its last line. */
final class DemoRun implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(DemoRun.class);
  private static final DateTimeFormatter HOUR =
      DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm", Locale.ROOT).withZone(ZoneOffset.UTC);
  private static final Duration A_DAY = Duration.ofDays(1);
  private static final long TICK_MILLIS = 1_000;
  private static final long LOADING_TICK_MILLIS = 250;
  private static final long PATIENCE_SECONDS = 30;
  private static final double MICROS_PER_MILLI = 1_000;

  // Configuration.
  private final DemoOptions options;
  private final Demo.Addresses addresses;
  private final DataDirectory data;
  private final Console console;
  private final StopSignals signals;
  private final Clock clock;
  private final Checkout checkout = Checkout.find();

  // Runtime.
  private final Deque<AutoCloseable> toClose = new ArrayDeque<>();
  private final List<Future<?>> workers = new ArrayList<>();
  private final ExecutorService threads =
      Executors.newCachedThreadPool(
          work -> {
            Thread thread = new Thread(work, "demo-worker");
            thread.setDaemon(true);
            return thread;
          });
  private final HttpClient http = HttpClient.newHttpClient();
  private final URI figuresPage;

  DemoRun(
      DemoOptions options,
      Demo.Addresses addresses,
      DataDirectory data,
      Console console,
      StopSignals signals,
      Clock clock) {
    this.options = options;
    this.addresses = addresses;
    this.data = data;
    this.console = console;
    this.signals = signals;
    this.clock = clock;
    this.figuresPage =
        URI.create("http://" + LocalBroker.HOST + ":" + addresses.figures() + "/metrics");
  }

  /** Runs until it is told to stop or its time is up; false if the job failed. */
  boolean execute() throws Exception {
    banner();
    SkyReplay replay = SampleData.sky();
    Configuration configuration =
        LocalFlink.configuration(
            checkout,
            data,
            addresses.flink().port(),
            addresses.metrics().port(),
            addresses.figures());
    console.status("Starting Kafka and Flink …");
    Future<LocalFlink> starting = threads.submit(() -> LocalFlink.start(configuration));
    LocalBroker broker = open(startBroker());
    LocalFlink flink = open(result(starting));
    console.line("Kafka and Flink are up after " + uptime() + ".");
    String bootstrap = broker.bootstrapServers();
    Admin admin = open(Admin.create(Map.of("bootstrap.servers", bootstrap)));
    CreateTopics.createMissing(admin);

    PipelineConfig config = pipelineConfig(bootstrap, replay);
    long sent =
        new LastRevision(new ChartUpdateDecoder(config.eventTime().maxAhead().toMillis(), clock))
            .of(SampleData.SKY, bootstrap);
    SkyProgress progress =
        new SkyProgress(Math.max(sent, 0), replay.chart(replay.hours() - 1).revision());
    FirstDeltas firstDeltas = start(new FirstDeltas(bootstrap));
    LiveWatch live = start(new LiveWatch(bootstrap, progress));
    LocalFlink.Job job = submit(flink, configuration, config);
    Watch watch =
        new Watch(job, live, firstDeltas, new ConsumerLag(admin, config.kafka().groupId()));

    SkyPump pump = null;
    if (!options.noSampleData) {
      InputEncoder encoder = new InputEncoder(options.format);
      SampleProducer producer = open(new SampleProducer(bootstrap));
      long pairs = sent == LastRevision.NONE ? load(replay, progress, encoder, producer) : 0;
      watch.untilComputed(pairs);
      pump = new SkyPump(replay, progress, encoder, producer, options.speed);
    }
    return !watch.failed() && course(watch, pump, replay, progress);
  }

  /** Ends the servers, the last one started first. */
  @Override
  public void close() {
    while (!toClose.isEmpty()) {
      AutoCloseable next = toClose.pop();
      try {
        next.close();
      } catch (Exception e) {
        LOG.warn("{} did not close", next.getClass().getSimpleName(), e);
      }
    }
    threads.shutdown();
  }

  // ---------------------------------------------------------------- what happens, in order

  private void banner() {
    console.line("CosmicHub Streams demo");
    console.line("  Kafka broker    " + LocalBroker.HOST + ":" + addresses.kafka().port());
    console.line("  Flink web page  " + address(addresses.flink(), ""));
    console.line("  Metrics         " + address(addresses.metrics(), "/metrics"));
    console.line(
        "  Data, log       " + data.root() + (data.temporary() ? " (removed at the end)" : ""));
    for (Ports.Choice choice : List.of(addresses.kafka(), addresses.flink(), addresses.metrics())) {
      if (choice.note() != null) {
        console.line("  Note: " + choice.note());
      }
    }
    console.line("");
  }

  private LocalBroker startBroker() throws IOException {
    return LocalBroker.start(
        data.broker(),
        addresses.kafka().port(),
        Map.of(
            // At full speed a disk would fill in minutes.
            "log.retention.bytes",
            Integer.toString(64 << 20),
            "log.segment.bytes",
            Integer.toString(16 << 20),
            "log.retention.check.interval.ms",
            "10000",
            "log.segment.delete.delay.ms",
            "1000"));
  }

  private PipelineConfig pipelineConfig(String bootstrap, SkyReplay replay) {
    // The sky runs to the end of 2026, whenever that is from here.
    Duration untilTheEnd =
        Duration.between(clock.instant(), replay.instant(replay.hours() - 1)).plus(A_DAY);
    Duration maxAhead = untilTheEnd.compareTo(A_DAY) > 0 ? untilTheEnd : A_DAY;
    List<String> settings = new ArrayList<>();
    settings.add("--cosmichub.kafka.bootstrap-servers=" + bootstrap);
    settings.add("--cosmichub.output.format=" + options.format.name().toLowerCase(Locale.ROOT));
    settings.add("--cosmichub.timestamp.max-ahead=" + maxAhead.toHours() + "h");
    if (Double.isInfinite(options.speed.hoursPerSecond())) {
      // Throughput is asked for, not latency: fewer, fuller buffers.
      settings.add("--cosmichub.buffer-timeout=5ms");
    }
    return PipelineConfig.load(
        settings.toArray(String[]::new), System.getenv(), checkout.jobSettings());
  }

  private LocalFlink.Job submit(
      LocalFlink flink, Configuration configuration, PipelineConfig config) throws Exception {
    Path snapshot = data.latestSnapshot().orElse(null);
    StreamExecutionEnvironment environment =
        StreamExecutionEnvironment.getExecutionEnvironment(configuration);
    KafkaJob.define(environment, config);
    LocalFlink.Job job = flink.submit(environment.getStreamGraph(), snapshot);
    while (!job.running() && job.failure() == null && !signals.stop()) {
      console.status("Starting the job …");
      signals.await(LOADING_TICK_MILLIS, TimeUnit.MILLISECONDS);
    }
    console.line(
        "The job runs after "
            + uptime()
            + (snapshot == null
                ? "."
                : ", from the state of " + data.root().relativize(snapshot) + "."));
    return job;
  }

  /** Sends the sample; the number of its pairs. */
  private long load(
      SkyReplay replay, SkyProgress progress, InputEncoder encoder, SampleProducer producer)
      throws Exception {
    List<ChartUpdate> people = SampleData.people();
    List<PairWatch> couples = SampleData.couples();
    List<PairWatch> transits = SampleData.transits(people);
    people.forEach(person -> producer.send(encoder.chart(person)));
    progress.sending(replay.first().revision(), System.nanoTime());
    producer.send(encoder.chart(replay.first()));
    couples.forEach(couple -> producer.send(encoder.watch(couple)));
    transits.forEach(transit -> producer.send(encoder.watch(transit)));
    producer.flush();
    console.line(
        String.format(
            Locale.ROOT,
            "Sent %,d charts of people, %,d couples, and the sky paired with each of the %,d.",
            people.size(),
            couples.size(),
            transits.size()));
    return (long) couples.size() + transits.size();
  }

  private boolean course(
      Watch watch, @Nullable SkyPump pump, SkyReplay replay, SkyProgress progress)
      throws Exception {
    long begin = progress.sent();
    if (pump != null) {
      console.line(
          String.format(
              Locale.ROOT,
              "The sky moves from %s UTC, %s; Ctrl-C ends it.",
              hour(replay, begin),
              options.speed));
      start(pump);
    } else {
      console.line(
          "The topics are yours: " + String.join(", ", Topics.inputs()) + ". Ctrl-C ends it.");
    }
    Course course = watch.untilStop(pump, replay, progress);
    if (pump != null) {
      pump.close();
    }
    if (!watch.failed()) {
      console.status("Finishing what is in flight …");
      watch.untilQuiet(course, progress);
      finish(watch.job);
    }
    Summary.Sky sky =
        pump == null
            ? null
            : new Summary.Sky(
                hour(replay, begin), hour(replay, progress.sent()), progress.sent() - begin);
    Summary summary = watch.summary(course, sky);
    console.line("");
    summary.lines().forEach(console::line);
    if (options.summaryJson != null) {
      summary.write(options.summaryJson);
    }
    return !watch.failed();
  }

  private void finish(LocalFlink.Job job) throws Exception {
    if (data.temporary()) {
      job.cancel();
    } else {
      console.status("Saving the state …");
      job.stopWithSavepoint(data.savepoints());
    }
  }

  // ---------------------------------------------------------------- watching

  /** What is seen of the running job from second to second. */
  private final class Watch {

    private final LocalFlink.Job job;
    private final LiveWatch live;
    private final FirstDeltas firstDeltas;
    private final ConsumerLag lag;
    private Figures figures = Figures.NONE;
    private @Nullable Double firstDeltaSeconds;
    private boolean failed;

    Watch(LocalFlink.Job job, LiveWatch live, FirstDeltas firstDeltas, ConsumerLag lag) {
      this.job = job;
      this.live = live;
      this.firstDeltas = firstDeltas;
      this.lag = lag;
    }

    boolean failed() {
      return failed;
    }

    /** Waits until this many pairs were computed and the first delta is committed. */
    void untilComputed(long pairs) throws Exception {
      while (goesOn() && (figures.pairsRecomputed() < pairs || (pairs > 0 && !firstDeltas.any()))) {
        console.status(
            String.format(
                Locale.ROOT, "Computing: %,d of %,d pairs", figures.pairsRecomputed(), pairs));
        signals.await(LOADING_TICK_MILLIS, TimeUnit.MILLISECONDS);
        look();
      }
      if (pairs > 0 && goesOn()) {
        console.line(
            String.format(Locale.ROOT, "All %,d pairs are computed after %s.", pairs, uptime()));
      }
    }

    /** Watches until someone wishes to stop, the time is up, or something failed. */
    Course untilStop(@Nullable SkyPump pump, SkyReplay replay, SkyProgress progress)
        throws Exception {
      Course course = new Course();
      live.measure();
      live.latencies();
      look();
      course.add(System.nanoTime(), cpuNanos(), figures, lag.records(), new Histogram(3));
      boolean yearIsOver = false;
      long end =
          options.duration == null
              ? Long.MAX_VALUE
              : System.nanoTime() + options.duration.toNanos();
      long before = System.nanoTime();
      while (goesOn() && end - System.nanoTime() > 0) {
        long left = TimeUnit.NANOSECONDS.toMillis(end - System.nanoTime());
        signals.await(Math.min(TICK_MILLIS, Math.max(1, left)), TimeUnit.MILLISECONDS);
        Figures old = figures;
        look();
        long now = System.nanoTime();
        Histogram latencies = live.latencies();
        long behind = lag.records();
        course.add(now, cpuNanos(), figures, behind, latencies);
        console.status(
            status(
                pump == null ? null : hour(replay, progress.sent()),
                old,
                now - before,
                latencies,
                behind));
        before = now;
        if (pump != null && !yearIsOver && pump.yearIsOver()) {
          yearIsOver = true;
          console.line("The year is over: the sky stands still now, the pipeline goes on.");
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
        Thread.sleep(2 * LOADING_TICK_MILLIS);
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
      return !failed && !signals.stop();
    }

    /** One look at everything; a fault of the job is said once. */
    private void look() throws Exception {
      Throwable fault = job.failure();
      if (fault != null) {
        failed = true;
        console.line("The job failed: " + fault);
        return;
      }
      for (Future<?> worker : workers) {
        if (worker.isDone()) {
          result(worker);
        }
      }
      figures = Figures.of(MetricsPage.read(http, figuresPage));
      if (firstDeltaSeconds == null && firstDeltas.any()) {
        firstDeltaSeconds = uptimeSeconds();
        console.line(
            "The first delta is on "
                + Topics.SYNASTRY_DELTAS
                + " after "
                + uptime()
                + ". Some of them:");
      }
      firstDeltas.words().forEach(words -> console.line("  " + words));
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
  }

  // ---------------------------------------------------------------- small things

  private <T extends AutoCloseable> T open(T resource) {
    toClose.push(resource);
    return resource;
  }

  private <T extends Worker> T start(T worker) {
    Future<?> ended = threads.submit(worker);
    workers.add(ended);
    toClose.push(
        () -> {
          worker.close();
          ended.get(PATIENCE_SECONDS, TimeUnit.SECONDS);
        });
    return worker;
  }

  private static <T> T result(Future<T> future) throws Exception {
    try {
      return future.get();
    } catch (ExecutionException e) {
      throw e.getCause() instanceof Exception cause ? cause : e;
    }
  }

  private static String millis(Histogram micros, double percentile) {
    return String.format(
        Locale.ROOT, "%,.0f", micros.getValueAtPercentile(percentile) / MICROS_PER_MILLI);
  }

  private static String hour(SkyReplay replay, long revision) {
    return HOUR.format(replay.instant(replay.hourOf(revision)));
  }

  private static String address(Ports.Choice port, String path) {
    return "http://" + LocalBroker.HOST + ":" + port.port() + path;
  }

  /** The processor time of the process, or 0 where the JVM does not know. */
  private static long cpuNanos() {
    return ManagementFactory.getOperatingSystemMXBean() instanceof OperatingSystemMXBean system
        ? system.getProcessCpuTime()
        : 0;
  }

  private static double uptimeSeconds() {
    return ManagementFactory.getRuntimeMXBean().getUptime() / 1e3;
  }

  private static String uptime() {
    return String.format(Locale.ROOT, "%.1f s", uptimeSeconds());
  }
}
