package io.cosmichub.bench;

import io.cosmichub.pipeline.KafkaJob;
import io.cosmichub.pipeline.PipelineConfig;
import io.cosmichub.streaming.aspect.PairAspectsFunction;
import io.cosmichub.streaming.ingest.Accounting;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import org.HdrHistogram.Histogram;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/**
 * {@code ./run bench hub}: one chart that very many pairs watch. What watching, an update and
 * unwatching take, how long checkpoints get meanwhile, and how late the updates of other charts.
 */
@Command(
    name = "./run bench hub",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    description = "One chart that very many pairs watch, beside others that move all the time.")
public final class HubBenchmark implements Callable<Integer> {

  private static final String GROUP = "_" + Accounting.GROUP + "_";
  private static final String RECOMPUTED = GROUP + PairAspectsFunction.PAIRS_RECOMPUTED;
  private static final String DELTAS = GROUP + PairAspectsFunction.DELTAS_OUT;
  private static final Duration QUIET = Duration.ofSeconds(15);
  private static final double MILLI = 1_000;

  @Option(names = "--members", description = "Pairs that watch it (${DEFAULT-VALUE}).")
  private int members = 1_000_000;

  @Option(names = "--pairs", description = "Pairs of other charts (${DEFAULT-VALUE}).")
  private int pairs = 10_000;

  @Option(
      names = "--rate",
      description = "Updates a second of other charts, of ten pairs each (${DEFAULT-VALUE}).")
  private int rate = 100;

  @Option(names = "--set", description = "KEY=VALUE of the pipeline's configuration; repeatable.")
  private Map<String, String> settings = Map.of();

  @Option(names = "--flink", hidden = true)
  private Path flink = Path.of("deploy", "flink");

  private final PrintStream out = System.out;

  private HubBenchmark() {}

  /** See {@code --help}. */
  public static void main(String[] args) {
    System.exit(new CommandLine(new HubBenchmark()).execute(args));
  }

  @Override
  public Integer call() throws Exception {
    Path folder = Files.createTempDirectory("cosmichub-bench-");
    System.setProperty("cosmichub.log.file", folder.resolve("bench.log").toString());
    System.setProperty("log4j2.configurationFile", "classpath:demo-log4j2.properties");
    try (Session session = Session.start(folder, flink)) {
      Session.Job job = session.submit(config(session), KafkaJob::define);
      Workload workload = new Workload(pairs, 1, Workload.STEP_IN_TIME);
      workload.watches(session::send);
      workload.stillCharts(session::send);
      workload.movingCharts(session::send);
      session.send(workload.hub(1));
      session.flush();
      job.awaitMetric(RECOMPUTED, pairs);
      try (Latency latency = new Latency(session)) {
        others("alone, first", QUIET, workload, latency);
        others("alone", QUIET, workload, latency);
        during("watch", () -> watch(workload, session, job), job, workload, latency);
        during("update", () -> update(workload, session, job), job, workload, latency);
        during("unwatch", () -> unwatch(workload, session, job), job, workload, latency);
      }
      job.cancel();
    }
    return 0;
  }

  private void watch(Workload workload, Session session, Session.Job job) throws Exception {
    await(RECOMPUTED, job, () -> workload.hubWatches(members, session::send));
  }

  private void update(Workload workload, Session session, Session.Job job) throws Exception {
    await(RECOMPUTED, job, () -> session.send(workload.hub(2)));
  }

  private void unwatch(Workload workload, Session session, Session.Job job) throws Exception {
    await(DELTAS, job, () -> workload.hubUnwatches(members, session::send));
  }

  /** What other charts add meanwhile is small beside the members. */
  private void await(String metric, Session.Job job, Runnable send) throws Exception {
    long before = job.metric(metric);
    send.run();
    job.awaitMetric(metric, before + members);
  }

  private void during(String what, Task task, Session.Job job, Workload workload, Latency latency)
      throws Exception {
    Instant start = Instant.now();
    CompletableFuture<Void> done = CompletableFuture.runAsync(() -> run(task));
    while (!done.isDone()) {
      latency.drive(workload, rate, Duration.ofSeconds(1));
    }
    done.join();
    Duration took = Duration.between(start, Instant.now());
    out.printf(
        "%s: %,d pairs in %.1f s, %,.0f a second; the longest checkpoint %.1f s%n",
        what,
        members,
        took.toMillis() / MILLI,
        members * MILLI / took.toMillis(),
        job.longestCheckpoint(start).toMillis() / MILLI);
    print(what, latency);
  }

  private void others(String what, Duration length, Workload workload, Latency latency)
      throws Exception {
    latency.forget();
    latency.drive(workload, rate, length);
    print(what, latency);
  }

  private void print(String what, Latency latency) {
    Histogram micros = latency.micros();
    out.printf(
        "  other charts, %s: p50 %.1f ms, p99 %.1f ms, most %.1f ms of %,d%n",
        what,
        micros.getValueAtPercentile(50) / MILLI,
        micros.getValueAtPercentile(99) / MILLI,
        micros.getMaxValue() / MILLI,
        micros.getTotalCount());
    latency.forget();
  }

  private static void run(Task task) {
    try {
      task.run();
    } catch (Exception failure) {
      throw new IllegalStateException(failure);
    }
  }

  private PipelineConfig config(Session session) {
    List<String> args = new ArrayList<>();
    args.add("--cosmichub.kafka.bootstrap-servers=" + session.bootstrapServers());
    args.add("--cosmichub.output.format=protobuf");
    args.add("--cosmichub.checkpoint.interval=2s");
    settings.forEach((key, value) -> args.add("--" + key + "=" + value));
    return PipelineConfig.load(args.toArray(String[]::new), Map.of(), null);
  }

  /** What may fail. */
  private interface Task {
    void run() throws Exception;
  }
}
