package io.cosmichub.quickstart;

import io.cosmichub.aspect.AspectPolicy;
import io.cosmichub.contracts.InputRecord;
import io.cosmichub.pipeline.InputStreams;
import io.cosmichub.pipeline.OutputStreams;
import io.cosmichub.pipeline.PipelineConfig;
import io.cosmichub.pipeline.SynastryPipeline;
import io.cosmichub.streaming.record.RecordTypes;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.flink.api.common.JobExecutionResult;
import org.apache.flink.api.common.RuntimeExecutionMode;
import org.apache.flink.api.common.eventtime.WatermarkStrategy;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.CoreOptions;
import org.apache.flink.configuration.ExecutionOptions;
import org.apache.flink.configuration.RestOptions;
import org.apache.flink.configuration.StateBackendOptions;
import org.apache.flink.core.execution.JobClient;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.slf4j.LoggerFactory;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/**
 * {@code ./run aspects}: the pipeline's own topology over two CSV files, without a broker. Exits
 * with 0 when the results are written, dead letters or not; 1 if the job failed; 2 if a file is not
 * as it must be.
 */
@Command(
    name = "./run aspects",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    description = {
      "Reads charts and pairs from CSV files and writes, sorted by pair id, deltas.jsonl, aspects.jsonl,",
      "scores.jsonl and dead-letters.jsonl, in the JSON of the topics. Files may be gzipped."
    },
    footer = {
      "",
      "Columns of charts: chart_id; the longitude of each body in degrees (sun moon mercury venus mars jupiter",
      "saturn uranus neptune pluto north_node chiron lilith ascendant midheaven vertex) and its speed (sun_speed …);",
      "cusp1 … cusp12; revision; instant_utc. All but chart_id may be missing; a missing column or cell is a",
      "missing body. Columns of pairs: pair_id, chart_a, chart_b. An id may appear once in its file.",
      "A row that cannot be used is a line of dead-letters.jsonl with its line number, and the exit status stays 0."
    })
public final class AspectsFromFiles implements Callable<Integer> {

  private static final int FAILED = 1;
  private static final long TICK_MILLIS = 500;

  @Option(names = "--charts", required = true, paramLabel = "FILE", description = "Charts.")
  private Path charts = Path.of("");

  @Option(names = "--pairs", required = true, paramLabel = "FILE", description = "Pairs.")
  private Path pairs = Path.of("");

  @Option(
      names = "--out",
      required = true,
      paramLabel = "DIR",
      description =
          "Folder of the results; created if need be, files of the same name are replaced.")
  private Path out = Path.of("");

  @Option(
      names = "--policy",
      paramLabel = "ID",
      defaultValue = "classic",
      description = "Aspect policy; there is one, classic.")
  private String policy = "classic";

  private final Console console;

  AspectsFromFiles(Console console) {
    this.console = console;
  }

  /** See {@code --help}. */
  public static void main(String[] args) {
    System.exit(new CommandLine(new AspectsFromFiles(Console.standard())).execute(args));
  }

  @Override
  public Integer call() throws IOException {
    long start = System.nanoTime();
    DataDirectory scratch = DataDirectory.temporary("cosmichub-aspects-");
    LogFile.use(scratch.log());
    try {
      CsvCheck check = check();
      Files.createDirectories(out);
      run(scratch);
      finish(scratch, check, start);
      scratch.release();
      return CommandLine.ExitCode.OK;
    } catch (UsageException e) {
      scratch.release();
      console.line("aspects: " + e.getMessage());
      return CommandLine.ExitCode.USAGE;
    } catch (ExecutionException e) {
      Throwable cause = e;
      while (cause.getCause() != null) {
        cause = cause.getCause();
      }
      LoggerFactory.getLogger(AspectsFromFiles.class).error("The job failed", e);
      console.line("aspects: the job failed: " + cause + "; the log: " + scratch.log());
      return FAILED;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return FAILED;
    }
  }

  private CsvCheck check() throws IOException {
    if (!policy.equals(AspectPolicy.classic().id())) {
      throw new UsageException("there is no aspect policy " + policy + "; there is classic");
    }
    CsvCheck check = CsvCheck.of(charts, pairs);
    console.line(
        String.format(
            Locale.ROOT,
            "%,d charts in %s, %,d pairs in %s.",
            check.charts(),
            charts,
            check.pairs(),
            pairs));
    sayIgnored(charts, check.ignoredChartColumns());
    sayIgnored(pairs, check.ignoredPairColumns());
    return check;
  }

  private void sayIgnored(Path file, List<String> columns) {
    if (!columns.isEmpty()) {
      console.line("Not used in " + file + ": " + String.join(", ", columns) + ".");
    }
  }

  private void run(DataDirectory scratch)
      throws IOException, InterruptedException, ExecutionException {
    int parallelism = Runtime.getRuntime().availableProcessors();
    StreamExecutionEnvironment environment =
        StreamExecutionEnvironment.createLocalEnvironment(parallelism, flink(scratch));
    define(environment, scratch.root());
    long start = System.nanoTime();
    CompletableFuture<JobExecutionResult> result = submit(environment).getJobExecutionResult();
    while (true) {
      try {
        result.get(TICK_MILLIS, TimeUnit.MILLISECONDS);
        return;
      } catch (TimeoutException e) {
        console.status(
            String.format(
                Locale.ROOT,
                "Computing … %d s",
                TimeUnit.NANOSECONDS.toSeconds(System.nanoTime() - start)));
      }
    }
  }

  private static JobClient submit(StreamExecutionEnvironment environment)
      throws ExecutionException {
    try {
      return environment.executeAsync("aspects from files");
    } catch (Exception e) {
      throw new ExecutionException(e);
    }
  }

  private void define(StreamExecutionEnvironment environment, Path spool) {
    PipelineConfig config =
        PipelineConfig.load(
            // Whoever computes the sky of years to come may have it.
            new String[] {
              "--cosmichub.timestamp.max-ahead=100000d", "--cosmichub.population.enabled=false"
            },
            Map.of(),
            null);
    environment.configure(config.flink());
    environment.getCheckpointConfig().disableCheckpointing();
    OutputStreams results =
        SynastryPipeline.define(
            new InputStreams(
                stream(environment, CsvSource.of(CsvSplit.charts(charts)), "read-charts"),
                stream(environment, CsvSource.none(), "read-no-moves"),
                stream(environment, CsvSource.of(CsvSplit.pairs(pairs)), "read-pairs"),
                stream(environment, CsvSource.none(), "read-no-feedback"),
                stream(environment, CsvSource.none(), "read-no-control")),
            config);
    results.pairs().sinkTo(SpoolSink.pairs(spool)).uid("spool-pairs").name("Spool pairs");
    results
        .deadLetters()
        .sinkTo(SpoolSink.deadLetters(spool))
        .uid("spool-dead-letters")
        .name("Spool dead letters");
  }

  private static DataStream<InputRecord> stream(
      StreamExecutionEnvironment environment, CsvSource source, String uid) {
    return environment
        .fromSource(source, WatermarkStrategy.noWatermarks(), uid, RecordTypes.INPUT_RECORD)
        .uid(uid);
  }

  /**
   * State on the heap and no checkpoints. Not Flink's batch mode: it sorts what a step is told by
   * key, and the pairs rely on the order in which a chart tells them.
   */
  private static Configuration flink(DataDirectory scratch) {
    Configuration configuration = new Configuration();
    configuration.set(ExecutionOptions.RUNTIME_MODE, RuntimeExecutionMode.STREAMING);
    configuration.set(RestOptions.ADDRESS, LocalBroker.HOST);
    configuration.set(RestOptions.BIND_ADDRESS, LocalBroker.HOST);
    configuration.set(RestOptions.BIND_PORT, "0");
    configuration.set(StateBackendOptions.STATE_BACKEND, "hashmap");
    configuration.set(CoreOptions.TMP_DIRS, scratch.scratch().toString());
    return configuration;
  }

  private void finish(DataDirectory scratch, CsvCheck check, long start) throws IOException {
    try (Spool spool = Spool.open(scratch.root())) {
      for (ResultFile file : ResultFile.values()) {
        spool.writeSorted(file, out);
      }
      console.line(
          String.format(
              Locale.ROOT,
              "Written to %s in %.1f s: %,d deltas, %,d aspect sets, %,d scores, %,d dead letters.",
              out,
              (System.nanoTime() - start) / 1e9,
              spool.lines(ResultFile.DELTAS),
              spool.lines(ResultFile.ASPECTS),
              spool.lines(ResultFile.SCORES),
              spool.lines(ResultFile.DEAD_LETTERS)));
      if (check.pairsWithoutChart() > 0) {
        console.line(
            String.format(
                Locale.ROOT,
                "%,d pairs have no result: a chart of theirs is not in %s.",
                check.pairsWithoutChart(),
                charts));
      }
      if (spool.lines(ResultFile.DEAD_LETTERS) > 0) {
        console.line(
            "Some rows could not be used; "
                + out.resolve(ResultFile.DEAD_LETTERS.fileName())
                + " says which and why.");
      }
    }
  }
}
