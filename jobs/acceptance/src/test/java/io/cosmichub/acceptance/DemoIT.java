package io.cosmichub.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.cosmichub.acceptance.Goldens.People;
import io.cosmichub.contracts.Format;
import java.io.Closeable;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.http.HttpClient;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The demo as a user has it: a process of its own, started as {@code ./run demo} starts it once
 * everything is built.
 */
final class DemoIT {

  private static final Duration LIMIT = Duration.ofMinutes(2);
  private static final int USUAL_METRICS_PORT = 9249;

  private final Path directory;

  DemoIT(@TempDir Path directory) {
    this.directory = directory;
  }

  @ParameterizedTest
  @CsvSource({"JSON, 1", "PROTOBUF, max"})
  void itRunsForAsLongAsAskedShowsDeltasAndSumsUp(Format format, String speed) throws Exception {
    int kafkaPort = Cluster.freePort();
    int flinkPort = Cluster.freePort();
    int metricsPort = Cluster.freePort();
    int pagePort = Cluster.freePort();
    long started = System.nanoTime();
    try (Child demo =
        demo(
            "--for=8s",
            "--speed=" + speed,
            "--format=" + format.name().toLowerCase(Locale.ROOT),
            "--kafka-port=" + kafkaPort,
            "--flink-port=" + flinkPort,
            "--metrics-port=" + metricsPort,
            "--page-port=" + pagePort)) {
      awaitPort(demo, kafkaPort);
      double firstDelta;
      try (Outputs out = outputs(kafkaPort)) {
        out.await("the first delta", LIMIT, () -> running(demo) && out.deltaCount() > 0);
        firstDelta = (System.nanoTime() - started) / 1e9;
        assertThat(Messages.header(out.all(Outputs.DELTAS).get(0), "content-type"))
            .isEqualTo(format.contentType());
      }
      awaitPort(demo, flinkPort);
      awaitPort(demo, pagePort);
      HttpClient client = HttpClient.newHttpClient();
      Await.until(
          "metrics of ours for Prometheus",
          LIMIT,
          () ->
              running(demo)
                  && Accounting.of(Metrics.scrape(client, List.of(metricsPort))).applied() > 0);

      assertThat(demo.exitCode(LIMIT)).as(demo.output()).isZero();
      JsonNode summary = summary();
      System.out.printf(
          Locale.ROOT,
          "demo, %s, speed %s: first delta committed after %.1f s; %,d records in, %,.0f pairs recomputed a second, live p50 %.0f ms, p99 %.0f ms%n",
          format,
          speed,
          firstDelta,
          summary.path("recordsIn").asLong(),
          summary.path("recomputesPerSecond").asDouble(),
          summary.path("updateToLiveP50Millis").asDouble(),
          summary.path("updateToLiveP99Millis").asDouble());
      assertThat(summary.path("pairsRecomputed").asLong()).isGreaterThan(0);
      assertThat(summary.path("deltasOut").asLong()).isGreaterThan(0);
      assertThat(summary.path("skyHours").asLong()).isGreaterThan(0);
      assertThat(demo.output())
          .contains(
              "127.0.0.1:" + kafkaPort,
              "127.0.0.1:" + flinkPort,
              "127.0.0.1:" + metricsPort,
              "http://127.0.0.1:" + pagePort + "/",
              "update to live");
    }
    assertFree(kafkaPort, flinkPort, metricsPort, pagePort);
  }

  @ParameterizedTest
  @ValueSource(strings = {"1", "max"})
  void theModelThatItNamesIsAnnouncedToItAndScores(String speed) throws Exception {
    int kafkaPort = Cluster.freePort();
    String bootstrap = "127.0.0.1:" + kafkaPort;
    try (Child demo =
        demo(
            "--speed=" + speed,
            "--kafka-port=" + kafkaPort,
            "--flink-port=0",
            "--metrics-port=0",
            "--page-port=0")) {
      Await.until(
          "the sky moves",
          LIMIT,
          () -> running(demo) && demo.output().contains("The sky moves"),
          demo::output);
      String model = "docs/examples/model.pb";
      assertThat(demo.output()).contains("./run announce " + model + " --bootstrap " + bootstrap);

      String first = announce(0, model, "--bootstrap", bootstrap, "--share", "50");
      String grown = announce(0, model, "--bootstrap", bootstrap);
      String refused =
          announce(
              3, model, "--bootstrap", bootstrap, "--name", "other", "--reference", "nowhere.pb");

      System.out.print(first);
      Matcher score =
          Pattern.compile("The first score by compatibility@1 came after (\\d+\\.\\d) s")
              .matcher(first);
      assertThat(score.find()).as(first).isTrue();
      System.out.printf(
          Locale.ROOT,
          "demo, speed %s: first score by a new model after %s s%n",
          speed,
          score.group(1));
      assertThat(grown).contains("stands there already", "by compatibility@1 came after");
      assertThat(refused).contains("The job refused other: ARTIFACT_UNREADABLE, ");
      demo.interrupt();
      assertThat(demo.exitCode(LIMIT)).as("after Ctrl-C: " + demo.output()).isZero();
    }
  }

  @Test
  void withoutSampleDataItWorksOnOnesOwn() throws Exception {
    int kafkaPort = Cluster.freePort();
    try (Closeable held = hold(USUAL_METRICS_PORT);
        Child demo =
            demo(
                "--no-sample-data",
                "--kafka-port=" + kafkaPort,
                "--flink-port=" + Cluster.freePort())) {
      awaitPort(demo, kafkaPort);
      People people = Goldens.people();
      Map<String, Integer> one = people.chart("person-0244");
      Map<String, Integer> two = people.chart("person-0118");
      try (Outputs out = outputs(kafkaPort);
          Inputs in = new Inputs("127.0.0.1:" + kafkaPort, Format.JSON)) {
        in.watch("mine", "me", "you");
        in.chart("me", 1, one);
        in.chart("you", 1, two);
        in.flush();
        out.await(
            "the delta of one's own pair",
            LIMIT,
            () -> running(demo) && !out.deltas("mine").isEmpty());
        assertThat(out.deltas("mine").get(0).changes())
            .isEqualTo(Oracle.changes(Map.of(), Oracle.aspects(one, two)));
        assertThat(out.deltaCount()).isEqualTo(1);
      }
      demo.interrupt();

      assertThat(demo.exitCode(LIMIT)).as("after Ctrl-C: " + demo.output()).isZero();
      assertThat(summary().path("recordsIn").asLong()).isEqualTo(3);
      assertThat(demo.output()).contains("port " + USUAL_METRICS_PORT + " is taken");
    }
  }

  @ParameterizedTest
  @EnumSource(PortOption.class)
  void aTakenPortThatWasAskedForIsSaid(PortOption option) throws Exception {
    try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      List<String> arguments = new ArrayList<>(List.of("--no-sample-data", "--for=1s"));
      for (PortOption other : PortOption.values()) {
        arguments.add(
            other.option + "=" + (other == option ? taken.getLocalPort() : Cluster.freePort()));
      }
      try (Child demo = demo(arguments.toArray(String[]::new))) {
        assertThat(demo.exitCode(LIMIT)).isEqualTo(2);
        assertThat(demo.output())
            .contains("port " + taken.getLocalPort())
            .contains("is taken")
            .contains(option.option);
      }
    }
  }

  enum PortOption {
    KAFKA("--kafka-port"),
    FLINK("--flink-port"),
    METRICS("--metrics-port");

    private final String option;

    PortOption(String option) {
      this.option = option;
    }
  }

  private Child demo(String... arguments) throws IOException {
    Path quickstart = Checkout.file("jobs/quickstart/target");
    List<String> command =
        new ArrayList<>(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "@" + Checkout.file("deploy/jvm.options"),
                "@" + Checkout.file("deploy/demo.options"),
                "-cp",
                quickstart.resolve("classes")
                    + File.pathSeparator
                    + Files.readString(quickstart.resolve("classpath")).strip(),
                "io.cosmichub.quickstart.Demo",
                "--data-dir=" + directory.resolve("data"),
                "--summary-json=" + directory.resolve("summary.json")));
    command.addAll(List.of(arguments));
    return Child.start(command, Checkout.root(), Map.of(), directory.resolve("demo.txt"));
  }

  /** What {@code ./run announce} prints, as it is started once everything is built. */
  private String announce(int exitCode, String... arguments) throws IOException {
    Path training = Checkout.file("jobs/training/target");
    List<String> command =
        new ArrayList<>(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                training.resolve("classes")
                    + File.pathSeparator
                    + Files.readString(training.resolve("classpath")).strip(),
                "io.cosmichub.training.Announce",
                "--wait=100"));
    command.addAll(List.of(arguments));
    try (Child announce =
        Child.start(command, Checkout.root(), Map.of(), directory.resolve("announce.txt"))) {
      assertThat(announce.exitCode(LIMIT)).as(announce.output()).isEqualTo(exitCode);
      return announce.output();
    }
  }

  private static Outputs outputs(int kafkaPort) {
    return new Outputs("127.0.0.1:" + kafkaPort, Outputs.SYNASTRY);
  }

  private static void awaitPort(Child demo, int port) {
    Await.until(
        "an answer on port " + port, LIMIT, () -> running(demo) && answers(port), demo::output);
  }

  private static boolean running(Child demo) {
    if (!demo.running()) {
      throw new AssertionError("the demo ended by itself:\n" + demo.output());
    }
    return true;
  }

  private static boolean answers(int port) {
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
      return socket.isConnected();
    } catch (IOException e) {
      return false;
    }
  }

  private static void assertFree(int... ports) {
    for (int port : ports) {
      try {
        new ServerSocket(port).close();
      } catch (IOException e) {
        throw new UncheckedIOException("port " + port + " is still taken", e);
      }
    }
  }

  /** What the demo wrote at its end; every record that it read met a fate, and none was refused. */
  private JsonNode summary() throws IOException {
    JsonNode summary = new ObjectMapper().readTree(directory.resolve("summary.json").toFile());
    assertThat(summary.path("accountingDifference").asLong(-1)).isZero();
    assertThat(summary.path("deadLetters").asLong(-1)).isZero();
    assertThat(summary.path("recordsIn").asLong()).isEqualTo(summary.path("applied").asLong());
    return summary;
  }

  /** Takes a port for a while; where somebody else has it already, that is as good. */
  private static Closeable hold(int port) {
    try {
      return new ServerSocket(port);
    } catch (IOException e) {
      return () -> {};
    }
  }
}
