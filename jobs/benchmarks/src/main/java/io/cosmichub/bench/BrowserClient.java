package io.cosmichub.bench;

import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import org.HdrHistogram.Histogram;
import org.openqa.selenium.chrome.ChromeDriver;

/**
 * The page of a gateway in Chromium, beside which the page's own connection follows pairs, and when
 * the callback of its WebSocket was called with each delta.
 */
final class BrowserClient implements AutoCloseable {

  private static final Duration PATIENCE = Duration.ofSeconds(60);

  /**
   * The time is taken first of all that the page does with a message; which record it tells of, the
   * page has read then. It is done once a state of each pair has come.
   */
  private static final String FOLLOW =
      """
      const [pairs, done] = arguments;
      const states = new Set();
      let now = 0;
      window.came = [];
      window.hellos = 0;
      const Socket = window.WebSocket;
      window.WebSocket = class extends Socket {
        constructor(...all) {
          super(...all);
          this.addEventListener('message', () => { now = Date.now(); });
        }
      };
      import('/connection.js').then(({Connection}) => {
        const connection = new Connection();
        connection.addEventListener('hello', () => window.hellos++);
        connection.addEventListener('snapshot', ({detail}) => {
          if (states.add(detail.pair).size === pairs.length) done(null);
        });
        connection.addEventListener('delta', ({detail}) => window.came.push(`${detail.revisionA} ${now}`));
        for (const pair of pairs) connection.follow(pair);
        connection.connect();
      }).catch((failed) => done(String(failed)));
      """;

  private final ChromeDriver browser;

  private BrowserClient(ChromeDriver browser) {
    this.browser = browser;
  }

  /** Opens the page and follows the pairs, of which something must have been published. */
  static BrowserClient open(URI page, List<String> pairs) {
    BrowserClient client = new BrowserClient(Chromium.start());
    try {
      client.follow(page, pairs);
      return client;
    } catch (RuntimeException e) {
      client.close();
      throw e;
    }
  }

  private void follow(URI page, List<String> pairs) {
    browser.manage().timeouts().scriptTimeout(PATIENCE);
    browser.get(page.toString());
    Object failed = browser.executeAsyncScript(FOLLOW, pairs);
    if (failed != null) {
      throw new IllegalStateException("the page cannot follow: " + failed);
    }
  }

  /**
   * How late what has come since the last call was, in microseconds of whole milliseconds: of each
   * delta to a revision of chart A whose record's time, in epoch milliseconds, is given. {@link
   * IllegalStateException} if the page was cut off, as then it was told states and not deltas.
   */
  Histogram take(Map<Long, Long> createdAt) {
    Object hellos = browser.executeScript("return window.hellos");
    if (!Objects.equals(hellos, 1L)) {
      throw new IllegalStateException("the page was cut off; connections: " + hellos);
    }
    Histogram micros = new Histogram(3);
    for (Object line :
        (List<?>) Objects.requireNonNull(browser.executeScript("return window.came.splice(0)"))) {
      String[] words = line.toString().split(" ", 2);
      Long created = createdAt.get(Long.valueOf(words[0]));
      if (created != null) {
        long late = Long.parseLong(words[1]) - created;
        micros.recordValue(TimeUnit.MILLISECONDS.toMicros(Math.max(0, late)));
      }
    }
    return micros;
  }

  @Override
  public void close() {
    browser.quit();
  }
}
