package io.cosmichub.gateway;

import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.openqa.selenium.chrome.ChromeDriver;

/** Tests with one page between them, opened before the first and closed after the last. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class AtThePage {
  static final String PAIR = PageStage.PAIR;

  PageStage page;
  ChromeDriver browser;

  @BeforeAll
  void open(@TempDir Path temporary) throws Exception {
    page = PageStage.start(temporary);
    browser = page.browser;
  }

  @AfterAll
  void close() {
    page.close();
  }
}
