package io.cosmichub.quickstart;

import java.io.IOException;
import java.time.Clock;
import java.util.concurrent.Callable;
import org.slf4j.LoggerFactory;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/**
 * {@code ./run demo}: a real broker, a real Flink and the moving sky in one process. Exits with 0
 * when it was ended, 1 if the job or a server failed, 2 if it cannot be started as asked.
 */
@Command(
    name = "./run demo",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    description = {
      "Runs a Kafka broker, Flink and the pipeline in one process, loads 2,709 charts and their pairs,",
      "and lets the sky of 2026 pass over them. Ctrl-C ends it with a summary."
    })
public final class Demo implements Callable<Integer> {

  private static final int FAILED = 1;

  @Mixin private final DemoOptions options = new DemoOptions();

  /** See {@code --help}. */
  public static void main(String[] args) {
    StopSignals signals = StopSignals.listen();
    System.exit(new CommandLine(new Demo(signals)).execute(args));
  }

  private final StopSignals signals;

  private Demo(StopSignals signals) {
    this.signals = signals;
  }

  @Override
  public Integer call() throws IOException {
    Console console = Console.standard();
    DataDirectory data;
    try {
      data = DataDirectory.open(options.dataDirectory);
    } catch (UsageException e) {
      console.line("demo: " + e.getMessage());
      return CommandLine.ExitCode.USAGE;
    }
    LogFile.use(data.log());
    boolean failed = true;
    try {
      failed = !run(console, data);
      return failed ? FAILED : CommandLine.ExitCode.OK;
    } catch (UsageException e) {
      failed = false;
      console.line("demo: " + e.getMessage());
      return CommandLine.ExitCode.USAGE;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return FAILED;
    } catch (Exception e) {
      // Not earlier: the first logger fixes where the log goes.
      LoggerFactory.getLogger(Demo.class).error("The demo failed", e);
      console.line("demo: it failed: " + reason(e));
      return FAILED;
    } finally {
      if (failed) {
        console.line("The log: " + data.log());
      } else {
        data.release();
      }
    }
  }

  private boolean run(Console console, DataDirectory data) throws Exception {
    Ports ports = new Ports();
    Addresses addresses =
        new Addresses(
            ports.choose("the broker", "--kafka-port", options.kafkaPort, 9092),
            ports.choose("Flink's web page", "--flink-port", options.flinkPort, 8081),
            ports.choose("the metrics", "--metrics-port", options.metricsPort, 9249),
            Ports.free(),
            ports.choose("the page", "--page-port", options.pagePort, 8088));
    try (DemoRun demo =
        new DemoRun(options, addresses, data, console, signals, Clock.systemUTC())) {
      return demo.execute();
    }
  }

  /**
   * Where everything is.
   *
   * @param figures the port of the metrics that the demo itself reads
   */
  record Addresses(
      Ports.Choice kafka,
      Ports.Choice flink,
      Ports.Choice metrics,
      int figures,
      Ports.Choice page) {}

  private static String reason(Throwable fault) {
    Throwable cause = fault;
    while (cause.getCause() != null) {
      cause = cause.getCause();
    }
    String message = cause.getMessage();
    return message == null || message.isBlank()
        ? cause.getClass().getSimpleName()
        : cause.getClass().getSimpleName() + ": " + message;
  }
}
