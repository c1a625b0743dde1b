package io.cosmichub.training;

import io.cosmichub.experiment.SampleSize;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/**
 * {@code ./run experiment plan}: how many units an experiment needs. Exits with 0, or 2 if the
 * question makes no sense.
 */
@Command(
    name = "./run experiment plan",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    description = "How many units an experiment of two arms needs, and how long that takes.",
    footer = {
      "",
      "Looking once means one test at the end. Looking always means that one may look, and stop, at any time."
    })
public final class ExperimentPlan implements Callable<Integer> {
  @Option(
      names = "--effect",
      required = true,
      paramLabel = "X",
      description = "The smallest difference of the metric that matters.")
  private double effect;

  @Option(
      names = "--deviation",
      required = true,
      paramLabel = "X",
      description = "The standard deviation of the metric between units.")
  private double deviation;

  @Option(
      names = "--correlation",
      paramLabel = "R",
      defaultValue = "0",
      description = "Of the metric with the units' earlier figure. Default: ${DEFAULT-VALUE}.")
  private double correlation;

  @Option(
      names = "--share",
      paramLabel = "X",
      defaultValue = "0.5",
      description = "The part of the units that the treatment gets. Default: ${DEFAULT-VALUE}.")
  private double share;

  @Option(
      names = "--power",
      paramLabel = "X",
      defaultValue = "0.8",
      description = "How often the effect shall show. Default: ${DEFAULT-VALUE}.")
  private double power;

  @Option(
      names = "--alpha",
      paramLabel = "X",
      defaultValue = "0.05",
      description = "How often no effect may look like one. Default: ${DEFAULT-VALUE}.")
  private double alpha;

  @Option(
      names = "--units-per-day",
      paramLabel = "N",
      defaultValue = "0",
      description = "New units a day that take part; adds the days that it takes.")
  private double unitsPerDay;

  /** Runs the command and exits. */
  public static void main(String[] args) {
    System.exit(commandLine().execute(args));
  }

  static CommandLine commandLine() {
    return new CommandLine(new ExperimentPlan())
        .setExecutionExceptionHandler(
            (e, command, parsed) -> {
              command.getErr().println("experiment plan: " + e.getMessage());
              return CommandLine.ExitCode.USAGE;
            });
  }

  @Override
  public Integer call() {
    SampleSize size = SampleSize.of(effect, deviation, correlation, share, power, alpha);
    System.out.println("units in both arms, looking once:   " + withDays(size.fixed()));
    System.out.println("units in both arms, looking always: " + withDays(size.always()));
    return CommandLine.ExitCode.OK;
  }

  private String withDays(long units) {
    return unitsPerDay > 0
        ? units + ", " + (long) Math.ceil(units / unitsPerDay) + " days"
        : Long.toString(units);
  }
}
