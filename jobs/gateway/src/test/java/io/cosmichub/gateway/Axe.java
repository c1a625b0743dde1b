package io.cosmichub.gateway;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;
import org.openqa.selenium.chrome.ChromeDriver;

/** Looks for what keeps people out of the page that is shown. */
final class Axe {
  private Axe() {}

  /** What axe finds, the moderate too. */
  static List<String> faults(ChromeDriver browser) throws IOException {
    try (InputStream axe = Axe.class.getResourceAsStream("/axe.min.js")) {
      browser.executeScript(
          new String(Objects.requireNonNull(axe).readAllBytes(), StandardCharsets.UTF_8));
    }
    Object found =
        browser.executeAsyncScript(
            "const done = arguments[0];"
                + "axe.run().then((result) => done(result.violations.map((fault) => fault.impact"
                + " + ' ' + fault.id + ': ' + fault.nodes.map((node) => node.html + ' '"
                + " + node.any.map((check) => check.message)).join(' '))))");
    return ((List<?>) Objects.requireNonNull(found)).stream().map(Object::toString).toList();
  }
}
