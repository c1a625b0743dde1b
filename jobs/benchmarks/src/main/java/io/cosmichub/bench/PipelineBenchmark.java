package io.cosmichub.bench;

import io.cosmichub.contracts.OutputRecord;
import io.cosmichub.pipeline.KafkaJob;
import io.cosmichub.pipeline.PipelineConfig;
import io.cosmichub.streaming.aspect.PairAspectsFunction;
import io.cosmichub.streaming.ingest.UpdateAge;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.function.IntSupplier;
import java.util.stream.Stream;
import org.HdrHistogram.Histogram;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/**
 * {@code ./run bench pipeline}: the pipeline and both floors of {@link BarePipeline} in turn on one
 * broker, exactly once, in Protobuf. How fast, with how much processor time and garbage; how late;
 * how large.
 */
@Command(
    name = "./run bench pipeline",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    description = {
      "Runs the pipeline (real) and the same graph without its logic, once with every exchange (bare)",
      "and once in as few tasks as the pipeline (chained), in turn on one broker in this process,",
      "exactly once, in Protobuf, and reports medians of all rounds."
    })
public final class PipelineBenchmark implements Callable<Integer> {

  private static final String GROUP = "_cosmichub_";
  private static final String RECOMPUTED = GROUP + PairAspectsFunction.PAIRS_RECOMPUTED;
  private static final String LIVE_DATA = "rocksdb_estimate_live_data_size";
  private static final List<String> PIPELINES = List.of("real", "bare", "chained");
  private static final String WITHOUT_POPULATION = "without-population";
  private static final double MILLI = 1_000;
  private static final String IDLENESS = "5s";

  /**
   * Updates. Were all sent at once, one partition would be read after the other, and event time
   * would stand still until the last.
   */
  private static final int ON_THEIR_WAY = 4_000;

  private static final int SENT_AT_ONCE = 500;

  /** Milliseconds that a task may stand still for a checkpoint without a line of its own. */
  private static final long STANDSTILL = 5;

  @Option(names = "--rounds", description = "Runs of each (${DEFAULT-VALUE}).")
  private int rounds = 3;

  @Option(names = "--pairs", description = "Watched pairs (${DEFAULT-VALUE}).")
  private int pairs = 100_000;

  @Option(
      names = "--updates",
      description = "Chart updates a measurement, of ten pairs each (${DEFAULT-VALUE}).")
  private int updates = 20_000;

  @Option(
      names = "--event-step",
      description = {
        "Milliseconds of event time from one update to the next, so that windows close while it is",
        "measured (${DEFAULT-VALUE})."
      })
  private long eventStep = Workload.STEP_IN_TIME.toMillis();

  @Option(
      names = "--rate",
      description = "Chart updates a second while latency is measured; 0: not (${DEFAULT-VALUE}).")
  private int rate = 1_000;

  @Option(
      names = "--rate-for",
      description = "Seconds that latency is measured for (${DEFAULT-VALUE}).")
  private int rateFor = 30;

  @Option(names = "--parallelism", description = "Subtasks (${DEFAULT-VALUE}).")
  private int parallelism = 1;

  @Option(
      names = "--only",
      split = ",",
      description = {
        "Of real, bare and chained, those named (default: all); also without-population, the pipeline",
        "with nothing of the population, and stateless, chained without the state of pairs."
      })
  private List<String> only = PIPELINES;

  @Option(
      names = "--checkpoint-interval",
      description = "Time between checkpoints (${DEFAULT-VALUE}).")
  private String checkpointInterval = "2s";

  @Option(names = "--threads", description = "Print what each thread used.")
  private boolean threads;

  @Option(names = "--set", description = "KEY=VALUE of the pipeline's configuration; repeatable.")
  private Map<String, String> settings = Map.of();

  @Option(names = "--json", description = "Write the figures to this file, too.")
  private Path json = Path.of("");

  @Option(names = "--svg", hidden = true)
  private Path svg = Path.of("pipeline.svg");

  @Option(names = "--flink", hidden = true)
  private Path flink = Path.of("deploy", "flink");

  /** See {@code --help}. */
  public static void main(String[] args) {
    System.exit(new CommandLine(new PipelineBenchmark()).execute(args));
  }

  private final PrintStream out = System.out;
  private final PipelineFigures figures = new PipelineFigures();

  private PipelineBenchmark() {}

  @Override
  public Integer call() throws Exception {
    Path folder = Files.createTempDirectory("cosmichub-bench-");
    System.setProperty("cosmichub.log.file", folder.resolve("bench.log").toString());
    System.setProperty("log4j2.configurationFile", "classpath:demo-log4j2.properties");
    try (Session session = Session.start(folder, flink)) {
      for (String pipeline : only) {
        warmUp(pipeline, session);
      }
      for (int round = 1; round <= rounds; round++) {
        for (String pipeline : only) {
          run(pipeline, round, session, definition(pipeline));
        }
      }
    }
    out.printf("%n%s", figures.table());
    Files.writeString(svg, figures.svg());
    out.println("plot: " + svg);
    if (!json.toString().isEmpty()) {
      figures.json(json);
      out.println("figures: " + json);
    }
    delete(folder);
    return 0;
  }

  private static Session.Definition definition(String pipeline) {
    return switch (pipeline) {
      case "real", WITHOUT_POPULATION -> KafkaJob::define;
      case "bare" -> BarePipeline::inExchanges;
      case "chained" -> BarePipeline::inOneTask;
      case "stateless" -> BarePipeline::withoutState;
      default -> throw new IllegalArgumentException("no pipeline is called " + pipeline);
    };
  }

  /** A tenth of the pairs, so that the first to be measured does not pay for compiling it all. */
  private void warmUp(String name, Session session) throws Exception {
    Workload workload = workload(Math.max(Workload.FAN_OUT, pairs / 10), 0);
    Session.Job job = session.submit(config(name, session), definition(name));
    seed(workload, session, job);
    measure(name, "warm-up", updates / 2, workload, workload::popular, session, job);
    job.cancel();
  }

  private Workload workload(int watched, long seed) {
    return new Workload(watched, seed, Duration.ofMillis(eventStep));
  }

  private void run(String name, int round, Session session, Session.Definition definition)
      throws Exception {
    PipelineConfig config = config(name, session);
    Workload workload = workload(pairs, round);
    Session.Job job = session.submit(config, definition);
    long seeding = System.nanoTime();
    seed(workload, session, job);
    out.printf("%s %d: seeded in %.1f s%n", name, round, (System.nanoTime() - seeding) / 1e9);
    measure(name, "first", updates / 2, workload, workload::popular, session, job);
    figures.phases().add(measure(name, "zipf", updates, workload, workload::popular, session, job));
    figures.phases().add(measure(name, "uniform", updates, workload, workload::any, session, job));
    if (round == rounds && name.equals("real")) {
      size(job);
      if (rate > 0) {
        latency(workload, session, job);
      }
    }
    job.cancel();
  }

  private static void seed(Workload workload, Session session, Session.Job job) throws Exception {
    workload.watches(session::send);
    workload.stillCharts(session::send);
    workload.movingCharts(session::send);
    session.flush();
    job.awaitMetric(RECOMPUTED, workload.pairs());
  }

  private Phase measure(
      String name,
      String access,
      int count,
      Workload workload,
      IntSupplier chart,
      Session session,
      Session.Job job)
      throws Exception {
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
    if (threads) {
      used.print(recomputed, out);
    }
    return phase;
  }

  /** What the state backend holds once all of it lies in files. */
  private void size(Session.Job job) throws Exception {
    job.checkpoint();
    figures
        .singles()
        .put(
            "bytes a pair in RocksDB, pair steps",
            job.metric(LIVE_DATA, "Pair_charts", "Pair_aspects") / (double) pairs);
    figures
        .singles()
        .put("bytes a pair in RocksDB, all steps", job.metric(LIVE_DATA) / (double) pairs);
  }

  private void latency(Workload workload, Session session, Session.Job job) throws Exception {
    try (Latency latency = new Latency(session)) {
      latency.drive(workload, rate, Duration.ofSeconds(rateFor).dividedBy(2));
      latency.forget();
      Instant start = Instant.now();
      latency.drive(workload, rate, Duration.ofSeconds(rateFor));
      Histogram micros = latency.micros();
      figures
          .singles()
          .put("update to live at the rate, p50 ms", micros.getValueAtPercentile(50) / MILLI);
      figures
          .singles()
          .put("update to live at the rate, p99 ms", micros.getValueAtPercentile(99) / MILLI);
      figures.singles().put("update to live at the rate, records", (double) micros.getTotalCount());
      figures
          .singles()
          .put("longest checkpoint, ms", (double) job.longestCheckpoint(start).toMillis());
      job.standstills(start, STANDSTILL)
          .forEach(
              (task, millis) ->
                  figures
                      .singles()
                      .put("stood still for a checkpoint, ms: " + task, (double) millis));
      age(session, UpdateAge.NAME);
      age(session, PairAspectsFunction.UPDATE_TO_LIVE);
    }
  }

  /** Where a millisecond goes: how old the latest updates were when they came to a step. */
  private void age(Session session, String metric) {
    for (double quantile : new double[] {0.5, 0.99}) {
      session
          .quantiles(metric, quantile)
          .forEach(
              (step, millis) ->
                  figures.singles().put(metric + " at " + step + ", q " + quantile, millis));
    }
  }

  private PipelineConfig config(String name, Session session) {
    List<String> args = new ArrayList<>();
    args.add("--cosmichub.kafka.bootstrap-servers=" + session.bootstrapServers());
    args.add("--cosmichub.output.format=protobuf");
    args.add("--cosmichub.checkpoint.interval=" + checkpointInterval);
    args.add("--cosmichub.parallelism=" + parallelism);
    // Once all full charts are sent nobody moves event time there, and windows would wait for them.
    args.add("--cosmichub.watermark.idleness=" + IDLENESS);
    if (name.equals(WITHOUT_POPULATION)) {
      args.add("--cosmichub.population.enabled=false");
    }
    settings.forEach((key, value) -> args.add("--" + key + "=" + value));
    return PipelineConfig.load(args.toArray(String[]::new), Map.of(), null);
  }

  private static void delete(Path folder) throws Exception {
    try (Stream<Path> all = Files.walk(folder)) {
      for (Path path : all.sorted(Comparator.reverseOrder()).toList()) {
        Files.deleteIfExists(path);
      }
    }
  }
}
