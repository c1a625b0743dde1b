package io.cosmichub.bench;

import io.cosmichub.pipeline.KafkaJob;
import io.cosmichub.pipeline.PipelineConfig;
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
 * {@code ./run bench recovery}: by the number of watched pairs, how large a checkpoint is and what
 * it takes, and how long a job that lost its task manager takes to be back.
 */
@Command(
    name = "./run bench recovery",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    description = {
      "Fills the pipeline with so many watched pairs, takes a full checkpoint and some incremental",
      "ones while charts move, then stops its task manager half-way between two checkpoints and",
      "starts another: seconds from then to the first live record of an update that was sent when",
      "nothing ran any more, and until no update waits for longer than a second; hits of the hot",
      "state before and after.",
      "All is in this process, so what a cluster takes to notice that a machine is dead, and a new",
      "JVM to start and to compile, is not in it. A second's pause before Flink restarts it is."
    })
public final class RecoveryBenchmark implements Callable<Integer> {

  /** Always the first pause of the cluster's strategy, whose pauses grow with each failure. */
  private static final Map<String, String> RESTARTS =
      Map.of(
          "restart-strategy.type", "fixed-delay",
          "restart-strategy.fixed-delay.delay", "1s",
          "restart-strategy.fixed-delay.attempts", "1000");

  @Option(
      names = "--pairs",
      split = ",",
      description = "Watched pairs, one job after the other (10000,100000,1000000).")
  private List<Integer> pairs = List.of(10_000, 100_000, 1_000_000);

  @Option(
      names = "--rate",
      description = "Chart updates a second, of ten pairs each (${DEFAULT-VALUE}).")
  private int rate = 200;

  @Option(
      names = "--warm-up",
      description = "Seconds of them before anything is measured (${DEFAULT-VALUE}).")
  private int warmUp = 60;

  @Option(
      names = "--failures",
      description = "Task managers that are lost; medians are reported (${DEFAULT-VALUE}).")
  private int failures = 3;

  @Mixin private JobOptions options = new JobOptions("10s");

  private final PrintStream out = System.out;

  private RecoveryBenchmark() {}

  /** See {@code --help}. */
  public static void main(String[] args) {
    System.exit(new CommandLine(new RecoveryBenchmark()).execute(args));
  }

  @Override
  public Integer call() throws Exception {
    Scratch scratch = Scratch.create();
    RecoveryFigures figures = new RecoveryFigures(chosen());
    try (Session session = Session.start(scratch.folder(), options.flink(), RESTARTS)) {
      for (int size : pairs) {
        figures.sizes().add(measure(size, session));
      }
    }
    out.printf("%n%s", figures.table());
    options.write(figures::json, out);
    scratch.delete();
    return 0;
  }

  private RecoveryFigures.Size measure(int size, Session session) throws Exception {
    out.printf("%,d pairs%n", size);
    PipelineConfig config = options.config(session);
    Session.Job job = session.submit(config, KafkaJob::define);
    Workload workload = new Workload(size, 1, Workload.STEP_IN_TIME);
    try (Latency latency = new Latency(session)) {
      RecoveryRun run =
          new RecoveryRun(session, job, workload, latency, config.job().checkpointInterval(), out);
      double seconds = run.fill();
      Driver driver = new Driver(workload, latency, rate);
      try {
        return run.measure(seconds, Duration.ofSeconds(warmUp), failures);
      } finally {
        driver.close();
      }
    } finally {
      job.cancel();
    }
  }

  private Map<String, String> chosen() {
    return options.with("rate", rate, "failures", failures);
  }
}
