package io.cosmichub.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.cosmichub.aspect.AspectSet;
import io.cosmichub.chart.Body;
import io.cosmichub.contracts.Topics;
import java.io.File;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.openqa.selenium.By;
import org.openqa.selenium.Keys;
import org.openqa.selenium.chrome.ChromeDriver;

/**
 * The whole demo as {@code ./run demo} starts it, kcat at one end and Chromium at the other.
 * Pictures of it are kept in {@code target/screenshots}, beside those of {@link LooksIT}.
 */
final class DemoPageIT {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final int HEIGHT = 1_700;
  private static final String WHEEL = "[data-panel]:not([hidden]) .wheel .line";

  /** The first window of everyone closes once no more charts of people come for half a minute. */
  private static final Duration FIRST_WINDOW = Duration.ofMinutes(3);

  /** The views of the sample, and what each shows last. */
  private static final List<Map.Entry<String, String>> VIEWS =
      List.of(
          Map.entry("pair/couple-0001", WHEEL),
          Map.entry("sky/person-0244", WHEEL),
          Map.entry("population", ".histogram"),
          Map.entry("experiments", "#view-experiments .empty"),
          Map.entry("send", "#send-pairId"),
          Map.entry("pipeline", "#view-pipeline canvas"));

  private final Random random = new Random(11);
  private Path directory = Path.of("");

  @Test
  void whatKcatSendsShowsOnThePageAlsoWhenTheGatewayIsKilled(@TempDir Path temporary)
      throws Exception {
    directory = temporary;
    int kafka = freePort();
    int page = freePort();
    Process demo = demo(kafka, page, "--no-sample-data");
    try {
      Stage.until(() -> demo.isAlive() && answers(kafka) && answers(page));
      List<String> said = Files.readAllLines(directory.resolve("demo.txt"));
      assertThat(said.get(said.indexOf("CosmicHub Streams demo") + 1))
          .as("what it says first")
          .contains("The page")
          .contains("http://127.0.0.1:" + page + "/");
      int[] a = longitudes();
      int[] b = longitudes();
      kcat(kafka, Topics.CHART_UPDATES, "ada", chart("ada", 1, a));
      kcat(kafka, Topics.CHART_UPDATES, "byron", chart("byron", 1, b));
      String watch = "{\"pairId\":\"ours\",\"chartA\":\"ada\",\"chartB\":\"byron\"}";
      kcat(kafka, Topics.PAIR_WATCHES, "ours", watch);
      ChromeDriver browser = Browser.start();
      try {
        browser.get("http://127.0.0.1:" + page + "/");
        Keyboard keyboard = new Keyboard(browser);
        keyboard.tabTo("#pair-id");
        keyboard.press("ours", Keys.ENTER);
        awaitGrid(browser, Stage.between(a, b));
        keyboard.tabTo("[aria-label='Aspect grid']");
        a[0] = (a[0] + 100_000_000) % 360_000_000;
        kcat(kafka, Topics.CHART_UPDATES, "ada", chart("ada", 2, a));
        awaitGrid(browser, Stage.between(a, b));
        assertThat(browser.findElements(By.cssSelector(".changes time"))).isNotEmpty();
        Stage.until(() -> browser.findElements(By.cssSelector(".grid td.lit")).isEmpty());
        assertThat(Axe.faults(browser)).isEmpty();

        kill(gatewayOf(demo));
        Stage.until(() -> status(browser).startsWith("Connection lost. What you see is from "));
        for (long revision = 3; revision < 6; revision++) {
          a[(int) revision] = (a[(int) revision] + 100_000_000) % 360_000_000;
          kcat(kafka, Topics.CHART_UPDATES, "ada", chart("ada", revision, a));
        }
        // The demo starts it again, and says so.
        awaitGrid(browser, Stage.between(a, b));
        Stage.until(() -> status(browser).startsWith("Live"));
        b[9] = (b[9] + 100_000_000) % 360_000_000;
        kcat(kafka, Topics.CHART_UPDATES, "byron", chart("byron", 2, b));
        awaitGrid(browser, Stage.between(a, b));
        assertThat(Files.readString(directory.resolve("demo.txt")))
            .contains("The gateway has ended by itself with status 137 and is started again; ");
      } finally {
        browser.quit();
      }
    } finally {
      demo.destroy(); // as Ctrl-C does; it ends what it started
      assertThat(demo.waitFor(60, TimeUnit.SECONDS)).isTrue();
    }
  }

  @Test
  void everyViewOfTheSampleFitsAtThreeWidths(@TempDir Path temporary) throws Exception {
    directory = temporary;
    int page = freePort();
    Process demo = demo(freePort(), page);
    try {
      Stage.until(() -> demo.isAlive() && answers(page));
      ChromeDriver browser = Browser.start();
      try {
        String address = "http://127.0.0.1:" + page + "/#";
        browser.get(address + "population");
        Stage.until(FIRST_WINDOW, () -> Browser.shows(browser, ".histogram"));
        for (int width : List.of(390, 820, 1440)) {
          for (String scheme : List.of("light", "dark")) {
            Browser.size(browser, width, HEIGHT);
            Browser.scheme(browser, scheme);
            for (Map.Entry<String, String> view : VIEWS) {
              browser.get(address + view.getKey());
              Stage.until(() -> Browser.shows(browser, view.getValue()));
              Browser.keep(
                  browser,
                  "demo-" + view.getKey().replaceFirst("/.*", "") + "-" + scheme + "-" + width);
              assertThat(Browser.overflow(browser)).as(view.getKey()).isZero();
            }
          }
        }
      } finally {
        browser.quit();
      }
    } finally {
      demo.destroy();
      assertThat(demo.waitFor(60, TimeUnit.SECONDS)).isTrue();
    }
  }

  private void awaitGrid(ChromeDriver browser, AspectSet set) {
    Map<String, String> expected = Browser.words(set);
    Stage.until(() -> Browser.grid(browser).equals(expected));
  }

  private static String status(ChromeDriver browser) {
    return browser.findElement(By.id("status-text")).getText();
  }

  /** The process with the page that the demo started. */
  private static ProcessHandle gatewayOf(Process demo) {
    return demo.descendants()
        .filter(process -> commandLine(process).contains("io.cosmichub.gateway.Main"))
        .findFirst()
        .orElseThrow();
  }

  /** As the system has it; Java's own view of it leaves out what is long. */
  private static String commandLine(ProcessHandle process) {
    try {
      return Files.readString(Path.of("/proc", Long.toString(process.pid()), "cmdline"));
    } catch (IOException e) {
      return ""; // it has ended
    }
  }

  /** As {@code kill -9} does. */
  private static void kill(ProcessHandle process) {
    assertThat(process.destroyForcibly()).isTrue();
    process.onExit().join();
  }

  private Process demo(int kafka, int page, String... options) throws IOException {
    Path root = Path.of("").toAbsolutePath().resolve("../..").normalize();
    Path target = root.resolve("jobs/quickstart/target");
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.add("@" + root.resolve("deploy/jvm.options"));
    command.add("@" + root.resolve("deploy/demo.options"));
    command.add("-cp");
    command.add(
        target.resolve("classes")
            + File.pathSeparator
            + Files.readString(target.resolve("classpath")).strip());
    command.add("io.cosmichub.quickstart.Demo");
    command.add("--data-dir=" + directory.resolve("data"));
    command.add("--kafka-port=" + kafka);
    command.add("--flink-port=" + freePort());
    command.add("--metrics-port=" + freePort());
    command.add("--page-port=" + page);
    command.addAll(List.of(options));
    return new ProcessBuilder(command)
        .directory(root.toFile())
        .redirectErrorStream(true)
        .redirectOutput(directory.resolve("demo.txt").toFile())
        .start();
  }

  private void kcat(int port, String topic, String key, String value) throws Exception {
    Path line = Files.writeString(directory.resolve("line"), key + "|" + value + "\n");
    Process kcat =
        new ProcessBuilder(
                "kcat",
                "-P",
                "-b",
                "127.0.0.1:" + port,
                "-t",
                topic,
                "-K",
                "|",
                "-l",
                line.toString())
            .inheritIO()
            .start();
    assertThat(kcat.waitFor()).isZero();
  }

  private static String chart(String id, long revision, int[] longitudes) {
    ObjectNode chart = JSON.createObjectNode();
    chart.put("chartId", id).put("revision", Long.toString(revision));
    ObjectNode positions = chart.putObject("positions");
    for (int slot = 0; slot < longitudes.length; slot++) {
      positions.putObject(Body.ofSlot(slot).id()).put("longitude", longitudes[slot] / 1e6);
    }
    return chart.toString();
  }

  private static boolean answers(int port) {
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
      return socket.isConnected();
    } catch (IOException e) {
      return false;
    }
  }

  private static int freePort() throws IOException {
    try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return free.getLocalPort();
    }
  }

  private int[] longitudes() {
    return random.ints(10, 0, 360_000_000).toArray();
  }
}
