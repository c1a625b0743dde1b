package io.cosmichub.scan;

import io.cosmichub.aspect.AspectPolicy;
import io.cosmichub.contracts.Format;
import io.cosmichub.kernels.BatchKernel;
import io.cosmichub.kernels.Kernels;
import io.cosmichub.kernels.Ranking;
import io.cosmichub.population.privacy.Anonymity;
import io.cosmichub.quickstart.Console;
import io.cosmichub.quickstart.DataDirectory;
import io.cosmichub.quickstart.LogFile;
import io.cosmichub.quickstart.UsageException;
import io.cosmichub.topics.TopicException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Locale;
import java.util.Properties;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import org.slf4j.LoggerFactory;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/**
 * {@code ./run scan}: every chart of a file or topic against every other. Exits with 0 when the
 * results are written, 1 if the job failed, 2 if a file or an option is not as it must be, 3 if the
 * results are written and a check found the kernel wrong, so that they may be wrong.
 */
@Command(
    name = "./run scan",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    description = {
      "Scores every chart of CSV files, or of the topic of charts, with every other and writes to a"
          + " folder:",
      "  matches.jsonl       the best partners of each chart",
      "  distribution.jsonl  how the scores of all pairs are distributed",
      "  prevalence.jsonl    how often each aspect holds between each two bodies",
      "  patterns.jsonl      which aspects come together, among all pairs and among best matches",
      "  shapes.jsonl        named figures, in charts and across the charts of pairs",
      "  report.html         the same as one page with plots",
      "  cost.json           what the run took",
      "Broken off, it goes on where it was when it is started again with the same charts and"
          + " folder."
    },
    footer = {
      "",
      "Columns: chart_id, and the longitude of each body in degrees (sun moon mercury venus mars"
          + " jupiter saturn",
      "uranus neptune pluto). A missing column or cell is a missing body; other columns are not"
          + " used. A row that",
      "cannot be used is a line of left-out.jsonl. The file may be gzipped.",
      "matches.jsonl speaks of single people; the other files rest on --people people or more in"
          + " every figure.",
      "Exit status: 0 written, 1 failed, 2 a file or an option is wrong, 3 written, but a check found"
          + " the kernel wrong."
    })
public final class PopulationScan implements Callable<Integer> {

  private static final int FAILED = 1;
  private static final int KERNEL_WRONG = 3;
  private static final String REPORT = "report.html";

  @Mixin private final ScanOptions options = new ScanOptions();

  private final Console console;
  private final ScanKernels kernels;

  PopulationScan(Console console, ScanKernels kernels) {
    this.console = console;
    this.kernels = kernels;
  }

  /** See {@code --help}. */
  public static void main(String[] args) {
    System.exit(
        new CommandLine(new PopulationScan(Console.standard(), ScanKernels.known())).execute(args));
  }

  @Override
  public Integer call() throws IOException {
    DataDirectory scratch = DataDirectory.temporary("cosmichub-scan-");
    LogFile.use(scratch.log());
    try {
      KernelTrust trust = scan(scratch);
      if (trust.warning().isEmpty()) {
        scratch.release();
        return CommandLine.ExitCode.OK;
      }
      console.line(trust.warning() + " The log: " + scratch.log());
      return KERNEL_WRONG;
    } catch (UsageException | TopicException e) {
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
    } catch (IOException | UncheckedIOException e) {
      scratch.release();
      console.line("scan: " + ScanChecks.said(e));
      return FAILED;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return FAILED;
    }
  }

  /** Scans; what the kernels did. */
  private KernelTrust scan(DataDirectory scratch)
      throws IOException, InterruptedException, ExecutionException {
    check();
    ScanTopics topics = null;
    Properties clients = new Properties();
    if (options.bootstrap != null) {
      clients = ScanTopics.clients(options.bootstrap, options.clientProperties);
      topics = new ScanTopics(clients, Format.of(options.format));
      topics.check();
    }
    Path folder = options.out.resolve("blocks");
    ScanSource source = new ScanSource(options.charts, clients, folder);
    ScanCharts read = source.read(Clock.systemUTC());
    ScanPlan plan = ScanPlan.of(read.ids().size(), options.best);
    sayWhatIsRead(source, read, plan);
    if (plan.charts() < 2) {
      throw new UsageException(source.name() + " has fewer than two charts that can be used");
    }
    ScanChecks.memory(plan, options.parallelism);
    AspectPolicy policy = AspectPolicy.classic();
    ResultFiles files = new ResultFiles(options.out, policy);
    BlockFolder blocks = new BlockFolder(folder, plan, policy);
    boolean anew = source.keep(read);
    blocks.open(read.longitudes());
    if (anew) {
      files.leftOut(read);
    }
    ScanEvents events = new ScanEvents();
    KernelTrust trust;
    try (BatchKernel kernel =
        kernels.open(options.kernelName, policy, options.parallelism, -1, events)) {
      BlockRun run = new BlockRun(blocks, folder, plan, options.parallelism, kernels, console);
      Ranking ranking = run.rank(options.kernelName, scratch.scratch());
      KernelTrust before = KernelTrust.wrongBefore(blocks.wrong() - run.trust().wrongPairs());
      console.status("Counting …");
      ScanFigures figures =
          ScanFigures.of(
              read.longitudes(), ranking, kernel, options.sample, new Anonymity(options.people));
      keep(events.trust(), blocks);
      BestMatches matches = new BestMatches(read, ranking, kernel);
      files.matches(matches);
      keep(events.trust(), blocks);
      files.figures(figures);
      if (topics != null) {
        topics.publish(read, matches, figures, policy);
      }
      trust = run.trust().plus(events.trust()).plus(before);
      ScanCost cost = cost(run, trust, read, kernel, scratch);
      files.cost(cost);
      Files.writeString(
          options.out.resolve(REPORT),
          Report.of(figures, cost, policy, options.people),
          StandardCharsets.UTF_8);
    }
    blocks.delete();
    console.line("Written to " + options.out + "; open " + options.out.resolve(REPORT) + ".");
    return trust;
  }

  /** For the run that goes on, should this one be broken off. */
  private static void keep(KernelTrust ofFigures, BlockFolder blocks) throws IOException {
    if (ofFigures.wrongPairs() > 0) {
      blocks.mistrustFigures(ofFigures.wrongPairs());
    }
  }

  private void check() throws InterruptedException {
    if (options.charts.isEmpty() && options.bootstrap == null) {
      throw new UsageException("--charts or --bootstrap says where the charts are");
    }
    if (options.best < 1
        || options.sample < 1
        || options.parallelism < 1
        || options.numpySeconds < 0) {
      throw new UsageException(
          "--best, --sample and --parallelism are 1 or more, and --numpy is not negative");
    }
    ScanChecks.option("--kernel", () -> Kernels.known().choose(options.kernelName));
    ScanChecks.option("--people", () -> new Anonymity(options.people));
    ScanChecks.option("--format", () -> Format.of(options.format));
    if (options.numpySeconds > 0) {
      NumpyRun.check();
    }
  }

  private void sayWhatIsRead(ScanSource source, ScanCharts read, ScanPlan plan) {
    console.line(
        String.format(
            Locale.ROOT,
            "%,d charts in %s: %,d pairs in %d blocks.",
            plan.charts(),
            source.name(),
            plan.pairs(),
            plan.blocks()));
    if (!read.leftOut().isEmpty()) {
      console.line(
          String.format(
              Locale.ROOT,
              "%,d cannot be used, the first %s; %s lists them.",
              read.leftOut().size(),
              read.leftOut().get(0),
              options.out.resolve(ResultFiles.LEFT_OUT)));
    }
  }

  private ScanCost cost(
      BlockRun run, KernelTrust trust, ScanCharts read, BatchKernel kernel, DataDirectory scratch)
      throws IOException, InterruptedException {
    NumpyRun numpy = null;
    if (options.numpySeconds > 0) {
      console.status("The same with NumPy …");
      numpy =
          NumpyRun.of(
              read.longitudes(),
              options.best,
              options.numpySeconds,
              options.scripts,
              scratch.scratch());
    }
    ScanCost cost =
        new ScanCost(
            options.kernelName,
            run.subtasks(),
            run.kernelTime(),
            run.jobNanos(),
            trust,
            CloseAspects.of(read.longitudes(), kernel.policy()),
            numpy);
    console.line(cost.timeTaken());
    console.line(trust.words());
    console.line(cost.storage());
    if (!cost.comparison().isEmpty()) {
      console.line(cost.comparison());
    }
    return cost;
  }
}
