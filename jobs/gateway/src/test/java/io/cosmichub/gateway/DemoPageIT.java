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
import java.util.Map;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.openqa.selenium.By;
import org.openqa.selenium.Keys;
import org.openqa.selenium.chrome.ChromeDriver;

/** The whole demo as {@code ./run demo} starts it, kcat at one end and Chromium at the other. */
final class DemoPageIT {
  private static final ObjectMapper JSON = new ObjectMapper();

  private final Random random = new Random(11);
  private Path directory = Path.of("");

  @Test
  void whatKcatSendsShowsOnThePageAlsoWhenTheGatewayIsKilled(@TempDir Path temporary)
      throws Exception {
    directory = temporary;
    int kafka = freePort();
    int page = freePort();
    Process demo = demo(kafka, page);
    try {
      Stage.until(() -> demo.isAlive() && answers(kafka) && answers(page));
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
        Path output = directory.resolve("gateway.txt");
        try (GatewayChild again = GatewayChild.start("127.0.0.1:" + kafka, page, output)) {
          awaitGrid(browser, Stage.between(a, b));
          Stage.until(() -> status(browser).startsWith("Live"));
          b[9] = (b[9] + 100_000_000) % 360_000_000;
          kcat(kafka, Topics.CHART_UPDATES, "byron", chart("byron", 2, b));
          awaitGrid(browser, Stage.between(a, b));
        }
      } finally {
        browser.quit();
      }
    } finally {
      demo.destroy(); // as Ctrl-C does; it ends what it started
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

  /** The process with the page that the demo started; it does not start it again. */
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

  private Process demo(int kafka, int page) throws IOException {
    Path root = Path.of("").toAbsolutePath().resolve("../..").normalize();
    Path target = root.resolve("jobs/quickstart/target");
    return new ProcessBuilder(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "@" + root.resolve("deploy/jvm.options"),
            "-cp",
            target.resolve("classes")
                + File.pathSeparator
                + Files.readString(target.resolve("classpath")).strip(),
            "io.cosmichub.quickstart.Demo",
            "--no-sample-data",
            "--data-dir=" + directory.resolve("data"),
            "--kafka-port=" + kafka,
            "--flink-port=" + freePort(),
            "--metrics-port=" + freePort(),
            "--page-port=" + page)
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
