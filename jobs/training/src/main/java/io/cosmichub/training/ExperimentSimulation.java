package io.cosmichub.training;

import io.cosmichub.experiment.Evaluation;
import io.cosmichub.experiment.SampleSize;
import io.cosmichub.experiment.Simulation;
import io.cosmichub.experiment.Simulation.Figures;
import io.cosmichub.experiment.Simulation.Share;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/**
 * {@code ./run experiment simulate}: how often experiments that are looked at always end otherwise
 * than they should. Exits with 0, or 2 if the question makes no sense.
 */
@Command(
    name = "./run experiment simulate",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    description = {
      "Plays experiments of two arms through, with seeds, looked at after every unit: without an"
          + " effect, with and without CUPED, with",
      "planted ones, and with arms that do not get their share. Prints a table in Markdown."
    })
public final class ExperimentSimulation implements Callable<Integer> {
  private static final double[] EFFECTS = {0.05, 0.1, 0.2, 0.5};
  private static final double[] FAULTS = {0.45, 0.46, 0.48};
  private static final double POWER = 0.8;
  private static final double CORRELATION = 0.7;
  private static final long FAULTY_UNITS = 40_000;

  @Option(
      names = "--runs",
      paramLabel = "N",
      defaultValue = "2000",
      description = "Experiments of each kind. Default: ${DEFAULT-VALUE}.")
  private int runs;

  @Option(
      names = "--units",
      paramLabel = "N",
      defaultValue = "5000",
      description = "Units of each arm without an effect. Default: ${DEFAULT-VALUE}.")
  private long units;

  @Option(
      names = "--seed",
      paramLabel = "N",
      defaultValue = "1",
      description =
          "Of the first experiment; each further one has the next. Default: ${DEFAULT-VALUE}.")
  private long seed;

  /** Runs the command and exits. */
  public static void main(String[] args) {
    System.exit(commandLine().execute(args));
  }

  static CommandLine commandLine() {
    return new CommandLine(new ExperimentSimulation())
        .setExecutionExceptionHandler(
            (e, command, parsed) -> {
              command.getErr().println("experiment simulate: " + e.getMessage());
              return CommandLine.ExitCode.USAGE;
            });
  }

  @Override
  public Integer call() {
    if (runs < 1 || units < 1) {
      throw new UsageException("--runs and --units are 1 or more");
    }
    Simulation simulation = new Simulation(seed, runs);
    System.out.println("| experiments | looked at until | which | runs | share | 95 % interval |");
    System.out.println("|---|---|---|---|---|---|");
    for (Figures figures : Figures.values()) {
      line(
          "no effect, figures " + named(figures),
          2 * units,
          "ever significant",
          simulation.everSignificant(figures, 0, figures.deviation() / 10, units));
    }
    for (Figures figures : Figures.values()) {
      line(
          String.format(
              Locale.ROOT,
              "no effect, figures %s, less what was known before (correlation %.1f)",
              named(figures),
              CORRELATION),
          2 * units,
          "ever significant",
          simulation.everSignificantWithHistory(
              figures, CORRELATION, figures.deviation() / 10, units));
    }
    for (double effect : EFFECTS) {
      long planned = SampleSize.of(effect, 1, 0, 0.5, POWER, Evaluation.ALPHA).always();
      line(
          "an effect of " + effect + " standard deviations",
          planned,
          "shown",
          simulation.everSignificant(Figures.NORMAL, effect, effect, planned / 2));
    }
    line("arms at 50 to 50", 2 * units, "called broken", simulation.everBroken(0.5, 2 * units));
    for (double fault : FAULTS) {
      line(
          String.format(Locale.ROOT, "arms at %.0f to %.0f", 100 * fault, 100 * (1 - fault)),
          FAULTY_UNITS,
          "called broken",
          simulation.everBroken(fault, FAULTY_UNITS));
    }
    return CommandLine.ExitCode.OK;
  }

  private static String named(Figures figures) {
    return figures.name().toLowerCase(Locale.ROOT).replace('_', ' ');
  }

  private static void line(String experiments, long until, String which, Share share) {
    System.out.printf(
        Locale.ROOT,
        "| %s | %d units | %s | %d of %d | %.2f %% | %.2f to %.2f %% |%n",
        experiments,
        until,
        which,
        share.hits(),
        share.runs(),
        100 * share.of(),
        100 * share.low(),
        100 * share.high());
  }
}
