package io.cosmichub.scan;

import io.cosmichub.aspect.AspectPolicy;
import io.cosmichub.kernels.BatchKernel;
import io.cosmichub.kernels.Kernels;
import io.cosmichub.kernels.Ranking;
import io.cosmichub.population.privacy.Anonymity;
import io.cosmichub.quickstart.Console;
import io.cosmichub.quickstart.DataDirectory;
import io.cosmichub.quickstart.LogFile;
import io.cosmichub.quickstart.UsageException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.flink.api.common.JobExecutionResult;
import org.apache.flink.core.execution.JobClient;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.slf4j.LoggerFactory;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/**
 * {@code ./run scan}: every chart of a file against every other. Exits with 0 when the results are
 * written, 1 if the job failed, 2 if a file or an option is not as it must be.
 */
@Command(
    name = "./run scan",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    description = {
      "Scores every chart of a CSV file with every other and writes to a folder:",
      "  matches.jsonl       the best partners of each chart",
      "  distribution.jsonl  how the scores of all pairs are distributed",
      "  prevalence.jsonl    how often each aspect holds between each two bodies",
      "  patterns.jsonl      which aspects come together, among all pairs and among best matches",
      "  shapes.jsonl        named figures, in charts and across the charts of pairs",
      "  report.html         the same as one page with plots",
      "Broken off, it goes on where it was when it is started again with the same file and folder."
    },
    footer = {
      "",
      "Columns: chart_id, and the longitude of each body in degrees (sun moon mercury venus mars jupiter saturn",
      "uranus neptune pluto). A missing column or cell is a missing body; other columns are not used. A row that",
      "cannot be used is a line of left-out.jsonl. The file may be gzipped.",
      "matches.jsonl speaks of single people; the other files rest on --people people or more in every figure."
    })
public final class PopulationScan implements Callable<Integer> {

  private static final int FAILED = 1;
  private static final long TICK_MILLIS = 500;

  @Option(names = "--charts", required = true, paramLabel = "FILE", description = "Charts.")
  private Path charts = Path.of("");

  @Option(
      names = "--out",
      required = true,
      paramLabel = "DIR",
      description =
          "Folder of the results; created if need be, files of the same name are replaced.")
  private Path out = Path.of("");

  @Option(
      names = "--best",
      paramLabel = "N",
      defaultValue = "10",
      description = "How many partners of each chart are kept (${DEFAULT-VALUE}).")
  private int best;

  @Option(
      names = "--people",
      paramLabel = "N",
      defaultValue = "20",
      description = "On how many people a published figure rests at least (${DEFAULT-VALUE}).")
  private int people;

  @Option(
      names = "--sample",
      paramLabel = "N",
      defaultValue = "50000",
      description =
          "How many pairs, drawn from all, patterns and figures of pairs are told from"
              + " (${DEFAULT-VALUE}).")
  private int sample;

  @Option(
      names = "--parallelism",
      paramLabel = "N",
      description = "How many subtasks share the blocks (the processors there are).")
  private int parallelism = Runtime.getRuntime().availableProcessors();

  @Option(
      names = "--kernel",
      paramLabel = "NAME",
      defaultValue = "vector",
      description = "vector, reference, cuda or auto (${DEFAULT-VALUE}).")
  private String kernelName = "vector";

  private final Console console;

  PopulationScan(Console console) {
    this.console = console;
  }

  /** See {@code --help}. */
  public static void main(String[] args) {
    System.exit(new CommandLine(new PopulationScan(Console.standard())).execute(args));
  }

  @Override
  public Integer call() throws IOException {
    DataDirectory scratch = DataDirectory.temporary("cosmichub-scan-");
    LogFile.use(scratch.log());
    try {
      scan(scratch);
      scratch.release();
      return CommandLine.ExitCode.OK;
    } catch (UsageException e) {
      scratch.release();
      console.line("scan: " + e.getMessage());
      return CommandLine.ExitCode.USAGE;
    } catch (ExecutionException e) {
      Throwable cause = e;
      while (cause.getCause() != null) {
        cause = cause.getCause();
      }
      LoggerFactory.getLogger(PopulationScan.class).error("The job failed", e);
      console.line(
          "scan: the job failed: "
              + cause
              + "; started again it goes on where it was; the log: "
              + scratch.log());
      return FAILED;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return FAILED;
    }
  }

  private void scan(DataDirectory scratch)
      throws IOException, InterruptedException, ExecutionException {
    check();
    AspectPolicy policy = AspectPolicy.classic();
    ScanCharts read = ScanCharts.read(charts);
    ScanPlan plan = ScanPlan.of(read.ids().size(), best);
    sayWhatIsRead(read, plan);
    if (plan.charts() < 2) {
      throw new UsageException(charts + " has fewer than two charts that can be used");
    }
    BlockFolder blocks = new BlockFolder(out.resolve("blocks"), plan, policy);
    blocks.open(read.longitudes());
    try (BatchKernel kernel = Kernels.open(kernelName, policy)) {
      Ranking ranking = rank(blocks, plan, scratch);
      console.status("Counting …");
      Anonymity anonymity = new Anonymity(people);
      ScanFigures figures = ScanFigures.of(read.longitudes(), ranking, kernel, sample, anonymity);
      ResultFiles files = new ResultFiles(out, policy);
      files.leftOut(read);
      files.matches(read, ranking, kernel);
      files.figures(figures);
      Files.writeString(
          out.resolve("report.html"), Report.of(figures, policy, people), StandardCharsets.UTF_8);
    }
    blocks.delete();
    console.line("Written to " + out + "; open " + out.resolve("report.html") + ".");
  }

  private void check() {
    if (best < 1 || sample < 1 || parallelism < 1) {
      throw new UsageException("--best, --sample and --parallelism are 1 or more");
    }
    try {
      Kernels.known().choose(kernelName);
      Anonymity unused = new Anonymity(people);
    } catch (IllegalArgumentException e) {
      throw new UsageException(String.valueOf(e.getMessage()), e);
    }
  }

  private void sayWhatIsRead(ScanCharts read, ScanPlan plan) {
    console.line(
        String.format(
            Locale.ROOT,
            "%,d charts in %s: %,d pairs in %d blocks.",
            plan.charts(),
            charts,
            plan.pairs(),
            plan.blocks()));
    if (!read.leftOut().isEmpty()) {
      ScanCharts.LeftOut first = read.leftOut().get(0);
      console.line(
          String.format(
              Locale.ROOT,
              "%,d rows cannot be used, the first on line %d: %s; %s lists them.",
              read.leftOut().size(),
              first.line(),
              first.why(),
              out.resolve(ResultFiles.LEFT_OUT)));
    }
  }

  /** Runs the job; a block whose file turns out not to be whole is done again. */
  private Ranking rank(BlockFolder blocks, ScanPlan plan, DataDirectory scratch)
      throws IOException, InterruptedException, ExecutionException {
    long before = blocks.pairsDone();
    if (before > 0) {
      console.line(String.format(Locale.ROOT, "%,d pairs were done before.", before));
    }
    while (true) {
      run(blocks, plan, scratch);
      Ranking ranking = blocks.ranking();
      boolean whole = true;
      for (int block = 0; block < plan.blocks(); block++) {
        whole &= blocks.merge(block, ranking);
      }
      if (whole) {
        return ranking;
      }
    }
  }

  private void run(BlockFolder blocks, ScanPlan plan, DataDirectory scratch)
      throws InterruptedException, ExecutionException {
    StreamExecutionEnvironment environment =
        StreamExecutionEnvironment.createLocalEnvironment(
            Math.min(parallelism, plan.blocks()), ScanJob.configuration(scratch.scratch()));
    ScanJob.define(environment, out.resolve("blocks"), plan, kernelName);
    long start = System.nanoTime();
    long before = blocks.pairsDone();
    CompletableFuture<JobExecutionResult> result = submit(environment).getJobExecutionResult();
    JobExecutionResult job;
    while (true) {
      try {
        job = result.get(TICK_MILLIS, TimeUnit.MILLISECONDS);
        break;
      } catch (TimeoutException e) {
        console.status(progress(blocks.pairsDone(), before, plan, System.nanoTime() - start));
      }
    }
    long kernel = job.getAccumulatorResult(RankBlocks.KERNEL_NANOS);
    console.line(
        progress(blocks.pairsDone(), before, plan, System.nanoTime() - start)
            + String.format(Locale.ROOT, "; kernel time %.2f s", kernel / 1e9));
  }

  private static String progress(long done, long before, ScanPlan plan, long nanos) {
    return String.format(
        Locale.ROOT,
        "%,d of %,d pairs, %.1f M pairs/s, %d s",
        done,
        plan.pairs(),
        (done - before) * 1e3 / nanos,
        TimeUnit.NANOSECONDS.toSeconds(nanos));
  }

  private static JobClient submit(StreamExecutionEnvironment environment)
      throws ExecutionException {
    try {
      return environment.executeAsync("population scan");
    } catch (Exception e) {
      throw new ExecutionException(e);
    }
  }
}
