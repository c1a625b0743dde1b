package io.cosmichub.bench;

import java.net.URI;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import org.openqa.selenium.chrome.ChromeDriver;

/**
 * The page of a demo in Chromium, and when its grid had drawn what the first cell of a pair holds.
 */
final class DemoPage implements AutoCloseable {

  private static final int PATIENCE_SECONDS = 30;
  private static final long LOOK_MILLIS = 50;

  /** The first cell of the grid: the Sun of one chart and the Sun of the other. */
  private static final String CELL = "document.querySelector('[data-testid=grid] tbody td')";

  private static final String CONTENT = "return " + CELL + "?.dataset.content";

  /** A frame that was asked for draws what there is; what is queued in it runs once it is drawn. */
  private static final String WATCH =
      "window.drawn = []; const cell = "
          + CELL
          + ";"
          + "new MutationObserver(() => { const content = cell.dataset.content;"
          + "  requestAnimationFrame(() => setTimeout("
          + "    () => window.drawn.push(content + '|' + Date.now()))); })"
          + ".observe(cell, {attributes: true, attributeFilter: ['data-content']});";

  /** What the cell held, and from which epoch millisecond on it could be seen. */
  record Drawn(String content, long millis) {}

  private final ChromeDriver browser;

  /** Opens a pair and waits until its grid is there. */
  DemoPage(URI demo, String pair) throws InterruptedException {
    browser = Chromium.start();
    browser.get(demo.resolve("/#pair/" + pair).toString());
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS);
    while (Objects.toString(browser.executeScript(CONTENT), "").isEmpty()) {
      if (System.nanoTime() > end) {
        browser.quit();
        throw new IllegalStateException("the page does not show " + pair);
      }
      Thread.sleep(LOOK_MILLIS);
    }
    browser.executeScript(WATCH);
  }

  /** What has been drawn since this was asked before. */
  List<Drawn> drawn() {
    Object drawn = browser.executeScript("return window.drawn.splice(0)");
    return ((List<?>) Objects.requireNonNull(drawn)).stream().map(DemoPage::read).toList();
  }

  private static Drawn read(Object line) {
    String[] parts = line.toString().split("\\|", 2);
    return new Drawn(parts[0], Long.parseLong(parts[1]));
  }

  @Override
  public void close() {
    browser.quit();
  }
}
