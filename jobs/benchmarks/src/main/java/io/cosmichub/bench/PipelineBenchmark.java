package io.cosmichub.bench;

import io.cosmichub.pipeline.KafkaJob;
import io.cosmichub.pipeline.PipelineConfig;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.function.IntSupplier;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
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

  private static final List<String> PIPELINES = List.of("real", "bare", "chained");
  private static final String WITHOUT_POPULATION = "without-population";
  private static final String IDLENESS = "5s";

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

  @Option(names = "--threads", description = "Print what each thread used.")
  private boolean threads;

  @Mixin private JobOptions options = new JobOptions("2s");

  @Option(names = "--svg", hidden = true)
  private Path svg = Path.of("pipeline.svg");

  /** See {@code --help}. */
  public static void main(String[] args) {
    System.exit(new CommandLine(new PipelineBenchmark()).execute(args));
  }

  private final PrintStream out = System.out;
  private final PipelineFigures figures = new PipelineFigures();

  private PipelineBenchmark() {}

  @Override
  public Integer call() throws Exception {
    Scratch scratch = Scratch.create();
    try (Session session = Session.start(scratch.folder(), options.flink())) {
      for (String pipeline : only) {
        warmUp(pipeline, session);
      }
      for (int round = 1; round <= rounds; round++) {
        for (String pipeline : only) {
          run(pipeline, round, session);
        }
      }
    }
    out.printf("%n%s", figures.table());
    Files.writeString(svg, figures.svg());
    out.println("plot: " + svg);
    options.write(figures::json, out);
    scratch.delete();
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
    PipelineRun run = start(name, workload, session);
    run.seed();
    phase(run, "warm-up", updates / 2, workload::popular);
    run.end();
  }

  private void run(String name, int round, Session session) throws Exception {
    Workload workload = workload(pairs, round);
    PipelineRun run = start(name, workload, session);
    long seeding = System.nanoTime();
    run.seed();
    out.printf("%s %d: seeded in %.1f s%n", name, round, (System.nanoTime() - seeding) / 1e9);
    phase(run, "first", updates / 2, workload::popular);
    figures.phases().add(phase(run, "zipf", updates, workload::popular));
    figures.phases().add(phase(run, "uniform", updates, workload::any));
    if (round == rounds && name.equals("real")) {
      run.size(figures.singles());
      if (rate > 0) {
        run.latency(rate, Duration.ofSeconds(rateFor), figures.singles());
      }
    }
    run.end();
  }

  private Phase phase(PipelineRun run, String access, int count, IntSupplier chart)
      throws Exception {
    Phase phase = run.phase(access, count, chart);
    if (threads) {
      phase.threads().print((long) count * Workload.FAN_OUT, out);
    }
    return phase;
  }

  private Workload workload(int watched, long seed) {
    return new Workload(watched, seed, Duration.ofMillis(eventStep));
  }

  private PipelineRun start(String name, Workload workload, Session session) throws Exception {
    Session.Job job = session.submit(config(name, session), definition(name));
    return new PipelineRun(name, workload, session, job, out);
  }

  private PipelineConfig config(String name, Session session) {
    List<String> args = new ArrayList<>();
    args.add("cosmichub.parallelism=" + parallelism);
    // Once all full charts are sent nobody moves event time there, and windows would wait for them.
    args.add("cosmichub.watermark.idleness=" + IDLENESS);
    if (name.equals(WITHOUT_POPULATION)) {
      args.add("cosmichub.population.enabled=false");
    }
    return options.config(session, args.toArray(String[]::new));
  }
}
