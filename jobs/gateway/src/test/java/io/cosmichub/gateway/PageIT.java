package io.cosmichub.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import io.cosmichub.chart.Body;
import io.cosmichub.contracts.Format;
import io.cosmichub.contracts.v1.Deviation;
import io.cosmichub.contracts.v1.PopulationTrend;
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
import org.openqa.selenium.logging.LogType;

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
  private int windows;

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
    publish();
    stage.pattern(Format.JSON, 1, "pairs", "venus-mars trine", Stage.rule(2));
    stage.pattern(Format.PROTOBUF, 1, "pairs", "grand_trine", null);
    stage.result(Format.JSON, "compatibility-model");
    stage.chart("me", revision, a);
    stage.chart("you", 1, b);
    gateway = GatewayChild.start(stage.bootstrapServers(), port, directory.resolve("gateway.log"));
    browser = Browser.start();
  }

  @AfterAll
  void stop() {
    gateway.close();
    stage.close();
    browser.quit();
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
  void whatEveryoneShowsTogetherIsATableAndIsNewWithTheNextWindow() throws Exception {
    problems();
    open("#population");
    Stage.until(() -> text("[data-testid=heat]").contains("25 %"));
    assertThat(text("[data-testid=trending]")).contains("Venus Mars trine held").contains("+4.2");
    assertThat(text(".insights")).contains("Venus-Mars trines are up");
    assertThat(browser.findElements(By.cssSelector(".histogram rect"))).hasSize(20);
    assertThat(text("[data-testid=patterns]"))
        .contains("Sun Moon square and Mars Mars trine")
        .contains("Venus Mars trine")
        .contains("10 % (8.0 % to 13 %), 40")
        .contains("50 % (40 % to 60 %)")
        .contains("2.00 (1.60 to 2.40)")
        .contains("Grand trine across the two charts")
        .contains("Nothing in this window rests on enough high scorers");
    assertThat(browser.findElements(By.cssSelector("[data-testid=patterns] b"))).isEmpty();
    stage.pattern(Format.JSON, 2, "high-scorers", "<b>bold</b>", Stage.rule(1.5));
    Stage.until(() -> text("[data-testid=patterns]").contains("<b>bold</b>"));
    assertThat(text("[data-testid=patterns]")).doesNotContain("Grand trine");
    browser.executeScript("document.querySelector('.scroll.tall').focus()");
    assertThat(focused().getAccessibleName()).isEqualTo("What comes together");
    stage.trend(Format.JSON, ++windows, trending(0.32));
    Stage.until(() -> text("[data-testid=heat]").contains("32 %"));
    browser.findElement(By.id("heat-aspect")).sendKeys("Square");
    assertThat(text("[data-testid=heat]")).doesNotContain("%");
    assertThat(problems()).isEmpty();
    open("#population/nobody");
    Stage.until(() -> text("#view-population .empty").contains("No window of nobody"));
    stage.trend(Format.JSON, windows, figure("pairs", "", 50).setCohort("newcomers"));
    open("#population/newcomers");
    Stage.until(() -> text("#view-population").contains("comes together in newcomers"));
    assertThat(text("[data-testid=patterns]")).isEmpty();
    publish();
  }

  @Test
  void anInsightLeadsToTheFiguresOfItsWindow() {
    problems();
    int remarkable = ++windows;
    stage.trend(Format.JSON, remarkable, figure("pairs", "", 7_531));
    stage.trend(Format.JSON, remarkable, trending(0.31));
    open("#population");
    Stage.until(() -> text("[data-testid=heat]").contains("31 %"));
    Stage.until(() -> text("#view-population .tiles").contains("7,531"));
    stage.trend(Format.JSON, ++windows, figure("pairs", "", 8_642));
    Stage.until(() -> text("#view-population .tiles").contains("8,642"));
    assertThat(text("[data-testid=trending]")).isEmpty();

    String link = "#population/" + Stage.link("everyone", remarkable);
    browser.findElement(By.cssSelector(".insights a[href='" + link + "']")).click();
    Stage.until(() -> text("#view-population .tiles").contains("7,531"));
    assertThat(text("[data-testid=trending]")).contains("Venus Mars trine held");
    assertThat(browser.findElement(By.cssSelector("[data-testid=heat]")).isDisplayed()).isFalse();

    open(link);
    Stage.until(() -> text("#view-population .tiles").contains("7,531"));
    browser.findElement(By.linkText("The newest window")).click();
    Stage.until(() -> text("#view-population .tiles").contains("8,642"));
    assertThat(browser.findElement(By.cssSelector("[data-testid=heat]")).isDisplayed()).isTrue();

    open("#population/" + Stage.link("everyone", -500));
    Stage.until(() -> text("#view-population").contains("is not kept any more"));
    assertThat(text("#view-population .tiles")).contains("8,642");
    assertThat(problems()).isEmpty();
    publish();
  }

  @Test
  void anExperimentShowsArmsIntervalsAndVerdict() {
    problems();
    open("#experiments");
    Stage.until(() -> !browser.findElements(By.cssSelector("[data-testid=arms]")).isEmpty());
    assertThat(text(".experiment h2")).isEqualTo("compatibility-model ship");
    assertThat(text("[data-testid=arms]")).contains("0.04 (0.01 to 0.07)").contains("the control");
    assertThat(problems()).isEmpty();
  }

  @Test
  void aChartAndAWatchAreSentFromThePage() {
    open("#send");
    Stage.until(() -> browser.findElement(By.id("send-chart")).isDisplayed());
    browser.findElement(By.id("send-chart")).sendKeys("ada");
    browser.findElement(By.id("send-sun")).sendKeys("89.5");
    browser.findElement(By.cssSelector("[aria-labelledby=send-chart-title] button")).click();
    Stage.until(() -> text("[aria-labelledby=send-chart-title] .said").startsWith("Sent"));
    browser.findElement(By.id("send-pairId")).sendKeys("ada-you");
    browser.findElement(By.id("send-chartA")).sendKeys("ada");
    browser.findElement(By.id("send-chartB")).sendKeys("ada");
    browser.findElement(By.cssSelector("[aria-labelledby=send-pair-title] button")).click();
    Stage.until(() -> text("[aria-labelledby=send-pair-title] .said").startsWith("Refused"));
    browser.findElement(By.id("send-chartB")).clear();
    browser.findElement(By.id("send-chartB")).sendKeys("you");
    browser.findElement(By.cssSelector("[aria-labelledby=send-pair-title] button")).click();
    Stage.until(() -> text("[aria-labelledby=send-pair-title] .said").startsWith("Sent"));
    open("#pair");
    browser.findElement(By.id("pair-id")).sendKeys("ada");
    Stage.until(
        () -> !browser.findElements(By.cssSelector("#pair-id-list [value=ada-you]")).isEmpty());
    assertThat(chips()).doesNotHaveDuplicates().contains(PAIR);
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
    "dark, pair",
    "light, population",
    "dark, population",
    "light, experiments",
    "light, send"
  })
  void axeFindsNoSeriousFault(String scheme, String view) throws Exception {
    scheme(scheme);
    open("#" + view);
    if (view.contains("/")) {
      awaitGrid(view.startsWith("sky") ? "transit-you" : PAIR);
    }
    settled(view);
    quiet();
    try (InputStream axe = PageIT.class.getResourceAsStream("/axe.min.js")) {
      browser.executeScript(
          new String(Objects.requireNonNull(axe).readAllBytes(), StandardCharsets.UTF_8));
    }
    Object found =
        browser.executeAsyncScript(
            "const done = arguments[0];axe.run().then((result) =>"
                + " done(result.violations.filter((fault) => ['serious',"
                + " 'critical'].includes(fault.impact)).map((fault) => fault.id + ': ' +"
                + " fault.nodes.map((node) => node.html).join(' '))))");
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
    // A page is as wide in the dark as in the light.
    for (String scheme : width == 820 ? List.of("light", "dark") : List.of("light")) {
      scheme(scheme);
      for (String view :
          List.of("pair/" + PAIR, "sky/you", "population", "experiments", "send", "pipeline")) {
        open("#" + view);
        if (view.contains("/")) {
          String pair = view.startsWith("sky") ? "transit-you" : PAIR;
          awaitGrid(pair);
          move();
          awaitGrid(pair);
        }
        settled(view);
        Object overflow =
            browser.executeScript(
                "return document.documentElement.scrollWidth -"
                    + " document.documentElement.clientWidth");
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

  /** A window of everyone, with one figure that is trending. */
  private void publish() {
    int hour = ++windows;
    stage.trend(Format.JSON, hour, trending(0.25));
    stage.trend(Format.PROTOBUF, hour, figure("charts", "", 2_709));
    stage.trend(Format.JSON, hour, figure("pairs", "", 3_835));
    for (int i = 0; i < 40; i++) {
      String item = held(i, i * 7) + " " + (i % 2 == 0 ? "trine" : "sextile");
      stage.trend(Format.JSON, hour, figure("aspect.held", item, i / 200.0));
    }
    for (int bin = 0; bin < 20; bin++) {
      String item = "rules/classic@1 " + bin * 5 + "-" + (bin + 1) * 5;
      stage.trend(Format.JSON, hour, figure("score.bin", item, (1 + bin) / 210.0));
    }
    stage.trend(Format.JSON, hour, figure("score.mean", "rules/classic@1", 61.3));
    stage.trend(Format.JSON, hour, figure("score.quantile", "rules/classic@1 0.5", 62));
  }

  private static String held(int one, int other) {
    int low = Math.min(one % 10, other % 10);
    int high = Math.max(one % 10, other % 10);
    return Body.ofSlot(low).id() + "-" + Body.ofSlot(high).id();
  }

  private static PopulationTrend.Builder figure(String figure, String item, double value) {
    return PopulationTrend.newBuilder()
        .setFigure(figure)
        .setItem(item)
        .setValue(value)
        .setCount(1_000);
  }

  private static PopulationTrend.Builder trending(double share) {
    return figure("aspect.held", "venus-mars trine", share)
        .setAmong(4_000)
        .setTrending(true)
        .setInsight("Venus-Mars trines are up 34% against the past 24 h, z 4.2, 1,000 pairs")
        .setDeviation(
            Deviation.newBuilder().setZ(4.2).setP(0.001).setExpected(0.18).setReferences(24));
  }

  private String text(String selector) {
    return browser.findElements(By.cssSelector(selector)).stream()
        .map(WebElement::getText)
        .findFirst()
        .orElse("");
  }

  private List<String> chips() {
    Stage.until(() -> !browser.findElements(By.cssSelector(".chips a")).isEmpty());
    return browser.findElements(By.cssSelector(".chips a")).stream()
        .map(chip -> chip.getText().replaceFirst(" [\\d.]+$", ""))
        .toList();
  }

  private void open(String hash) {
    browser.get("about:blank");
    browser.get(address + hash);
    Stage.until(() -> status().equals("Live"));
  }

  /** What comes by itself is there. */
  private void settled(String view) {
    String last = view.equals("population") ? ".histogram" : "[data-testid=arms]";
    if (List.of("population", "experiments").contains(view)) {
      Stage.until(() -> browser.findElement(By.cssSelector(last)).isDisplayed());
    }
  }

  private String status() {
    return browser.findElement(By.id("status-text")).getText();
  }

  private void awaitGrid() {
    awaitGrid(PAIR);
  }

  /** Waits until the table that is shown says exactly what the topic does. */
  private void awaitGrid(String pair) {
    Map<String, String> expected = Browser.words(stage.held(pair));
    Stage.until(() -> Browser.grid(browser).equals(expected));
  }

  private List<String> problems() {
    return browser.manage().logs().get(LogType.BROWSER).getAll().stream()
        .filter(entry -> entry.getLevel().intValue() >= Level.SEVERE.intValue())
        .map(Object::toString)
        .toList();
  }

  private void quiet() {
    Stage.until(() -> browser.findElements(By.cssSelector(".grid:not(.heat) td.lit")).isEmpty());
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
}
