package io.cosmichub.bench;

import io.cosmichub.contracts.TopicCatalog;
import io.cosmichub.quickstart.LocalBroker;
import java.io.PrintStream;
import java.net.URI;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.Callable;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/**
 * {@code ./run bench gateway}: from a live record's send to a client's callback, with very many
 * clients; the same beside one that stops reading; and what is left after very many have gone.
 */
@Command(
    name = "./run bench gateway",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    description = {
      "From a live record's send to the callbacks of very many clients; the same with one more that",
      "stops reading; heap of the gateway after very many have come and gone. Broker and clients are",
      "in this process, the gateway in one of its own, all on this machine."
    })
public final class GatewayBenchmark implements Callable<Integer> {

  @Option(names = "--clients", description = "Clients (${DEFAULT-VALUE}).")
  private int clients = 2_000;

  @Option(names = "--subscriptions", description = "Pairs that each follows (${DEFAULT-VALUE}).")
  private int subscriptions = 20;

  @Option(
      names = "--followers",
      description = "Clients that follow the same pair (${DEFAULT-VALUE}).")
  private int followers = 1;

  @Option(names = "--rate", description = "Live records a second (${DEFAULT-VALUE}).")
  private int rate = 1_000;

  @Option(names = "--seconds", description = "How long each run measures (${DEFAULT-VALUE}).")
  private int seconds = 15;

  @Option(names = "--rounds", description = "Runs of each kind, in turn (${DEFAULT-VALUE}).")
  private int rounds = 3;

  @Option(
      names = "--compare",
      paramLabel = "PAIRS",
      description = {
        "Short runs in so many pairs, too, with one that does not read and without, each first in",
        "turn: the median of the differences of their p99, and from where to where it may lie in 95",
        "of 100 cases; six pairs at least (${DEFAULT-VALUE})."
      })
  private int compare;

  @Option(
      names = "--compare-seconds",
      description = "How long each of these measures (${DEFAULT-VALUE}).")
  private int compareSeconds = 5;

  @Option(
      names = "--browser",
      description = {
        "To a page in Chromium, too: all records are of 250 pairs that it follows, and come to Java",
        "clients as well. From the time of the record in Kafka, which its producer gives it, to",
        "Date.now() in the callback of the page's WebSocket: whole milliseconds of one clock. Needs",
        "Debian's chromium and chromium-driver."
      })
  private boolean browser;

  @Option(names = "--connects", description = "Clients that come and go (${DEFAULT-VALUE}).")
  private int connects = 10_000;

  @Option(
      names = "--demo",
      paramLabel = "URL",
      description =
          "The page of a demo that runs: measure there, from a chart update's send to the delta on a WebSocket, and leave out the rest.")
  private @Nullable URI demo;

  @Option(
      names = "--page",
      description =
          "With --demo: up to what Chromium has drawn, too; needs Debian's chromium and chromium-driver.")
  private boolean page;

  @Option(
      names = "--bootstrap",
      paramLabel = "HOST:PORT",
      description = "Its broker (${DEFAULT-VALUE}).")
  private String bootstrap = "127.0.0.1:9092";

  @Option(names = "--updates", description = "Chart updates a second to it (${DEFAULT-VALUE}).")
  private int updates = 20;

  @Option(names = "--json", description = "Write the figures to this file, too.")
  private Path json = Path.of("");

  @Option(names = "--gateway", hidden = true)
  private Path gateway = Path.of("jobs", "gateway");

  private final PrintStream out = System.out;
  private final GatewayFigures figures = new GatewayFigures();

  private GatewayBenchmark() {}

  /** See {@code --help}. */
  public static void main(String[] args) {
    System.exit(new CommandLine(new GatewayBenchmark()).execute(args));
  }

  @Override
  public Integer call() throws Exception {
    if ((browser || page) && !Chromium.installed()) {
      System.err.println("Install Debian's packages chromium and chromium-driver.");
      return CommandLine.ExitCode.USAGE;
    }
    Scratch scratch = Scratch.create();
    if (demo == null) {
      measure(scratch.folder());
    } else {
      try (DemoLatency latency = new DemoLatency(demo, bootstrap)) {
        latency.measure(updates, seconds, figures);
        if (page) {
          latency.measureOnPage(demo, seconds, figures);
        }
      } catch (DemoEnded e) {
        scratch.delete();
        System.err.println("Broken off: " + e.getMessage());
        return CommandLine.ExitCode.SOFTWARE;
      }
    }
    out.printf("%n%s", figures.table());
    JsonReport.write(json, figures::json, out);
    scratch.delete();
    return CommandLine.ExitCode.OK;
  }

  private void measure(Path folder) throws Exception {
    int pairs = Math.max(1, clients * subscriptions / followers);
    try (LocalBroker broker = LocalBroker.start(folder.resolve("broker"))) {
      createTopics(broker.bootstrapServers());
      // Who does not read stays, so that it can be measured what that costs.
      try (GatewayProcess process =
              GatewayProcess.start(
                  gateway, broker.bootstrapServers(), "30m", folder.resolve("gateway.log"));
          LiveRecords records = new LiveRecords(broker.bootstrapServers(), pairs)) {
        GatewayLoad load = new GatewayLoad(clients, subscriptions, rate, seconds);
        GatewayRuns runs = new GatewayRuns(process, records, load, figures, out);
        runs.together(rounds, browser, compare, compareSeconds);
        runs.comeAndGo(connects);
      }
    }
  }

  private static void createTopics(String bootstrapServers) throws Exception {
    try (Admin admin = Admin.create(Map.of("bootstrap.servers", bootstrapServers))) {
      admin
          .createTopics(
              TopicCatalog.load().stream()
                  .map(entry -> new NewTopic(entry.topic(), entry.partitions(), (short) 1))
                  .toList())
          .all()
          .get();
    }
  }
}
