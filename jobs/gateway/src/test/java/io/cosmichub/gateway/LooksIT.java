package io.cosmichub.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import io.cosmichub.gateway.access.Keys;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.openqa.selenium.By;
import org.openqa.selenium.chrome.ChromeDriver;

/**
 * Every view, light and dark, at three widths: it fits, axe finds no fault, and a picture of it is
 * kept in {@code target/screenshots}.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class LooksIT {
  private static final String PAIR = PageStage.PAIR;
  private static final int HEIGHT = 1_700;
  private static final List<String> VIEWS =
      List.of("pair", "pair/" + PAIR, "sky/you", "population", "experiments", "send", "pipeline");

  private PageStage page;
  private ChromeDriver browser;

  @BeforeAll
  void start(@TempDir Path temporary) throws Exception {
    page = PageStage.start(temporary);
    browser = page.browser;
  }

  @AfterAll
  void stop() {
    page.close();
  }

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
      Stage.until(() -> browser.findElements(By.cssSelector(".grid:not(.heat) td.lit")).isEmpty());
      Axe.faults(browser).forEach(fault -> faults.add(view + ": " + fault));
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
        page.tabTo("#token");
        page.press("nonsense", org.openqa.selenium.Keys.ENTER);
        Stage.until(() -> page.text("#token-problem").contains("does not take this token"));
        page.tabTo("#token");
        String token = Keys.hs256(Keys.SECRET, "ada", Instant.now().plusSeconds(60), false);
        page.press(token, org.openqa.selenium.Keys.ENTER);
        page.awaitConnection();
        Stage.until(() -> page.text("#who").equals("You are ada."));
      }
    }
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

  private long overflow() {
    return Browser.overflow(browser);
  }

  private void keep(String name) throws IOException {
    Browser.keep(browser, name);
  }
}
