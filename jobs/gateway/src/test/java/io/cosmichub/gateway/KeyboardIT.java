package io.cosmichub.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import io.cosmichub.aspect.AspectPolicy;
import io.cosmichub.aspect.AspectSet;
import io.cosmichub.contracts.Format;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.openqa.selenium.By;
import org.openqa.selenium.Keys;

/** The page by keyboard alone: each view is reached, each of its parts worked, the focus seen. */
final class KeyboardIT extends AtThePage {
  @Test
  void aPairIsReachedFromTheTopOfThePage() {
    page.open("");
    page.press(Keys.TAB);
    assertThat(page.focused().getText()).isEqualTo("Skip to the content");
    page.press(Keys.ENTER);
    assertThat(page.focused().getDomAttribute("id")).isEqualTo("main");
    view("sky");
    view("pair");
    page.tabTo("#pair-id");
    page.press(PAIR, Keys.ENTER);
    page.awaitGrid(PAIR);
    String other =
        Objects.requireNonNull(
            page.tabTo(".chips a:not([href='#pair/" + PAIR + "'])").getDomAttribute("href"));
    page.press(Keys.ENTER);
    page.awaitGrid(other.substring("#pair/".length()));
    assertThat(page.focused().getDomAttribute("href")).isEqualTo(other);
    page.tabTo("[aria-label='What changed, newest first']");
    page.tabTo("[aria-label='Aspect grid']");
  }

  @Test
  void anAlertIsSetAndCrossed() throws Exception {
    page.stage.move(PAIR, AspectSet.EMPTY, true); // a score of 50
    page.open("#pair/" + PAIR);
    Stage.until(() -> page.text("[data-testid=overall]").equals("50.0"));
    page.tabTo("#threshold");
    page.press(Keys.chord(Keys.CONTROL, "a"), "53.5", Keys.ENTER);
    String told = "#view-pair > [role=status]";
    Stage.until(() -> page.text(told).equals("You are told when " + PAIR + " crosses 53.5."));
    int exact = AspectPolicy.classic().match(0);
    AspectSet higher = AspectSet.builder().put(0, 0, exact).build();
    page.stage.move(PAIR, higher, true);
    Stage.until(() -> page.text(told).equals(PAIR + " crossed 53.5: from 50.0 to 56.0."));
    page.tabTo("#pair-id"); // and it is told while another pair is shown
    page.press(PageStage.TRANSIT, Keys.ENTER);
    page.awaitGrid(PageStage.TRANSIT);
    page.stage.move(PAIR, AspectSet.EMPTY, true);
    Stage.until(() -> page.text(told).equals(PAIR + " crossed 53.5: from 56.0 to 50.0."));
    page.killGateway(); // and when it was crossed without a connection
    Stage.until(() -> page.status().startsWith("Connection lost."));
    page.stage.move(PAIR, higher, true);
    page.startGateway();
    Stage.until(() -> page.text(told).equals(PAIR + " crossed 53.5: from 50.0 to 56.0."));
    page.stage.move(PAIR, AspectSet.EMPTY, true);
    Stage.until(() -> page.text(told).equals(PAIR + " crossed 53.5: from 56.0 to 50.0."));
    page.tabTo("#pair-id");
    page.press(Keys.chord(Keys.CONTROL, "a"), PAIR, Keys.ENTER);
    page.awaitGrid(PAIR);
    Stage.until(() -> browser.findElements(By.cssSelector("#view-pair .wheel .body")).size() == 20);
    page.tabTo("#threshold ~ button");
    page.press(Keys.SPACE);
    Stage.until(() -> page.text(told).startsWith("You are told when "));
  }

  @Test
  void theScrubberGoesBackAndToNowAgain() {
    page.open("");
    view("sky");
    Stage.until(() -> browser.getCurrentUrl().endsWith("#sky/you"));
    page.awaitGrid(PageStage.TRANSIT);
    AspectSet before = page.stage.held(PageStage.TRANSIT);
    page.move();
    page.awaitGrid(PageStage.TRANSIT);
    Map<String, String> now = Browser.words(page.stage.held(PageStage.TRANSIT));
    page.tabTo("#scrubber");
    page.press(Keys.ARROW_LEFT);
    page.awaitGrid(Browser.words(before));
    assertThat(page.text("output[for=scrubber]")).doesNotContain("live");
    page.tabTo("#scrubber ~ button");
    page.press(Keys.ENTER);
    page.awaitGrid(now);
    assertThat(page.text("output[for=scrubber]")).contains("live");
    assertThat(page.focused().getDomAttribute("id")).isEqualTo("scrubber");
    page.press(Keys.HOME);
    page.awaitGrid(Browser.words(before));
    page.press(Keys.END);
    page.awaitGrid(now);
    page.press(Keys.HOME);
    page.awaitGrid(Browser.words(before));
    page.move(); // lights cells that another chart must not show
    Stage.until(() -> !"1".equals(browser.findElement(By.id("scrubber")).getDomAttribute("max")));
    int exact = AspectPolicy.classic().match(0);
    page.stage.move("transit-zoe", AspectSet.builder().put(0, 0, exact).build(), true);
    page.tabTo("#chart-id");
    page.press("zoe", Keys.ENTER);
    page.awaitGrid("transit-zoe");
    assertThat(browser.findElements(By.cssSelector("#view-sky td.lit"))).isEmpty();
    assertThat(page.text("#view-sky .empty")).isEmpty();
    assertThat(page.text("output[for=scrubber]")).contains("live");
    assertThat(browser.findElement(By.cssSelector("#scrubber ~ button")).isEnabled()).isFalse();
  }

  @Test
  void theMomentThatIsShownStaysWhenOlderOnesAreForgotten() {
    String pair = "transit-old";
    Random random = new Random(17);
    page.stage.move(pair, Stage.some(random), true);
    page.open("#sky/old");
    page.awaitGrid(pair);
    Stage.until(
        () -> {
          page.stage.rush(pair, 40, random);
          return "719".equals(scrubber("max"));
        });
    page.awaitGrid(pair);
    page.tabTo("#scrubber");
    page.press(Keys.HOME, Keys.PAGE_UP);
    int index = Integer.parseInt(scrubber("value"));
    assertThat(index).isBetween(1, 718);
    Map<String, String> shown = Browser.grid(browser);
    String moment = page.text("output[for=scrubber]");
    Stage.until(
        () -> {
          page.stage.move(pair, Stage.some(random), true);
          return Integer.parseInt(scrubber("value")) < index;
        });
    assertThat(Browser.grid(browser)).isEqualTo(shown);
    page.press(Keys.ARROW_RIGHT, Keys.ARROW_LEFT);
    assertThat(page.text("output[for=scrubber]")).isEqualTo(moment);
    assertThat(Browser.grid(browser)).isEqualTo(shown);
    page.press(Keys.HOME);
    String oldest = page.text("output[for=scrubber]");
    page.stage.move(pair, Stage.some(random), true);
    Stage.until(() -> !page.text("output[for=scrubber]").equals(oldest));
    assertThat(scrubber("value")).isEqualTo("0");
    page.stage.end(pair);
    Stage.until(() -> page.text("#view-sky .empty").startsWith(pair + " has ended"));
    assertThat(browser.findElement(By.id("scrubber")).isEnabled()).isFalse();
    assertThat(scrubber("max")).isEqualTo("0");
  }

  @Test
  void aMomentThatIsPastHasItsOwnPlaces() {
    page.open("#sky/you");
    page.awaitGrid(PageStage.TRANSIT);
    Set<String> before = page.degrees();
    Stage.until(() -> placed().equals(before));
    page.move();
    page.awaitGrid(PageStage.TRANSIT);
    Set<String> now = page.degrees();
    Stage.until(() -> placed().equals(now));
    page.tabTo("#scrubber");
    page.press(Keys.ARROW_LEFT);
    assertThat(placed()).isEqualTo(before).isNotEqualTo(now);
    page.press(Keys.ARROW_RIGHT);
    assertThat(placed()).isEqualTo(now);
  }

  /** Where the wheel says that the bodies of A stand. */
  private Set<String> placed() {
    Object titles =
        browser.executeScript(
            "return [...document.querySelectorAll('#view-sky .wheel .body.a title')]"
                + ".map((title) => title.textContent.replace(/°.*/, ''))");
    Set<String> places = new TreeSet<>();
    ((List<?>) Objects.requireNonNull(titles)).forEach(title -> places.add(title.toString()));
    return places;
  }

  private String scrubber(String property) {
    return String.valueOf(browser.findElement(By.id("scrubber")).getDomProperty(property));
  }

  @Test
  void whatEveryoneShowsIsChosenAndOpened() {
    page.stage.trend(Format.JSON, 1, Everyone.figure("pairs", "", 50).setCohort("newcomers"));
    page.open("");
    view("population");
    Stage.until(() -> page.text("[data-testid=heat]").contains("25 %"));
    page.tabTo("#cohort");
    page.tabTo("#heat-aspect");
    page.press("Square");
    Stage.until(() -> !page.text("[data-testid=heat]").contains("%"));
    page.tabTo("[aria-label=Prevalence]");
    page.tabTo("[aria-label='What is trending']");
    page.tabTo("[aria-label='What comes together']");
    page.tabTo("summary");
    page.press(Keys.ENTER);
    page.tabTo("[aria-label=Scores]");
    assertThat(page.text("[aria-label=Scores]")).contains("95 to 100");
    page.stage.trend(Format.JSON, 1, Everyone.figure("score.mean", "rules/classic@1", 61.4));
    Stage.until(() -> page.text("#view-population").contains("mean 61.4"));
    assertThat(page.focused().getAccessibleName()).isEqualTo("Scores");
    assertThat(page.text("[aria-label=Scores]")).contains("95 to 100");
    page.open("#population");
    page.tabTo("#cohort");
    Stage.until(() -> page.text("#cohort").contains("newcomers"));
    page.press("newcomers");
    Stage.until(() -> page.text("#view-population").contains("comes together in newcomers"));
  }

  @Test
  void theGuardrailsOfAnExperimentAreOpened() {
    page.open("");
    view("experiments");
    page.tabTo("[aria-label='Arms of compatibility-model']");
    page.tabTo("summary");
    page.press(Keys.SPACE);
    page.tabTo("[aria-label='Guardrails of compatibility-model']");
    assertThat(page.text("[data-testid=guardrails]")).contains("reports");
    page.stage.result(Format.JSON, "another");
    Stage.until(() -> browser.findElements(By.cssSelector(".experiment")).size() == 2);
    assertThat(page.focused().getAccessibleName()).isEqualTo("Guardrails of compatibility-model");
    assertThat(browser.findElements(By.cssSelector(".experiment details[open]"))).hasSize(1);
  }

  @Test
  void theFiguresOfTheJobAreReached() {
    page.open("");
    view("pipeline");
    Stage.until(() -> page.text("#view-pipeline .tiles").contains("vector"));
    page.tabTo("[aria-label='Latency by step']");
    page.tabTo("a[href='http://127.0.0.1:8081']");
    page.tabTo("a[href='asyncapi.yaml']");
  }

  @Test
  void aChartAndAPairAreSent() {
    page.open("");
    view("send");
    page.tabTo("#send-chart");
    page.press("kim");
    page.tabTo("#send-sun");
    page.press("89.5");
    page.tabTo("[aria-labelledby=send-chart-title] button");
    page.press(Keys.ENTER);
    Stage.until(() -> page.text("[aria-labelledby=send-chart-title] .said").startsWith("Sent"));
    page.tabTo("#send-pairId");
    page.press("kim-you", Keys.TAB, "kim", Keys.TAB, "you", Keys.ENTER);
    Stage.until(() -> page.text("[aria-labelledby=send-pair-title] .said").startsWith("Sent"));
    page.tabTo("[aria-labelledby=send-pair-title] a");
    page.press(Keys.ENTER);
    Stage.until(() -> page.text("#view-pair .empty").contains("kim-you"));
  }

  /** Goes to a view by its link, as from the top of the page, and is at the content then. */
  private void view(String name) {
    page.tabTo("[data-view=" + name + "]");
    page.press(Keys.ENTER);
    Stage.until(() -> browser.findElement(By.id("view-" + name)).isDisplayed());
    Stage.until(() -> Objects.equals(page.focused().getDomAttribute("id"), "main"));
  }
}
