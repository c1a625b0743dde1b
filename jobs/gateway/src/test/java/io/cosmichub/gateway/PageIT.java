package io.cosmichub.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import io.cosmichub.aspect.AspectPolicy;
import io.cosmichub.aspect.AspectSet;
import io.cosmichub.aspect.Hit;
import java.io.File;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.TreeMap;
import java.util.logging.Level;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.openqa.selenium.By;
import org.openqa.selenium.Keys;
import org.openqa.selenium.OutputType;
import org.openqa.selenium.WebElement;
import org.openqa.selenium.chrome.ChromeDriver;
import org.openqa.selenium.chrome.ChromeDriverService;
import org.openqa.selenium.chrome.ChromeOptions;
import org.openqa.selenium.logging.LogType;
import org.openqa.selenium.logging.LoggingPreferences;

/** The page in Chromium, on a gateway that is a process of its own, on a real broker. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class PageIT {
  private static final String PAIR = "couple-0001";
  private static final long MOST_BYTES = 150 * 1024;
  private static final Path SCREENSHOTS = Path.of("target", "screenshots");

  private final Random random = new Random(3);
  private final int[] a = longitudes();
  private final int[] b = longitudes();
  private Stage stage;
  private GatewayChild gateway;
  private ChromeDriver browser;
  private Path directory;
  private int port;
  private String address;
  private long revision = 1;

  @BeforeAll
  void start(@TempDir Path temporary) throws Exception {
    directory = temporary;
    stage = Stage.start(directory.resolve("broker"));
    try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      port = free.getLocalPort();
    }
    address = "http://127.0.0.1:" + port + "/";
    for (String pair : List.of(PAIR, "transit-you")) {
      stage.watch(pair, "me", "you");
      stage.move(pair, Stage.between(a, b), true);
    }
    stage.chart("me", revision, a);
    stage.chart("you", 1, b);
    gateway = GatewayChild.start(stage.bootstrapServers(), port, directory.resolve("gateway.log"));
    browser = browser();
  }

  @AfterAll
  void stop() {
    browser.quit();
    gateway.close();
    stage.close();
  }

  @Test
  void aDeltaOnTheTopicShowsOnThePage() {
    problems(); // of the tests before this one
    open("#pair/" + PAIR);
    awaitGrid();
    move();
    awaitGrid();
    assertThat(browser.findElements(By.cssSelector(".wheel .line"))).isNotEmpty();
    assertThat(browser.findElements(By.cssSelector(".wheel .body"))).hasSize(20);
    Stage.until(() -> !browser.findElements(By.cssSelector(".changes time")).isEmpty());
    assertThat(browser.findElement(By.cssSelector("[data-testid=overall]")).getText())
        .matches("\\d+\\.\\d");
    assertThat(problems()).isEmpty();
  }

  @Test
  void whenTheGatewayIsKilledThePageSaysSinceWhenAndLosesNothing() throws Exception {
    open("#pair/" + PAIR);
    awaitGrid();
    gateway.kill();
    Stage.until(() -> status().startsWith("Connection lost. What you see is from "));
    move();
    move();
    gateway = GatewayChild.start(stage.bootstrapServers(), port, directory.resolve("gateway.log"));
    Stage.until(() -> status().equals("Live"));
    awaitGrid();
    move();
    awaitGrid();
  }

  @Test
  void theKeyboardReachesAllOfIt() {
    open("");
    press(Keys.TAB);
    assertThat(focused().getText()).isEqualTo("Skip to the content");
    press(Keys.TAB);
    assertThat(focused().getText()).isEqualTo("Pair");
    press(Keys.TAB);
    press(Keys.ENTER);
    Stage.until(() -> browser.findElement(By.id("view-sky")).isDisplayed());
    browser.executeScript("document.querySelector('[data-view=pair]').focus()");
    press(Keys.ENTER);
    Stage.until(() -> browser.findElement(By.id("view-pair")).isDisplayed());
    assertThat(focused().getDomAttribute("id")).isEqualTo("main");
    press(Keys.TAB);
    assertThat(focused().getDomAttribute("id")).isEqualTo("pair-id");
    press(PAIR);
    press(Keys.ENTER);
    awaitGrid();
  }

  @ParameterizedTest
  @CsvSource({
    "light, pair/couple-0001",
    "dark, pair/couple-0001",
    "light, sky/you",
    "light, pipeline",
    "dark, pair"
  })
  void axeFindsNoSeriousFault(String scheme, String view) throws Exception {
    scheme(scheme);
    open("#" + view);
    if (view.contains("/")) {
      move();
      awaitGrid(view.startsWith("sky") ? "transit-you" : PAIR);
    }
    quiet();
    try (InputStream axe = PageIT.class.getResourceAsStream("/axe.min.js")) {
      browser.executeScript(
          new String(Objects.requireNonNull(axe).readAllBytes(), StandardCharsets.UTF_8));
    }
    Object found =
        browser.executeAsyncScript(
            "const done = arguments[0];"
                + "axe.run().then((result) => done(result.violations"
                + ".filter((fault) => ['serious', 'critical'].includes(fault.impact))"
                + ".map((fault) => fault.id + ': ' + fault.nodes.map((node) => node.html).join(' '))))");
    scheme("light");
    assertThat((List<?>) found).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(ints = {390, 820, 1_440})
  void itFitsEachWidth(int width) throws Exception {
    Files.createDirectories(SCREENSHOTS);
    browser.executeCdpCommand(
        "Emulation.setDeviceMetricsOverride",
        Map.of("width", width, "height", 1_700, "deviceScaleFactor", 1, "mobile", false));
    for (String scheme : List.of("light", "dark")) {
      scheme(scheme);
      for (String view : List.of("pair/" + PAIR, "sky/you", "pipeline")) {
        open("#" + view);
        if (view.contains("/")) {
          String pair = view.startsWith("sky") ? "transit-you" : PAIR;
          awaitGrid(pair);
          for (int i = 0; i < 3; i++) {
            move();
            awaitGrid(pair);
          }
        }
        Object overflow =
            browser.executeScript(
                "return document.documentElement.scrollWidth - document.documentElement.clientWidth");
        assertThat(overflow).as(view).isEqualTo(0L);
        String name = view.replaceFirst("/.*", "") + "-" + scheme + "-" + width + ".png";
        Files.copy(
            browser.getScreenshotAs(OutputType.FILE).toPath(),
            SCREENSHOTS.resolve(name),
            java.nio.file.StandardCopyOption.REPLACE_EXISTING);
      }
    }
    scheme("light");
    browser.executeCdpCommand("Emulation.clearDeviceMetricsOverride", Map.of());
  }

  @Test
  void itIsLightAndAsksNobodyElse() throws Exception {
    open("#pair/" + PAIR);
    awaitGrid();
    Object loaded =
        browser.executeScript(
            "return performance.getEntriesByType('resource').map((entry) => entry.name)");
    HttpClient http = HttpClient.newHttpClient();
    Map<String, Integer> sizes = new TreeMap<>();
    List<String> asked = new ArrayList<>(List.of(address));
    ((List<?>) Objects.requireNonNull(loaded)).forEach(name -> asked.add(name.toString()));
    assertThat(asked).allMatch(name -> name.startsWith(address));
    for (String name : asked) {
      if (!name.contains("/api/")) {
        HttpRequest request =
            HttpRequest.newBuilder(URI.create(name)).header("Accept-Encoding", "gzip").build();
        sizes.put(name, http.send(request, HttpResponse.BodyHandlers.ofByteArray()).body().length);
      }
    }
    int sum = sizes.values().stream().mapToInt(Integer::intValue).sum();
    System.out.printf(Locale.ROOT, "the page: %,d bytes in %d files%n", sum, sizes.size());
    assertThat(sizes).hasSizeGreaterThan(9);
    assertThat((long) sum).isLessThan(MOST_BYTES);
  }

  /** The sky moves on: one body of A goes some way. */
  private void move() {
    int slot = random.nextInt(10);
    a[slot] = Math.floorMod(a[slot] + 3_000_000 + random.nextInt(9_000_000), 360_000_000);
    revision++;
    stage.chart("me", revision, a);
    for (String pair : List.of(PAIR, "transit-you")) {
      stage.move(pair, Stage.between(a, b), true);
    }
  }

  private void open(String hash) {
    browser.get("about:blank");
    browser.get(address + hash);
    Stage.until(() -> status().equals("Live"));
  }

  private String status() {
    return browser.findElement(By.id("status-text")).getText();
  }

  private void awaitGrid() {
    awaitGrid(PAIR);
  }

  /** Waits until the table that is shown says exactly what the topic does. */
  private void awaitGrid(String pair) {
    Map<String, String> expected = new TreeMap<>();
    AspectSet held = stage.held(pair);
    held.forEach(
        (row, col, hit) ->
            expected.put(
                row + " " + col,
                AspectPolicy.classic().aspect(Hit.code(hit)).id()
                    + " "
                    + browserNumber(Hit.orb(hit))));
    Stage.until(() -> grid().equals(expected));
  }

  private Map<String, String> grid() {
    Object rows =
        browser.executeScript(
            "return [...document.querySelectorAll('[data-panel]:not([hidden]) .grid tbody tr')]"
                + ".map((row) => [...row.querySelectorAll('td')].map((cell) => cell.dataset.content || ''))");
    Map<String, String> shown = new TreeMap<>();
    List<?> all = (List<?>) Objects.requireNonNull(rows);
    for (int row = 0; row < all.size(); row++) {
      List<?> cells = (List<?>) all.get(row);
      for (int col = 0; col < cells.size(); col++) {
        if (!cells.get(col).toString().isEmpty()) {
          shown.put(row + " " + col, cells.get(col).toString());
        }
      }
    }
    return shown;
  }

  private static String browserNumber(int microDegrees) {
    return new java.math.BigDecimal(microDegrees)
        .movePointLeft(6)
        .stripTrailingZeros()
        .toPlainString();
  }

  private List<String> problems() {
    return browser.manage().logs().get(LogType.BROWSER).getAll().stream()
        .filter(entry -> entry.getLevel().intValue() >= Level.SEVERE.intValue())
        .map(Object::toString)
        .toList();
  }

  private void quiet() {
    Stage.until(() -> browser.findElements(By.cssSelector(".grid td.lit")).isEmpty());
  }

  private void scheme(String scheme) {
    browser.executeCdpCommand(
        "Emulation.setEmulatedMedia",
        Map.of(
            "features",
            List.of(
                Map.of("name", "prefers-color-scheme", "value", scheme),
                Map.of("name", "prefers-reduced-motion", "value", "reduce"))));
  }

  private void press(CharSequence keys) {
    focused().sendKeys(keys);
  }

  private WebElement focused() {
    return browser.switchTo().activeElement();
  }

  private int[] longitudes() {
    return random.ints(10, 0, 360_000_000).toArray();
  }

  private static ChromeDriver browser() {
    LoggingPreferences logs = new LoggingPreferences();
    logs.enable(LogType.BROWSER, Level.ALL);
    ChromeOptions options = new ChromeOptions();
    options.setBinary("/usr/bin/chromium");
    options.addArguments(
        "--headless=new", "--no-sandbox", "--disable-dev-shm-usage", "--window-size=1280,1000");
    options.setCapability("goog:loggingPrefs", logs);
    ChromeDriverService service =
        new ChromeDriverService.Builder()
            .usingDriverExecutable(new File("/usr/bin/chromedriver"))
            .build();
    return new ChromeDriver(service, options);
  }
}
