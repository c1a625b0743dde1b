package io.cosmichub.bench;

import java.io.File;
import org.openqa.selenium.chrome.ChromeDriver;
import org.openqa.selenium.chrome.ChromeDriverService;
import org.openqa.selenium.chrome.ChromeOptions;

/** Debian's Chromium, headless, drawing in software. */
final class Chromium {

  private static final File BROWSER = new File("/usr/bin/chromium");
  private static final File DRIVER = new File("/usr/bin/chromedriver");

  private Chromium() {}

  /** Whether Debian's packages chromium and chromium-driver are there. */
  static boolean installed() {
    return BROWSER.canExecute() && DRIVER.canExecute();
  }

  /** It ends with this process, whatever ends that but {@code kill -9}. */
  static ChromeDriver start() {
    ChromeOptions options = new ChromeOptions();
    options.setBinary(BROWSER);
    options.addArguments(
        "--headless=new",
        "--force-prefers-reduced-motion",
        "--no-sandbox",
        "--disable-dev-shm-usage",
        "--window-size=1280,1000");
    ChromeDriver browser =
        new ChromeDriver(
            new ChromeDriverService.Builder().usingDriverExecutable(DRIVER).build(), options);
    Runtime.getRuntime().addShutdownHook(new Thread(browser::quit, "chromium-quit"));
    return browser;
  }
}
