package io.cosmichub.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import io.cosmichub.aspect.AspectPolicy;
import io.cosmichub.aspect.AspectSet;
import io.cosmichub.aspect.Hit;
import io.cosmichub.aspect.Nature;
import io.cosmichub.gateway.access.Keys;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.openqa.selenium.By;

/**
 * Every view, light and dark, at three widths: it fits, axe finds no fault at the least and at the
 * most, and a picture of it is kept in {@code target/screenshots}.
 */
final class LooksIT extends AtThePage {
  private static final int HEIGHT = 1_700;

  /** Between the two widths for which the page has a layout of its own. */
  private static final int MEDIUM = 820;

  /** As the page calls them, each 30 degrees more than the one before. */
  private static final List<String> ASPECTS =
      List.of(
          "Conjunction", "Semi-sextile", "Sextile", "Square", "Trine", "Quincunx", "Opposition");

  private static final List<String> VIEWS =
      List.of("pair", "pair/" + PAIR, "sky/you", "population", "experiments", "send", "pipeline");

  @ParameterizedTest
  @CsvSource({"390, light", "390, dark", "820, light", "820, dark", "1440, light", "1440, dark"})
  void everyViewFitsAndAxeFindsNoFault(int width, String scheme) throws Exception {
    page.size(width, HEIGHT);
    page.scheme(scheme);
    List<String> faults = new ArrayList<>();
    for (String view : VIEWS) {
      page.open("#" + view);
      settled(view);
      String name = view.equals("pair") ? "start" : view.replaceFirst("/.*", "");
      keep(name + "-" + scheme + "-" + width);
      assertThat(overflow()).as(view).isZero();
      assertThat(cut()).as(view).isEmpty();
      if (width != MEDIUM) {
        Axe.faults(browser).forEach(fault -> faults.add(view + ": " + fault));
      }
    }
    assertThat(faults).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({"390, dark", "1440, light"})
  void noFaultIsInWhatThePageSaysWhenItHasNoData(int width, String scheme) throws Exception {
    page.size(width, HEIGHT);
    page.scheme(scheme);
    page.open("#pair/nobody");
    Stage.until(() -> page.text("#view-pair .empty").contains("nobody"));
    Stage.until(() -> page.status().startsWith("Connected. No update since "));
    keep("quiet-" + scheme + "-" + width);
    assertThat(overflow()).isZero();
    assertThat(Axe.faults(browser)).isEmpty();
    page.open("#pair/" + PAIR);
    page.awaitGrid(PAIR);
    page.killGateway();
    Stage.until(() -> page.status().startsWith("Connection lost. "));
    keep("lost-" + scheme + "-" + width);
    assertThat(overflow()).isZero();
    List<String> faults = Axe.faults(browser);
    page.startGateway();
    assertThat(faults).isEmpty();
  }

  @Test
  void aTokenIsAskedForInAFormWithoutFault() throws Exception {
    try (Stage.Running gateway = page.stage.gateway("token.shared-secret=" + Keys.SECRET)) {
      for (String scheme : List.of("light", "dark")) {
        page.size(390, HEIGHT);
        page.scheme(scheme);
        browser.get("about:blank");
        browser.get(gateway.address() + "/#pair/" + PAIR);
        Stage.until(() -> browser.findElement(By.id("token")).isDisplayed());
        assertThat(page.status()).isEqualTo("Not connected: a token is needed");
        keep("token-" + scheme + "-390");
        assertThat(overflow()).isZero();
        assertThat(Axe.faults(browser)).isEmpty();
        assertThat(page.text("#view-pair .empty")).isEmpty();
        for (String bad :
            List.of("nonsense", "\u0442\u043e\u043a\u0435\u043d")) { // no header holds that
          page.tabTo("#token");
          page.press("", org.openqa.selenium.Keys.ENTER);
          page.press("  ", org.openqa.selenium.Keys.ENTER);
          assertThat(browser.findElement(By.id("token")).isDisplayed()).isTrue();
          page.press(bad, org.openqa.selenium.Keys.ENTER);
          Stage.until(() -> page.text("#token-problem").contains("does not take this token"));
          browser.executeScript("document.getElementById('token-problem').textContent = ''");
        }
        page.tabTo("#token");
        String token = Keys.hs256(Keys.SECRET, "ada", Instant.now().plusSeconds(60), false);
        page.press(token, org.openqa.selenium.Keys.ENTER);
        page.awaitConnection();
        Stage.until(() -> page.text("#who").equals("You are ada."));
      }
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"light", "dark"})
  void whatChangedJustNowIsLitAndListedAndInThatIsNoFaultEither(String scheme) throws Exception {
    AspectSet before = set(Map.of("0 0", 0, "1 2", 120_000_000, "3 4", 90_000_000));
    AspectSet after = set(Map.of("0 0", 0, "3 4", 120_000_000, "5 6", 180_000_000));
    page.stage.move("lit", before, true);
    page.size(1440, HEIGHT);
    page.scheme(scheme);
    page.open("#pair/lit");
    page.awaitGrid("lit");
    assertThat(lit("td")).isZero();
    Stage.until(() -> browser.findElements(By.cssSelector("#view-pair .wheel .body")).size() == 20);
    // What is lit stays so for as long as the page's clock stands.
    browser.executeScript("window.clock = Date.now; const now = Date.now(); Date.now = () => now;");
    page.stage.move("lit", after, true);
    page.awaitGrid("lit");
    Stage.until(() -> lit("td") > 0);
    assertThat(cells("td.lit")).containsExactlyInAnyOrder("1 2", "3 4", "5 6");
    assertThat(lit(".wheel .line")).isEqualTo(2); // the third is gone
    assertThat(page.text("#view-pair .changes").lines())
        .anyMatch(line -> line.startsWith("Moon trine Mercury dissolved"))
        .anyMatch(line -> line.startsWith("Venus square Mars gave way to trine, orb 0.00°"))
        .anyMatch(line -> line.startsWith("Jupiter opposition Saturn formed, orb 0.00°"));
    keep("lit-" + scheme + "-1440");
    assertThat(Axe.faults(browser)).isEmpty();
    assertThat(lit("td")).isEqualTo(3);
    browser.executeScript("Date.now = window.clock");
    Stage.until(() -> lit("td") == 0 && lit(".wheel .line") == 0);
  }

  @ParameterizedTest
  @ValueSource(strings = {"light", "dark"})
  void aCellSaysItsAspectAndItsOrbAndIsInTheColourOfItsNature(String scheme) {
    AspectPolicy classic = AspectPolicy.classic();
    Map<String, Integer> arcs = new TreeMap<>();
    List<String> expected = new ArrayList<>();
    for (int i = 0; i < ASPECTS.size(); i++) {
      int arc = 30_000_000 * i + (i == 6 ? -1_230_000 : 1_230_000);
      arcs.put(i + " " + i, arc);
      Nature nature = classic.aspect(Hit.code(classic.match(arc))).nature();
      expected.add(
          ASPECTS.get(i) + " 1.23° " + nature.name().toLowerCase(Locale.ROOT) + ", 1 glyph");
    }
    page.stage.move("natures", set(arcs), true);
    page.scheme(scheme);
    page.open("#pair/natures");
    page.awaitGrid("natures");
    Object said =
        browser.executeScript(
            "const style = getComputedStyle(document.documentElement);"
                + "const natures = ['harmonious', 'challenging', 'neutral'];"
                + "return [...document.querySelectorAll('#view-pair .grid td')]"
                + ".filter((cell) => cell.firstChild).map((cell) => {"
                + "  const colour = getComputedStyle(cell).backgroundColor.match(/\\d+/g).slice(0, 3).join(' ');"
                + "  const nature = natures.find((name) =>"
                + "    style.getPropertyValue(`--${name}-rgb`).trim() === colour);"
                + "  return `${cell.textContent} ${nature}, ${cell.querySelectorAll('svg path').length} glyph`; })");
    assertThat(said).isEqualTo(expected);
  }

  /** The aspects of these arcs, in micro-degrees, by row and column. */
  private static AspectSet set(Map<String, Integer> arcs) {
    AspectSet.Builder set = AspectSet.builder();
    new TreeMap<>(arcs)
        .forEach(
            (cell, arc) -> {
              String[] at = cell.split(" ", -1);
              int hit = AspectPolicy.classic().match(arc);
              set.put(Integer.parseInt(at[0]), Integer.parseInt(at[1]), hit);
            });
    return set.build();
  }

  private int lit(String kind) {
    return browser.findElements(By.cssSelector("#view-pair " + kind + ".lit")).size();
  }

  /** Row and column of such cells of the grid. */
  private List<String> cells(String selector) {
    Object cells =
        browser.executeScript(
            "return [...document.querySelectorAll('#view-pair .grid ' + arguments[0])]"
                + ".map((cell) => `${cell.parentElement.rowIndex - 1} ${cell.cellIndex - 1}`)",
            selector);
    return ((List<?>) Objects.requireNonNull(cells)).stream().map(Object::toString).toList();
  }

  /** What comes by itself is there, and has moved. */
  private void settled(String view) {
    if (view.contains("/")) {
      String pair = view.startsWith("sky") ? PageStage.TRANSIT : PAIR;
      page.awaitGrid(pair);
      page.move();
      page.awaitGrid(pair);
    }
    String last =
        switch (view) {
          case "pair" -> ".chips a";
          case "population" -> ".histogram";
          case "experiments" -> "[data-testid=arms]";
          case "pipeline" -> "#view-pipeline canvas";
          case "send" -> "#send-pairId";
          default -> "[data-panel]:not([hidden]) .wheel .line";
        };
    Stage.until(() -> Browser.shows(browser, last));
  }

  /** Words that one must scroll to read, where the page is narrow. */
  private List<String> cut() {
    Object cut =
        browser.executeScript(
            "const range = document.createRange();"
                + "return [...document.querySelectorAll('[data-panel]:not([hidden]) :is(p, h1, h2, h3, caption)')]"
                + ".filter((one) => one.checkVisibility() && one.className !== 'visually-hidden')"
                + ".filter((one) => { range.selectNodeContents(one);"
                + "  return range.getBoundingClientRect().right > innerWidth; })"
                + ".map((one) => one.textContent)");
    return ((List<?>) Objects.requireNonNull(cut)).stream().map(Object::toString).toList();
  }

  private long overflow() {
    return Browser.overflow(browser);
  }

  private void keep(String name) throws IOException {
    Browser.keep(browser, name);
  }
}
