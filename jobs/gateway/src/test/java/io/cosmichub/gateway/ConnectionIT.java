package io.cosmichub.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jwt.JWTClaimsSet;
import io.cosmichub.gateway.access.Keys;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.Test;
import org.openqa.selenium.By;

/** What the page says and does when nothing comes: no gateway, no record, no leave. */
final class ConnectionIT extends AtThePage {
  @Test
  void whenTheGatewayIsKilledThePageSaysSinceWhenAndLosesNothing() throws Exception {
    page.open("#pair/" + PAIR);
    page.awaitGrid(PAIR);
    page.killGateway();
    Stage.until(() -> page.status().startsWith("Connection lost. What you see is from "));
    browser.executeScript("location.hash = '#population'");
    Stage.until(() -> page.text("#cohort").equals("everyone"));
    browser.executeScript("location.hash = '#pair/" + PAIR + "'");
    page.move();
    page.move();
    page.startGateway();
    page.awaitConnection();
    page.awaitGrid(PAIR);
    page.move();
    Stage.until(() -> page.status().equals("Live"));
    page.awaitGrid(PAIR);
  }

  @Test
  void aGatewayThatStandsStillIsTakenForLostThoughItsConnectionIsOpen() throws Exception {
    page.open("#pair/" + PAIR);
    page.awaitGrid(PAIR);
    page.stopGateway();
    try {
      Stage.until(() -> page.status().startsWith("Connection lost. What you see is from "));
      page.move();
    } finally {
      page.continueGateway();
    }
    page.awaitConnection();
    page.awaitGrid(PAIR);
    page.move();
    Stage.until(() -> page.status().equals("Live"));
    page.awaitGrid(PAIR);
  }

  @Test
  void theWaitsBetweenTriesGrowToABoundAreSpreadAndBeginAnewOnceItIsBack() throws Exception {
    page.open("#pipeline");
    browser.executeScript(
        "window.waits = []; const set = window.setTimeout;"
            + "window.setTimeout = (work, wait) => {"
            + "  const lost = document.querySelector('#status.lost');"
            + "  if (lost && wait !== 20_000) window.waits.push(wait);" // a try has so long to
            // answer
            + "  return set(work, wait); };");
    page.killGateway();
    Stage.until(() -> waits().size() >= 4);
    List<Double> waits = waits();
    for (int attempt = 0; attempt < waits.size(); attempt++) {
      assertThat(waits.get(attempt)).isBetween(250.0 * (1 << attempt), 500.0 * (1 << attempt));
    }
    assertThat(waits).anyMatch(wait -> wait % 250 != 0);
    page.startGateway();
    page.awaitConnection();
    int before = waits().size();
    page.killGateway();
    Stage.until(() -> waits().size() > before);
    assertThat(waits().get(before)).isBetween(250.0, 500.0);
    page.startGateway();
    page.awaitConnection();
    // Nobody wants to wait here for the later ones.
    Object later =
        browser.executeAsyncScript(
            "const done = arguments[0]; import('/connection.js').then(({waitBefore}) =>"
                + " done([6, 9, 60].map((attempt) => [0, 0.5, 1].map("
                + "(random) => waitBefore(attempt, random)).join(' '))))");
    assertThat((List<?>) later)
        .asInstanceOf(InstanceOfAssertFactories.list(String.class))
        .containsOnly("10000 15000 20000");
  }

  /** How long the page wanted to wait, each time that it was cut off. */
  private List<Double> waits() {
    Object waits = browser.executeScript("return window.waits");
    return ((List<?>) Objects.requireNonNull(waits))
        .stream().map(wait -> ((Number) wait).doubleValue()).toList();
  }

  @Test
  void whileNoRecordComesThePageSaysSinceWhenAndNotThatItIsLive() throws Exception {
    page.open("#pair/" + PAIR);
    page.move();
    Stage.until(() -> page.status().equals("Live"));
    Stage.until(() -> page.status().startsWith("Connected. No update since "));
    Object time =
        browser.executeAsyncScript(
            "const [millis, done] = arguments;"
                + "import('/words.js').then(({moment}) => done(moment(new Date(millis))))",
            newestRecord());
    assertThat(page.status()).isEqualTo("Connected. No update since " + time + ".");
    assertThat(browser.findElements(By.cssSelector("#status.open.quiet"))).hasSize(1);
    page.move();
    Stage.until(() -> page.status().equals("Live"));
  }

  @Test
  void whileTheFiguresOfTheJobAreOutOfReachTheViewSaysSinceWhenThoseThatItShowsAre() {
    page.open("#pipeline");
    String tiles = "#view-pipeline .tiles";
    Stage.until(() -> page.text(tiles).contains("vector"));
    browser.executeScript(
        "new MutationObserver(() => { window.drawn = Date.now(); })"
            + ".observe(document.querySelector(arguments[0]), {childList: true})",
        tiles);
    Stage.until(() -> browser.executeScript("return window.drawn ?? null") != null);
    page.jobIsAway(true);
    String note = "#view-pipeline .empty";
    try {
      Stage.until(() -> page.text(note).startsWith("The job’s figures cannot be read now: "));
      assertThat(page.text(tiles)).contains("vector");
      Object times = // the second in which they were drawn, or came shortly before
          browser.executeAsyncScript(
              "const done = arguments[0]; import('/words.js').then(({moment}) =>"
                  + " done([0, 1_000].map((millis) => moment(new Date(window.drawn - millis)))))");
      String said = page.text(note);
      assertThat((List<?>) Objects.requireNonNull(times))
          .anyMatch(time -> said.contains(" What you see is from " + time + ". The view comes"));
    } finally {
      page.jobIsAway(false);
    }
    Stage.until(() -> page.text(note).isEmpty());
  }

  @Test
  void whatATokenDoesNotAllowThePageSays() throws Exception {
    page.stage.move("mine-1", page.stage.held(PAIR), true);
    try (Stage.Running gateway = page.stage.gateway("token.shared-secret=" + Keys.SECRET)) {
      enter(gateway, "other", Keys.claims("ada", Instant.now().plusSeconds(600), false));
      String empty = "#view-pair .empty";
      Stage.until(
          () ->
              page.text(empty).equals("other cannot be followed: the token does not allow this."));
      page.tabTo("#threshold ~ button");
      page.press(org.openqa.selenium.Keys.ENTER);
      Stage.until(
          () ->
              page.text("#view-pair > [role=status]")
                  .equals("There is no alert for other: alerts are for pairs that one follows."));

      browser.executeScript("location.hash = '#pair/mine-1'");
      page.awaitGrid("mine-1");
      assertThat(page.text(empty)).isEmpty();
      Stage.until(() -> browser.findElements(By.cssSelector("#view-pair .wheel .a")).size() == 20);
      Stage.until(
          () ->
              page.text("#view-pair .unseen")
                  .equals("The token does not show where the bodies of you stand."));
      assertThat(browser.findElements(By.cssSelector("#view-pair .wheel .b"))).isEmpty();
    }
  }

  @Test
  void aTokenIsAskedForThoughTheFirstAnswerOfTheGatewayWasAnother() {
    try (Stage.Running gateway =
        page.stage.gateway("token.shared-secret=" + Keys.SECRET, "limits.requests-per-second=1")) {
      browser.get("about:blank");
      new Http(gateway.address()).get("/api/session"); // the one of this second
      browser.get(gateway.address() + "/#pair/mine-1");
      Stage.until(() -> browser.findElement(By.id("token")).isDisplayed());
      assertThat(page.status()).isEqualTo("Not connected: a token is needed");
    }
  }

  @Test
  void whenTheTokenHasExpiredThePageSaysSinceWhenItsDataAre() throws Exception {
    page.stage.move("mine-1", page.stage.held(PAIR), true);
    try (Stage.Running gateway = page.stage.gateway("token.shared-secret=" + Keys.SECRET)) {
      enter(gateway, "mine-1", Keys.claims("ada", Instant.now().plusSeconds(10), false));
      page.awaitGrid("mine-1");
      Stage.until(() -> page.status().startsWith("Not connected: a token is needed. What you see"));
      page.awaitGrid("mine-1");
    }
  }

  @Test
  void aPageWhoseOriginIsNotListedSaysSo() {
    try (Stage.Running gateway =
        page.stage.gateway(
            "token.shared-secret=" + Keys.SECRET, "origins=https://app.example.org")) {
      open(gateway, "mine-1", Keys.claims("ada", Instant.now().plusSeconds(600), false));
      String said = "does not list " + gateway.address();
      Stage.until(() -> page.status().startsWith("Not connected:") && page.status().endsWith(said));
      assertThat(browser.findElement(By.id("token")).isDisplayed()).isFalse();
    }
  }

  @Test
  void aPageOfAnotherOriginGetsItsTicketAndItsPairsWhereItsOriginIsListedOnly() throws Exception {
    page.stage.move("mine-1", page.stage.held(PAIR), true);
    try (OtherPage other = OtherPage.start();
        Stage.Running lists =
            page.stage.gateway("token.shared-secret=" + Keys.SECRET, "origins=" + other.origin());
        Stage.Running doesNot = page.stage.gateway("token.shared-secret=" + Keys.SECRET)) {
      browser.get(other.origin());
      String token = Keys.hs256(Keys.SECRET, "ada", Instant.now().plusSeconds(600), false);
      assertThat(other.follow(browser, lists.address(), token, "mine-1")).isEqualTo("snapshot");
      assertThat(other.follow(browser, doesNot.address(), token, "mine-1"))
          .isEqualTo("no ticket: TypeError");
      browser.get("about:blank");
    }
  }

  private void enter(Stage.Running gateway, String pair, JWTClaimsSet.Builder claims) {
    open(gateway, pair, claims);
    page.awaitConnection();
  }

  /** Opens a pair on a gateway that asks for a token, and gives one that shows one chart. */
  private void open(Stage.Running gateway, String pair, JWTClaimsSet.Builder claims) {
    browser.get("about:blank");
    browser.get(gateway.address() + "/#pair/" + pair);
    page.tabTo("#token");
    page.press(
        Keys.hs256(Keys.SECRET, claims.claim("charts", List.of("me"))),
        org.openqa.selenium.Keys.ENTER);
  }

  /** When Kafka had it, in epoch milliseconds, as the gateway's metrics say. */
  private long newestRecord() throws Exception {
    HttpResponse<String> metrics =
        HttpClient.newHttpClient()
            .send(
                HttpRequest.newBuilder(URI.create(page.address + "metrics")).build(),
                HttpResponse.BodyHandlers.ofString());
    return metrics
        .body()
        .lines()
        .filter(line -> line.startsWith("cosmichub_gateway_newest_record_seconds "))
        .mapToLong(line -> Math.round(1e3 * Double.parseDouble(line.replaceFirst(".* ", ""))))
        .findFirst()
        .orElseThrow();
  }
}
