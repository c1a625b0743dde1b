package io.cosmichub.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import io.cosmichub.contracts.Format;
import io.cosmichub.contracts.Topics;
import io.cosmichub.pair.Served;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.openqa.selenium.By;
import org.openqa.selenium.Keys;
import org.openqa.selenium.WebElement;

/** What the page shows and says. */
final class PageIT extends AtThePage {
  private static final long MOST_BYTES = 150 * 1024;

  private int windows = 1;

  @Test
  void aDeltaOnTheTopicShowsOnThePage() {
    page.problems(); // of the tests before this one
    page.open("#pair/" + PAIR);
    page.awaitGrid(PAIR);
    page.move();
    page.awaitGrid(PAIR);
    int aspects = page.stage.held(PAIR).size();
    Stage.until(
        () -> browser.findElements(By.cssSelector("#view-pair .wheel .line")).size() == aspects);
    Stage.until(() -> bodies().size() == 20);
    Stage.until(() -> !browser.findElements(By.cssSelector(".changes time")).isEmpty());
    assertThat(page.text("[data-testid=overall]")).matches("\\d+\\.\\d");
    assertThat(page.problems()).isEmpty();
  }

  @Test
  void anAddressThatIsNotWellEncodedLeadsToWhatItSays() {
    page.problems();
    page.open("#pair/100%");
    Stage.until(() -> page.text("#view-pair .empty").startsWith("Nothing has come of 100% yet."));
    browser.executeScript("location.hash = '#constructor/%'");
    Stage.until(() -> page.text("#view-pair .empty").startsWith("Nothing has come of % yet."));
    browser.executeScript("location.hash = '#population/everyone/%'");
    Stage.until(() -> page.text("[data-testid=heat]").contains("%"));
    browser.executeScript("location.hash = '#pair/" + PAIR + "'");
    page.awaitGrid(PAIR);
    assertThat(page.problems()).isEmpty();
  }

  @Test
  void theScoreOverTimeIsThatOfThePairThatIsShown() {
    By curve = By.cssSelector("#view-pair .plot canvas");
    page.stage.move("still", page.stage.held(PAIR), true);
    page.problems();
    page.open("#pair/" + PAIR);
    page.awaitGrid(PAIR);
    page.move();
    Stage.until(() -> browser.findElements(curve).size() == 1);
    browser.executeScript("location.hash = '#pair/still'");
    Stage.until(() -> page.text(".pair-name").equals("still"));
    assertThat(browser.findElements(curve)).isEmpty();
    String first = page.text("[data-testid=overall]");
    page.stage.move("still", page.stage.held(PAIR), true);
    Stage.until(() -> browser.findElements(curve).size() == 1);
    String last = page.text("[data-testid=overall]");
    assertThat(browser.findElement(By.cssSelector("#view-pair .plot")).getAccessibleName())
        .startsWith("Score over time: first " + first + ", last " + last + ", least ")
        .contains(". emotional: first ", ". communication: first ", ". physical: first ")
        .contains(". spiritual: first ", ". stability: first ");
    assertThat(page.problems()).isEmpty();
  }

  @Test
  void aPairThatIsWatchedAnewWithOtherChartsIsDrawnWithThose() {
    int[] places = IntStream.range(0, 10).map(slot -> slot * 30_000_000).toArray();
    page.stage.chart("new", 1, places);
    List<String> newBodies = List.of("new: Sun, 0° Aries", "new: Moon, 0° Taurus");
    page.stage.move("renewed", page.stage.held(PAIR), true);
    page.open("#pair/renewed");
    page.awaitGrid("renewed");
    Stage.until(() -> bodies().size() == 20);
    page.stage.begin("renewed", "you", "new", page.stage.held(PAIR));
    String names = "#view-pair .wheel-card .sub";
    Stage.until(() -> page.text(names).startsWith("you inside, new outside"));
    Stage.until(() -> bodies().containsAll(newBodies));
    assertThat(bodies()).hasSize(20).noneMatch(body -> body.startsWith("me: "));
  }

  /** Whose bodies the wheel shows, which, and where. */
  private List<String> bodies() {
    Object titles =
        browser.executeScript(
            "return [...document.querySelectorAll('#view-pair .wheel .body title')]"
                + ".map((title) => title.textContent)");
    return ((List<?>) Objects.requireNonNull(titles)).stream().map(Object::toString).toList();
  }

  @Test
  void aScoreSaysWhichModelGaveItAndInWhichArmOfWhichExperiment() {
    Served served = new Served("compatibility@3", 0.734, "compatibility-model", "model");
    page.stage.serve("served", page.stage.held(PAIR), served);
    page.open("#pair/served");
    Stage.until(() -> page.text("#view-pair .score > .sub").startsWith("By compatibility@3, "));
    assertThat(page.text("#view-pair .score > .sub"))
        .startsWith("By compatibility@3, which says 0.73, arm model of compatibility-model; raw ");
    page.stage.move("served", page.stage.held(PAIR), true);
    Stage.until(() -> page.text("#view-pair .score > .sub").startsWith("By rules/classic@1; raw "));
  }

  @Test
  void aCurveIsInTheColoursOfTheSchemeThatIs() {
    page.open("#pair/" + PAIR);
    page.awaitGrid(PAIR);
    page.move();
    Stage.until(this::curveIsGold);
    page.scheme("dark");
    Stage.until(this::curveIsGold);
    page.scheme("light");
    Stage.until(this::curveIsGold);
  }

  /** Whether the curve has a point of exactly what is called gold now. */
  private boolean curveIsGold() {
    return Boolean.TRUE.equals(
        browser.executeScript(
            "const canvas = document.querySelector('#view-pair .plot canvas');"
                + "if (!canvas) return false;"
                + "const gold = getComputedStyle(document.documentElement).getPropertyValue('--gold')"
                + "  .match(/\\w\\w/g).map((part) => parseInt(part, 16));"
                + "const {data} = canvas.getContext('2d').getImageData(0, 0, canvas.width, canvas.height);"
                + "for (let at = 0; at < data.length; at += 4) {"
                + "  if (gold.every((part, index) => data[at + index] === part)) return true; }"
                + "return false;"));
  }

  @Test
  void whatEveryoneShowsTogetherIsATableAndIsNewWithTheNextWindow() throws Exception {
    Stage stage = page.stage;
    page.problems();
    page.open("#population");
    Stage.until(() -> page.text("[data-testid=heat]").contains("25 %"));
    assertThat(page.text("[data-testid=trending]"))
        .contains("Venus Mars trine held")
        .contains("+4.2");
    assertThat(page.text(".insights")).contains("Venus-Mars trines are up");
    assertThat(browser.findElements(By.cssSelector(".histogram rect"))).hasSize(20);
    assertThat(page.text("[data-testid=patterns]"))
        .contains("Sun Moon square and Mars Mars trine")
        .contains("Venus Mars trine")
        .contains("10 % (8.0 % to 13 %), 40")
        .contains("50 % (40 % to 60 %)")
        .contains("2.00 (1.60 to 2.40)")
        .contains("Grand trine across the two charts")
        .contains("Nothing in this window rests on enough high scorers");
    assertThat(browser.findElements(By.cssSelector("[data-testid=patterns] b"))).isEmpty();
    stage.pattern(Format.JSON, 2, "high-scorers", "<b>bold</b>", Stage.rule(1.5));
    Stage.until(() -> page.text("[data-testid=patterns]").contains("<b>bold</b>"));
    assertThat(page.text("[data-testid=patterns]")).doesNotContain("Grand trine");
    browser.executeScript("document.querySelector('.scroll.tall').focus()");
    assertThat(page.focused().getAccessibleName()).isEqualTo("What comes together");
    stage.trend(Format.JSON, ++windows, Everyone.trending(0.32));
    Stage.until(() -> page.text("[data-testid=heat]").contains("32 %"));
    browser.findElement(By.id("heat-aspect")).sendKeys("Square");
    assertThat(page.text("[data-testid=heat]")).doesNotContain("%");
    assertThat(page.problems()).isEmpty();
    page.open("#population/nobody");
    Stage.until(() -> page.text("#view-population .empty").contains("No window of nobody"));
    stage.trend(Format.JSON, windows, Everyone.figure("pairs", "", 50).setCohort("newcomers"));
    page.open("#population/newcomers");
    Stage.until(() -> page.text("#view-population").contains("comes together in newcomers"));
    assertThat(page.text("[data-testid=patterns]")).isEmpty();
    Everyone.publish(stage, ++windows);
  }

  @Test
  void anInsightLeadsToTheFiguresOfItsWindow() {
    Stage stage = page.stage;
    page.problems();
    int remarkable = ++windows;
    stage.trend(Format.JSON, remarkable, Everyone.figure("pairs", "", 7_531));
    stage.trend(Format.JSON, remarkable, Everyone.trending(0.31));
    page.open("#population");
    Stage.until(() -> page.text("[data-testid=heat]").contains("31 %"));
    Stage.until(() -> page.text("#view-population .tiles").contains("7,531"));
    stage.trend(Format.JSON, ++windows, Everyone.figure("pairs", "", 8_642));
    Stage.until(() -> page.text("#view-population .tiles").contains("8,642"));
    assertThat(page.text("[data-testid=trending]")).isEmpty();

    String link = "#population/" + Stage.link("everyone", remarkable);
    browser.findElement(By.cssSelector(".insights a[href='" + link + "']")).click();
    Stage.until(() -> page.text("#view-population .tiles").contains("7,531"));
    assertThat(page.text("[data-testid=trending]")).contains("Venus Mars trine held");
    assertThat(browser.findElement(By.cssSelector("[data-testid=heat]")).isDisplayed()).isFalse();

    page.open(link);
    Stage.until(() -> page.text("#view-population .tiles").contains("7,531"));
    browser.findElement(By.linkText("The newest window")).click();
    Stage.until(() -> page.text("#view-population .tiles").contains("8,642"));
    assertThat(browser.findElement(By.cssSelector("[data-testid=heat]")).isDisplayed()).isTrue();

    page.open("#population/" + Stage.link("everyone", -500));
    Stage.until(() -> page.text("#view-population").contains("is not kept any more"));
    assertThat(page.text("#view-population .tiles")).contains("8,642");
    assertThat(page.problems()).isEmpty();
    Everyone.publish(stage, ++windows);
  }

  @Test
  void whereNothingIsToBeSeenItLeadsToWhereAPairIsWatched() {
    page.problems();
    page.open("#pair/nobody");
    Stage.until(() -> page.text("#view-pair .empty").startsWith("Nothing has come of nobody yet."));
    browser.findElement(By.cssSelector("#view-pair .empty a")).click();
    Stage.until(() -> browser.findElement(By.id("send-pairId")).isDisplayed());
    page.open("#pair");
    Stage.until(() -> page.text("#view-pair .empty a").equals("Try it"));
    assertThat(page.problems()).isEmpty();
  }

  @Test
  void anExperimentShowsArmsIntervalsAndVerdict() {
    page.problems();
    page.open("#experiments");
    Stage.until(() -> !browser.findElements(By.cssSelector("[data-testid=arms]")).isEmpty());
    assertThat(page.text(".experiment h2")).isEqualTo("compatibility-model ship");
    assertThat(page.text("[data-testid=arms]"))
        .contains("0.04 (0.01 to 0.07)")
        .contains("the control");
    assertThat(page.problems()).isEmpty();
  }

  @Test
  void theFiguresOfTheJobShowAndGoOn() {
    page.problems();
    page.open("#pipeline");
    Stage.until(() -> page.text("#view-pipeline .tiles").contains("vector"));
    assertThat(page.text("#view-pipeline .tiles")).contains("99 of 100 within 98 ms");
    assertThat(page.text("#view-pipeline .tiles")).contains("90.0 %", "reads that need no RocksDB");
    assertThat(page.text("#view-pipeline tbody").lines())
        .containsExactly("pair-charts 4 55", "pair-aspects 5 60", "chart-fan-out 6 65");
    Stage.until(() -> !browser.findElements(By.cssSelector("#view-pipeline canvas")).isEmpty());
    assertThat(browser.findElement(By.cssSelector("#view-pipeline .plot")).getAccessibleName())
        .matches("Pairs a second: first .* most [\\d,]+\\. Deltas a second: first .* most [\\d,]+");
    assertThat(page.problems()).isEmpty();
  }

  @Test
  void whoComesBackToTheFiguresOfTheJobSeesNoMorePairsASecondThanThereWere() {
    By plot = By.cssSelector("#view-pipeline .plot");
    page.open("#pipeline");
    Stage.until(() -> !browser.findElements(By.cssSelector("#view-pipeline canvas")).isEmpty());
    long first = pairsComputed();
    Stage.until(
        () -> {
          browser.executeScript("location.hash = '#send'");
          Stage.until(() -> browser.findElement(By.id("view-send")).isDisplayed());
          browser.executeScript("location.hash = '#pipeline'");
          Stage.until(() -> browser.findElement(By.id("view-pipeline")).isDisplayed());
          return pairsComputed() > first + 2 * JobFigures.MORE_PAIRS;
        });
    Matcher rates =
        Pattern.compile("Pairs a second: .* least ([\\d,]+), most ([\\d,]+)\\. Deltas.*")
            .matcher(browser.findElement(plot).getAccessibleName());
    assertThat(rates.matches()).isTrue();
    // The gateway looks every two seconds, and each look finds as many more.
    assertThat(number(rates.group(1))).isPositive();
    assertThat(number(rates.group(2))).isLessThanOrEqualTo(JobFigures.MORE_PAIRS / 2 + 1);
  }

  private long pairsComputed() {
    return number(page.text("#view-pipeline .tile:last-child dd"));
  }

  private static long number(String text) {
    return Long.parseLong(text.replace(",", ""));
  }

  @Test
  void aChartAndAWatchAreSentFromThePage() {
    page.open("#send");
    Stage.until(() -> browser.findElement(By.id("send-chart")).isDisplayed());
    browser.findElement(By.id("send-chart")).sendKeys("ada");
    browser.findElement(By.id("send-sun")).sendKeys("89.5");
    browser.findElement(By.cssSelector("[aria-labelledby=send-chart-title] button")).click();
    Stage.until(() -> page.text("[aria-labelledby=send-chart-title] .said").startsWith("Sent"));
    browser.findElement(By.id("send-pairId")).sendKeys("ada-you");
    browser.findElement(By.id("send-chartA")).sendKeys("ada");
    browser.findElement(By.id("send-chartB")).sendKeys("ada");
    browser.findElement(By.cssSelector("[aria-labelledby=send-pair-title] button")).click();
    Stage.until(() -> page.text("[aria-labelledby=send-pair-title] .said").startsWith("Refused"));
    browser.findElement(By.id("send-chartB")).clear();
    browser.findElement(By.id("send-chartB")).sendKeys("you");
    browser.findElement(By.cssSelector("[aria-labelledby=send-pair-title] button")).click();
    Stage.until(() -> page.text("[aria-labelledby=send-pair-title] .said").startsWith("Sent"));
    page.open("#pair");
    browser.findElement(By.id("pair-id")).sendKeys("ada");
    Stage.until(
        () -> !browser.findElements(By.cssSelector("#pair-id-list [value=ada-you]")).isEmpty());
    assertThat(chips()).doesNotHaveDuplicates().contains(PAIR);
  }

  @Test
  void ofAChartThatIsKnownOnlyWhatChangedIsSent() {
    int[] longitudes = new int[12]; // North Node and Chiron, too, which the form does not have
    Arrays.setAll(longitudes, slot -> slot * 20_000_000);
    page.stage.chart("whole", 1, longitudes);
    Http http = new Http("http://127.0.0.1:" + page.port);
    Stage.until(() -> http.get("/api/charts/whole").body().contains("\"chiron\":220.0"));
    page.open("#send");
    Stage.until(() -> browser.findElement(By.id("send-chart")).isDisplayed());
    browser.findElement(By.id("send-chart")).sendKeys("whole", Keys.TAB);
    String said = "[aria-labelledby=send-chart-title] .said";
    Stage.until(() -> page.text(said).startsWith("whole is known"));
    By send = By.cssSelector("[aria-labelledby=send-chart-title] button");
    browser.findElement(send).click();
    Stage.until(() -> page.text(said).startsWith("Nothing has changed"));
    browser.findElement(By.id("send-sun")).clear();
    browser.findElement(By.id("send-sun")).sendKeys("89.5");
    browser.findElement(send).click();
    Stage.until(() -> page.text(said).equals("Sent. Kafka has it on " + Topics.CHART_MOVES + "."));
    Stage.until(() -> http.get("/api/charts/whole").body().contains("\"sun\":89.5"));
    browser.findElement(By.id("send-moon")).clear();
    browser.findElement(send).click();
    Stage.until(() -> page.text(said).startsWith("Refused: Moon is known"));
    assertThat(http.get("/api/charts/whole").body())
        .contains("\"moon\":20.0", "\"north_node\":200.0", "\"chiron\":220.0");
  }

  @Test
  void aChartOfWhichItIsNotSaidWhetherItIsKnownIsNotSentAsANewOne() {
    page.stage.chart("there", 1, IntStream.range(0, 10).map(slot -> slot * 20_000_000).toArray());
    Http http = new Http("http://127.0.0.1:" + page.port);
    Stage.until(() -> http.get("/api/charts/there").statusCode() == 200);
    page.open("#send");
    Stage.until(() -> browser.findElement(By.id("send-chart")).isDisplayed());
    browser.executeScript(
        "window.asks = window.fetch; window.fetch = (path, options) =>"
            + " options?.method ? window.asks(path, options)"
            + " : Promise.resolve(new Response('', {status: 429}))");
    browser.findElement(By.id("send-chart")).sendKeys("there", Keys.TAB);
    browser.findElement(By.id("send-sun")).sendKeys("89.5");
    String said = "[aria-labelledby=send-chart-title] .said";
    By send = By.cssSelector("[aria-labelledby=send-chart-title] button");
    browser.findElement(send).click();
    Stage.until(() -> page.text(said).startsWith("Not sent: "));
    browser.executeScript("window.fetch = window.asks");
    browser.findElement(send).click();
    Stage.until(() -> page.text(said).startsWith("there is known"));
    assertThat(http.get("/api/charts/there").body()).contains("\"sun\":0.0", "\"moon\":20.0");
  }

  @Test
  void itIsLightAndAsksNobodyElse() throws Exception {
    page.open("#pair/" + PAIR);
    page.awaitGrid(PAIR);
    Object loaded =
        browser.executeScript(
            "return performance.getEntriesByType('resource').map((entry) => entry.name)");
    HttpClient http = HttpClient.newHttpClient();
    Map<String, Integer> sizes = new TreeMap<>();
    List<String> asked = new ArrayList<>(List.of(page.address));
    ((List<?>) Objects.requireNonNull(loaded)).forEach(name -> asked.add(name.toString()));
    assertThat(asked).allMatch(name -> name.startsWith(page.address));
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

  private List<String> chips() {
    Stage.until(() -> !browser.findElements(By.cssSelector(".chips a")).isEmpty());
    return browser.findElements(By.cssSelector(".chips a")).stream()
        .map(WebElement::getText)
        .map(text -> text.replaceFirst(" [\\d.]+$", ""))
        .toList();
  }
}
