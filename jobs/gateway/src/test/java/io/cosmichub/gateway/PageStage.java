package io.cosmichub.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import io.cosmichub.chart.Body;
import io.cosmichub.contracts.Format;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.logging.Level;
import org.openqa.selenium.By;
import org.openqa.selenium.WebElement;
import org.openqa.selenium.chrome.ChromeDriver;
import org.openqa.selenium.logging.LogType;

/** The page in Chromium, on a gateway that is a process of its own, on a real broker. */
final class PageStage implements AutoCloseable {
  static final String PAIR = "couple-0001";
  static final String TRANSIT = "transit-you";

  /** Notes what the page sends and is answered, beside sending it. */
  private static final String KEEP_TRAFFIC =
      "window.traffic = []; const send = WebSocket.prototype.send, ask = window.fetch;"
          + "WebSocket.prototype.send = function (text) {"
          + "  window.traffic.push(['live', text]); return send.call(this, text); };"
          + "window.fetch = async (path, options) => { const answer = await ask(path, options);"
          + "  window.traffic.push([options?.method ?? 'GET', path, options?.body ?? null,"
          + "    answer.status, await answer.clone().text()]); return answer; };";

  final Stage stage;
  final ChromeDriver browser;
  final String address;
  final int port;
  private final Keyboard keyboard;
  private final Path directory;
  private final JobFigures job;
  private final Random random = new Random(3);
  private final int[] a = longitudes();
  private final int[] b = longitudes();
  private GatewayChild gateway;
  private long revision = 1;

  private PageStage(Path directory) throws Exception {
    this.directory = directory;
    stage = Stage.start(directory.resolve("broker"));
    try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      port = free.getLocalPort();
    }
    address = "http://127.0.0.1:" + port + "/";
    for (String pair : List.of(PAIR, TRANSIT)) {
      stage.watch(pair, "me", "you");
      stage.move(pair, Stage.between(a, b), true);
    }
    Everyone.publish(stage, 1);
    stage.pattern(Format.JSON, 1, "pairs", "venus-mars trine", Stage.rule(2));
    stage.pattern(Format.PROTOBUF, 1, "pairs", "grand_trine", null);
    stage.result(Format.JSON, "compatibility-model");
    stage.chart("me", revision, a);
    stage.chart("you", 1, b);
    job = JobFigures.start();
    gateway = gateway();
    browser = Browser.start();
    keyboard = new Keyboard(browser);
    browser.executeCdpCommand(
        "Page.addScriptToEvaluateOnNewDocument", Map.of("source", KEEP_TRAFFIC));
    scheme("light");
  }

  /** Two pairs of two charts, what everyone shows together, an experiment, and figures of a job. */
  static PageStage start(Path directory) throws Exception {
    return new PageStage(directory);
  }

  private GatewayChild gateway() throws Exception {
    return GatewayChild.start(
        stage.bootstrapServers(),
        port,
        directory.resolve("gateway.log"),
        "pipeline.metrics=" + job.address(),
        "pipeline.flink-page=http://127.0.0.1:8081");
  }

  void killGateway() throws InterruptedException {
    gateway.kill();
  }

  /** It stands still, with its connections open. */
  void stopGateway() throws Exception {
    gateway.stop();
  }

  void continueGateway() throws Exception {
    gateway.goOn();
  }

  void startGateway() throws Exception {
    gateway = gateway();
  }

  /** The page with the job's figures is out of reach, or is there again. */
  void jobIsAway(boolean away) {
    job.away(away);
  }

  /** The sky moves on: one body of A goes some way. */
  void move() {
    int slot = random.nextInt(10);
    a[slot] = Math.floorMod(a[slot] + 3_000_000 + random.nextInt(9_000_000), 360_000_000);
    revision++;
    stage.chart("me", revision, a);
    for (String pair : List.of(PAIR, TRANSIT)) {
      stage.move(pair, Stage.between(a, b), true);
    }
  }

  /** Where the bodies of A stand: whose and which, and the whole degrees within the sign. */
  Set<String> degrees() {
    Set<String> degrees = new TreeSet<>();
    for (int slot = 0; slot < a.length; slot++) {
      String id = Body.ofSlot(slot).id();
      String name = id.substring(0, 1).toUpperCase(Locale.ROOT) + id.substring(1);
      degrees.add("me: " + name + ", " + a[slot] / 1_000_000 % 30);
    }
    return degrees;
  }

  void open(String hash) {
    checkTraffic();
    browser.get("about:blank");
    browser.get(address + hash);
    awaitConnection();
  }

  void awaitConnection() {
    Stage.until(() -> !browser.findElements(By.cssSelector("#status.open")).isEmpty());
  }

  String status() {
    return text("#status-text");
  }

  String text(String selector) {
    return Browser.text(browser, selector);
  }

  /** Waits until the table that is shown says exactly what the topic does. */
  void awaitGrid(String pair) {
    awaitGrid(Browser.words(stage.held(pair)));
  }

  void awaitGrid(Map<String, String> expected) {
    Stage.until(() -> Browser.grid(browser).equals(expected));
  }

  /** What the browser complains about since this was asked before. */
  List<String> problems() {
    return browser.manage().logs().get(LogType.BROWSER).getAll().stream()
        .filter(entry -> entry.getLevel().intValue() >= Level.SEVERE.intValue())
        .map(Object::toString)
        .toList();
  }

  void scheme(String scheme) {
    Browser.scheme(browser, scheme);
  }

  void size(int width, int height) {
    Browser.size(browser, width, height);
  }

  void press(CharSequence... keys) {
    keyboard.press(keys);
  }

  WebElement focused() {
    return keyboard.focused();
  }

  /** Goes by the tab key alone, and sees on the way where the focus is. */
  WebElement tabTo(String selector) {
    return keyboard.tabTo(selector);
  }

  /** Whether the page has asked and been answered as the documents say. */
  private void checkTraffic() {
    Object traffic = browser.executeScript("return (window.traffic ?? []).splice(0)");
    for (Object each : (List<?>) Objects.requireNonNull(traffic)) {
      List<?> said = (List<?>) each;
      String method = said.get(0).toString();
      if (method.equals("live")) {
        assertThat(Documents.asked(said.get(1).toString())).as(said.toString()).isEmpty();
      } else {
        Documents.check(
            method,
            "/" + said.get(1),
            Objects.toString(said.get(2), null),
            ((Number) said.get(3)).intValue(),
            said.get(4).toString());
      }
    }
  }

  @Override
  public void close() {
    try {
      checkTraffic();
    } finally {
      browser.quit();
      gateway.close();
      job.close();
      stage.close();
    }
  }

  private int[] longitudes() {
    return random.ints(10, 0, 360_000_000).toArray();
  }
}
