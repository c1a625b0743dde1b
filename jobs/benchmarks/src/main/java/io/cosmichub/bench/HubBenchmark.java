package io.cosmichub.bench;

import io.cosmichub.pipeline.KafkaJob;
import io.cosmichub.streaming.aspect.PairAspectsFunction;
import io.cosmichub.streaming.ingest.Accounting;
import java.io.PrintStream;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/**
 * {@code ./run bench hub}: one chart that very many pairs watch. What watching, an update and
 * unwatching take, how long checkpoints get meanwhile, and how late the updates of other charts.
 */
@Command(
    name = "./run bench hub",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    description = {
      "One chart that very many pairs watch, beside others that move all the time: all of its pairs",
      "are watched, its chart is updated, all are unwatched. Before, between and after that the",
      "others are alone. A part has ended when live records have told of each of the pairs, every",
      "update of others that was sent in it has been seen, and the checkpoints that began in it have",
      "ended; what comes late counts where it was sent."
    })
public final class HubBenchmark implements Callable<Integer> {

  private static final String RECOMPUTED =
      "_" + Accounting.GROUP + "_" + PairAspectsFunction.PAIRS_RECOMPUTED;

  /** Of other charts alone: fewer say little of a 99th percentile. */
  private static final int LEAST_UPDATES = 3_000;

  @Option(names = "--members", description = "Pairs that watch it (${DEFAULT-VALUE}).")
  private int members = 1_000_000;

  @Option(names = "--pairs", description = "Pairs of other charts (${DEFAULT-VALUE}).")
  private int pairs = 10_000;

  @Option(
      names = "--rate",
      description = "Updates a second of other charts, of ten pairs each (${DEFAULT-VALUE}).")
  private int rate = 100;

  @Option(
      names = "--warm-up",
      description = "Seconds of them before anything is measured (${DEFAULT-VALUE}).")
  private int warmUp = 60;

  @Option(
      names = "--alone",
      description = {
        "Seconds of them alone, three times (${DEFAULT-VALUE}); at least as long as 3,000 updates",
        "take."
      })
  private int alone = 60;

  @Mixin private JobOptions options = new JobOptions("10s");

  private final PrintStream out = System.out;

  private HubBenchmark() {}

  /** See {@code --help}. */
  public static void main(String[] args) {
    System.exit(new CommandLine(new HubBenchmark()).execute(args));
  }

  @Override
  public Integer call() throws Exception {
    Scratch scratch = Scratch.create();
    HubFigures figures = new HubFigures(chosen());
    try (Session session = Session.start(scratch.folder(), options.flink())) {
      Session.Job job = session.submit(options.config(session), KafkaJob::define);
      Workload workload = new Workload(pairs, 1, Workload.STEP_IN_TIME);
      Hub hub = new Hub(members, workload.movers(), workload::now);
      workload.watches(session::send);
      workload.stillCharts(session::send);
      workload.movingCharts(session::send);
      hub.chart(session::send);
      session.flush();
      job.awaitMetric(RECOMPUTED, workload.pairs());
      try (Latency latency = new Latency(session, hub::seen)) {
        HubRun run = new HubRun(session, job, workload, hub, latency, rate, out);
        List<HubFigures.Part> parts = figures.parts();
        run.warmUp(Duration.ofSeconds(warmUp));
        parts.add(run.alone("alone", alone()));
        parts.add(run.all(HubFigures.WATCH, Hub.Told.WATCHED, hub::watches));
        parts.add(run.alone("alone, all watched", alone()));
        parts.add(run.all(HubFigures.UPDATE, Hub.Told.UPDATED, hub::update));
        parts.add(run.alone("alone, all updated", alone()));
        parts.add(run.all(HubFigures.UNWATCH, Hub.Told.ENDED, hub::unwatches));
      }
      job.cancel();
    }
    out.printf("%n%s%n%s", figures.table(), figures.verdicts());
    options.write(figures::json, out);
    scratch.delete();
    return 0;
  }

  private Duration alone() {
    return Duration.ofSeconds(Math.max(alone, (LEAST_UPDATES + rate - 1) / rate));
  }

  private Map<String, String> chosen() {
    return options.with("members", members, "pairs", pairs, "rate", rate);
  }
}
