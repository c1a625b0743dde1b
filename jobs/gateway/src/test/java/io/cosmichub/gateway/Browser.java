package io.cosmichub.gateway;

import io.cosmichub.aspect.AspectPolicy;
import io.cosmichub.aspect.AspectSet;
import io.cosmichub.aspect.Hit;
import java.io.File;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.logging.Level;
import org.openqa.selenium.OutputType;
import org.openqa.selenium.chrome.ChromeDriver;
import org.openqa.selenium.chrome.ChromeDriverService;
import org.openqa.selenium.chrome.ChromeOptions;
import org.openqa.selenium.logging.LogType;
import org.openqa.selenium.logging.LoggingPreferences;

/** Debian's Chromium, how the page looks in it, and how it shows an aspect set. */
final class Browser {
  private static final Path SCREENSHOTS = Path.of("target", "screenshots");

  private Browser() {}

  static ChromeDriver start() {
    LoggingPreferences logs = new LoggingPreferences();
    logs.enable(LogType.BROWSER, Level.ALL);
    ChromeOptions options = new ChromeOptions();
    options.setBinary("/usr/bin/chromium");
    options.addArguments(
        "--headless=new",
        "--no-sandbox",
        "--disable-dev-shm-usage",
        "--force-prefers-reduced-motion",
        "--window-size=1280,1000");
    options.setCapability("goog:loggingPrefs", logs);
    ChromeDriverService service =
        new ChromeDriverService.Builder()
            .usingDriverExecutable(new File("/usr/bin/chromedriver"))
            .build();
    return new ChromeDriver(service, options);
  }

  /** Light or dark, and without motion. */
  static void scheme(ChromeDriver browser, String scheme) {
    browser.executeCdpCommand(
        "Emulation.setEmulatedMedia",
        Map.of(
            "features",
            List.of(
                Map.of("name", "prefers-color-scheme", "value", scheme),
                Map.of("name", "prefers-reduced-motion", "value", "reduce"))));
  }

  static void size(ChromeDriver browser, int width, int height) {
    browser.executeCdpCommand(
        "Emulation.setDeviceMetricsOverride",
        Map.of("width", width, "height", height, "deviceScaleFactor", 1, "mobile", false));
  }

  /** Keeps a picture of what is shown, for whoever looks at it. */
  static void keep(ChromeDriver browser, String name) throws IOException {
    Files.createDirectories(SCREENSHOTS);
    Files.copy(
        browser.getScreenshotAs(OutputType.FILE).toPath(),
        SCREENSHOTS.resolve(name + ".png"),
        StandardCopyOption.REPLACE_EXISTING);
  }

  /** By how many pixels the page is wider than its window. */
  static long overflow(ChromeDriver browser) {
    return (Long)
        Objects.requireNonNull(
            browser.executeScript(
                "return document.documentElement.scrollWidth - document.documentElement.clientWidth"));
  }

  /** Whether something of that kind is there and not hidden. */
  static boolean shows(ChromeDriver browser, String selector) {
    return Boolean.TRUE.equals(
        browser.executeScript(
            "return [...document.querySelectorAll(arguments[0])]"
                + ".some((element) => element.checkVisibility())",
            selector));
  }

  /**
   * What the first such element shows, cells beside each other after a space, or nothing where
   * there is none. In one step: a view may put another in its place at any moment.
   */
  static String text(ChromeDriver browser, String selector) {
    return (String)
        Objects.requireNonNull(
            browser.executeScript(
                "const first = document.querySelector(arguments[0]);"
                    + "return first?.checkVisibility()"
                    + " ? first.innerText.replaceAll(/[\\t\\u00a0 ]+/g, ' ').trim() : ''",
                selector));
  }

  /** The cells of a set by row and column, as the table has them. */
  static Map<String, String> words(AspectSet set) {
    Map<String, String> words = new TreeMap<>();
    set.forEach(
        (row, col, hit) ->
            words.put(
                row + " " + col,
                AspectPolicy.classic().aspect(Hit.code(hit)).id() + " " + degrees(Hit.orb(hit))));
    return words;
  }

  /** The cells of the table that is shown. */
  static Map<String, String> grid(ChromeDriver browser) {
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

  private static String degrees(int microDegrees) {
    return new BigDecimal(microDegrees).movePointLeft(6).stripTrailingZeros().toPlainString();
  }
}
