package io.cosmichub.quickstart;

import io.cosmichub.chart.ChartUpdate;
import io.cosmichub.contracts.ChartUpdateDecoder;
import io.cosmichub.contracts.Header;
import io.cosmichub.contracts.InputEncoder;
import io.cosmichub.contracts.OutputRecord;
import io.cosmichub.contracts.Topics;
import io.cosmichub.pair.PairWatch;
import io.cosmichub.pipeline.CreateTopics;
import io.cosmichub.pipeline.KafkaJob;
import io.cosmichub.pipeline.PipelineConfig;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.kafka.clients.admin.Admin;
import org.jspecify.annotations.Nullable;

/** One demo from its first port to its last line. */
final class DemoRun implements AutoCloseable {

  private static final Duration A_DAY = Duration.ofDays(1);
  private static final long LOADING_TICK_MILLIS = 250;
  private static final int FEW_PROCESSORS = 2;

  // Configuration.
  private final DemoOptions options;
  private final Demo.Addresses addresses;
  private final DataDirectory data;
  private final Console console;
  private final StopSignals signals;
  private final Clock clock;
  private final Checkout checkout = Checkout.find();

  // Runtime.
  private final Parts parts = new Parts();

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
  }

  /** Runs until it is told to stop or its time is up; false if the job failed. */
  boolean execute() throws Exception {
    new Banner(checkout, addresses, data).print(console);
    SkyReplay replay = SampleData.sky();
    Configuration configuration =
        LocalFlink.configuration(
            checkout,
            data,
            addresses.flink().port(),
            addresses.metrics().port(),
            addresses.figures());
    // A checkpoint waits for RocksDB's files to be on disk, and what must last is in the
    // checkpoint.
    MemoryFolder.open(MemoryFolder.SHARED_MEMORY)
        .map(parts::open)
        .ifPresent(
            memory ->
                configuration.setString(
                    "state.backend.rocksdb.localdir", memory.path().toString()));
    console.status("Starting Kafka and Flink …");
    Future<LocalFlink> starting = parts.submit(() -> LocalFlink.start(configuration));
    LocalBroker broker = parts.open(startBroker());
    LocalFlink flink = parts.open(Parts.result(starting));
    console.line("Kafka and Flink are up after " + Uptime.words() + ".");
    String bootstrap = broker.bootstrapServers();
    Admin admin = parts.open(Admin.create(Map.of("bootstrap.servers", bootstrap)));
    CreateTopics.createMissing(admin);
    startGateway(bootstrap);

    PipelineConfig config = pipelineConfig(bootstrap, replay);
    long sent =
        new LastRevision(new ChartUpdateDecoder(config.eventTime().maxAhead().toMillis(), clock))
            .of(SampleData.SKY, bootstrap);
    SkyProgress progress =
        new SkyProgress(Math.max(sent, 0), replay.chart(replay.hours() - 1).revision());
    FirstDeltas firstDeltas = parts.start(new FirstDeltas(bootstrap));
    LiveWatch live = parts.start(new LiveWatch(bootstrap, progress));
    LocalFlink.Job job = submit(flink, configuration, config);
    Watch watch =
        new Watch(
            job,
            live,
            firstDeltas,
            new ConsumerLag(admin, config.kafka().groupId()),
            new Watch.Surroundings(parts, console, signals, addresses.figures()));

    SkyPump pump = null;
    if (!options.noSampleData) {
      InputEncoder encoder = new InputEncoder(options.format);
      SampleProducer producer = parts.open(new SampleProducer(bootstrap));
      long pairs = sent == LastRevision.NONE ? load(replay, progress, encoder, producer) : 0;
      watch.untilComputed(pairs);
      pump = new SkyPump(replay, progress, encoder, producer, options.speed);
    }
    return !watch.failed() && course(watch, pump, replay, progress);
  }

  /** Ends the servers, the last one started first. */
  @Override
  public void close() {
    parts.close();
  }

  private void startGateway(String bootstrap) throws IOException {
    String classPath = checkout.gatewayClassPath();
    if (classPath != null) {
      parts.start(
          GatewayProcess.start(
              classPath,
              bootstrap,
              addresses,
              data.log().resolveSibling("gateway.log"),
              console,
              signals));
    }
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
      // Throughput is asked for, not latency: fewer, fuller buffers, and no waiting for anyone
      // else. Many hours of the sky pass in a second, and each would close a window.
      settings.add("--cosmichub.buffer-timeout=20ms");
      settings.add("--cosmichub.fanout.page-pause=5ms");
      settings.add("--cosmichub.population.window=24h");
    } else if (options.speed.hoursPerSecond() <= 1) {
      // There is time: the sky's pairs in many small pages leave the way to everybody else's.
      settings.add("--cosmichub.fanout.page-size=32");
      settings.add("--cosmichub.fanout.page-pause=7ms");
      // A checkpoint stops the steps for a moment, longer where many of them share two cores.
      settings.add("--cosmichub.checkpoint.interval=4s");
      if (Runtime.getRuntime().availableProcessors() <= FEW_PROCESSORS) {
        settings.add("--cosmichub.parallelism=1");
      }
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
            + Uptime.words()
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
    couples.forEach(couple -> producer.send(sinceTheSkyBegan(encoder.watch(couple))));
    transits.forEach(transit -> producer.send(sinceTheSkyBegan(encoder.watch(transit))));
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

  /** A record that by itself would have the time of its sending, months after the sky's. */
  private static OutputRecord sinceTheSkyBegan(OutputRecord watch) {
    List<Header> headers = new ArrayList<>(watch.headers());
    headers.add(Header.of("ce_time", SampleData.SINCE.toString()));
    return new OutputRecord(
        watch.topic(), watch.key(), watch.value(), headers, OutputRecord.NO_TIMESTAMP);
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
              replay.hour(begin),
              options.speed));
      parts.start(pump);
    } else {
      console.line(
          "The topics are yours: " + String.join(", ", Topics.inputs()) + ". Ctrl-C ends it.");
    }
    Course course = watch.untilStop(options.duration, pump, replay, progress);
    if (pump != null) {
      pump.close();
    }
    if (!watch.failed()) {
      console.status("Finishing what is in flight …");
      watch.untilQuiet(course, progress);
      finish(watch.job());
    }
    Summary.Sky sky =
        pump == null
            ? null
            : new Summary.Sky(
                replay.hour(begin), replay.hour(progress.sent()), progress.sent() - begin);
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
}
