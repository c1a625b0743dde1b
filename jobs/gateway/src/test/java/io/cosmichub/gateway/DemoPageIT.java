package io.cosmichub.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.cosmichub.aspect.AspectSet;
import io.cosmichub.contracts.Topics;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.openqa.selenium.By;
import org.openqa.selenium.Keys;
import org.openqa.selenium.WebElement;
import org.openqa.selenium.chrome.ChromeDriver;

/**
 * The whole demo, kcat at one end and Chromium at the other. Pictures of it are kept in {@code
 * target/screenshots}, beside those of {@link LooksIT}.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class DemoPageIT {
  private static final int HEIGHT = 1_700;
  private static final String WHEEL = "[data-panel]:not([hidden]) .wheel .line";
  private static final String WATCH =
      "{\"pairId\":\"ours\",\"chartA\":\"ada\",\"chartB\":\"byron\"}";

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
  private DemoStage demo;
  private ChromeDriver browser;

  @BeforeAll
  void start(@TempDir Path directory) throws Exception {
    demo = DemoStage.start(directory);
    browser = Browser.start();
  }

  @AfterAll
  void stop() throws Exception {
    browser.quit();
    demo.close();
  }

  @Test
  void itSaysFirstWhereThePageIs() throws Exception {
    List<String> said = demo.said().lines().toList();
    assertThat(said.get(said.indexOf("CosmicHub Streams demo") + 1))
        .contains("The page", demo.address() + "/", "open, on this machine only");
  }

  @Test
  void whatKcatSendsShowsOnThePageAlsoWhenTheGatewayIsKilled() throws Exception {
    int[] a = longitudes();
    int[] b = longitudes();
    demo.kcat(Topics.CHART_UPDATES, "ada", DemoStage.chart("ada", 1, a));
    demo.kcat(Topics.CHART_UPDATES, "byron", DemoStage.chart("byron", 1, b));
    demo.kcat(Topics.PAIR_WATCHES, "ours", WATCH);
    browser.get(demo.address() + "/");
    Stage.until(
        () ->
            Browser.text(browser, "#who").equals("This gateway runs open, on this machine only."));
    Keyboard keyboard = new Keyboard(browser);
    keyboard.tabTo("#pair-id");
    keyboard.press("ours", Keys.ENTER);
    awaitGrid(Stage.between(a, b));
    keyboard.tabTo("[aria-label='Aspect grid']");
    a[0] = moved(a[0]);
    demo.kcat(Topics.CHART_UPDATES, "ada", DemoStage.chart("ada", 2, a));
    awaitGrid(Stage.between(a, b));
    assertThat(browser.findElements(By.cssSelector(".changes time"))).isNotEmpty();
    Stage.until(() -> browser.findElements(By.cssSelector(".grid td.lit")).isEmpty());
    assertThat(Axe.faults(browser)).isEmpty();

    demo.killGateway();
    Stage.until(() -> status().startsWith("Connection lost. What you see is from "));
    for (int revision = 3; revision < 6; revision++) {
      a[revision] = moved(a[revision]);
      demo.kcat(Topics.CHART_UPDATES, "ada", DemoStage.chart("ada", revision, a));
    }
    // The demo starts it again, and says so.
    awaitGrid(Stage.between(a, b));
    b[9] = moved(b[9]);
    demo.kcat(Topics.CHART_UPDATES, "byron", DemoStage.chart("byron", 2, b));
    Stage.until(() -> status().equals("Live"));
    awaitGrid(Stage.between(a, b));
    assertThat(demo.said())
        .contains("The gateway has ended by itself with status 137 and is started again; ");
    whatIsSentAgainChangesNothing(a, b);
  }

  /** Through the gateway, Kafka and the job: a pair changes once for each change of a chart. */
  private void whatIsSentAgainChangesNothing(int[] a, int[] b) {
    Http http = new Http(demo.address());
    long before = sequence(http);
    for (int revision = 6; revision < 9; revision++) {
      a[revision] = moved(a[revision]);
      String chart = DemoStage.chart("ada", revision, a);
      for (int time = 0; time < 3; time++) {
        assertThat(http.post("/api/charts", chart).statusCode()).isEqualTo(202);
        assertThat(http.post("/api/pairs", WATCH).statusCode()).isEqualTo(202);
      }
    }
    awaitGrid(Stage.between(a, b)); // after what was sent again of the two before
    assertThat(sequence(http)).isEqualTo(before + 3);
  }

  /** How often the pair has changed. */
  private static long sequence(Http http) {
    try {
      return new ObjectMapper()
          .readTree(http.get("/api/pairs/ours").body())
          .path("sequence")
          .asLong();
    } catch (JsonProcessingException e) {
      throw new AssertionError(e);
    }
  }

  @Test
  void everyViewOfTheSampleHasItsFiguresMovesAndFitsAtThreeWidths() throws Exception {
    String address = demo.address() + "/#";
    theSkyMovesAndGoesBack(address);
    everyFigureOfTheJobIsThere(address);
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
  }

  private void theSkyMovesAndGoesBack(String address) {
    String moment = "output[for=scrubber]";
    browser.get(address + "sky/person-0244");
    Stage.until(() -> Browser.text(browser, moment).endsWith(", live"));
    Keyboard keyboard = new Keyboard(browser);
    Map<String, String> first = Browser.grid(browser);
    Stage.until(() -> !Browser.grid(browser).equals(first));
    assertThat(Browser.text(browser, moment)).endsWith(", live");
    keyboard.tabTo("#scrubber");
    keyboard.press(Keys.HOME);
    String past = Browser.text(browser, moment);
    assertThat(past).endsWith(" UTC");
    int kept = kept();
    Stage.until(() -> kept() > kept + 1); // the sky goes on meanwhile
    assertThat(Browser.text(browser, moment)).isEqualTo(past);
    keyboard.press(Keys.END);
    Stage.until(() -> Browser.text(browser, moment).endsWith(", live"));
    assertThat(Browser.text(browser, moment)).doesNotStartWith(past);
  }

  /** How many moments the scrubber goes back over. */
  private int kept() {
    return Integer.parseInt(
        String.valueOf(browser.findElement(By.id("scrubber")).getDomProperty("max")));
  }

  private void everyFigureOfTheJobIsThere(String address) {
    browser.get(address + "pipeline");
    Map<String, String> tiles =
        Map.of(
            "Pairs a second", "[\\d,]+",
            "Deltas a second", "[\\d,]+",
            "Update to live", "[\\d,]+ ms 99 of 100 within [\\d,]+ ms",
            "Kernel", "[a-z][a-z, -]*",
            "Hot state", "[\\d.]+ % reads that need no RocksDB",
            "Pairs computed", "[1-9][\\d,]*");
    Stage.until(() -> Browser.shows(browser, "#view-pipeline canvas"));
    tiles.forEach((name, value) -> Stage.until(() -> tile(name).matches(value)));
    assertThat(browser.findElements(By.cssSelector("#view-pipeline .tile")))
        .hasSameSizeAs(tiles.keySet());
    List<String> steps =
        browser.findElements(By.cssSelector("#view-pipeline tbody tr")).stream()
            .map(WebElement::getText)
            .toList();
    assertThat(steps).hasSizeGreaterThan(2).allMatch(step -> step.matches("\\D+ \\d+ \\d+"));
    browser.findElement(By.linkText("Flink’s own page")).click();
    Stage.until(() -> Objects.equals(browser.getTitle(), "Apache Flink Web Dashboard"));
    assertThat(browser.getCurrentUrl()).startsWith(demo.flink());
  }

  /** What stands under that name, in one line. */
  private String tile(String name) {
    Object value =
        browser.executeScript(
            "return [...document.querySelectorAll('#view-pipeline .tile')]"
                + ".filter((tile) => tile.firstChild.textContent === arguments[0])"
                + ".map((tile) => tile.lastChild.innerText.replace(/\\s+/g, ' ')).join()",
            name);
    return Objects.toString(value);
  }

  private void awaitGrid(AspectSet set) {
    Map<String, String> expected = Browser.words(set);
    Stage.until(() -> Browser.grid(browser).equals(expected));
  }

  private String status() {
    return Browser.text(browser, "#status-text");
  }

  private int[] longitudes() {
    return random.ints(10, 0, 360_000_000).toArray();
  }

  private static int moved(int longitude) {
    return (longitude + 100_000_000) % 360_000_000;
  }
}
