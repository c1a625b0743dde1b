package io.cosmichub.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import org.openqa.selenium.ElementNotInteractableException;
import org.openqa.selenium.Keys;
import org.openqa.selenium.StaleElementReferenceException;
import org.openqa.selenium.WebElement;
import org.openqa.selenium.chrome.ChromeDriver;

/** Keys alone, and where they lead. */
final class Keyboard {
  private static final int MOST_STOPS = 80;

  /** An outline of 2 px or more, on the page and not clipped away; the end of the page has none. */
  private static final String FOCUS_SHOWS =
      "const at = document.activeElement; if (at === document.body) return true;"
          + "const style = getComputedStyle(at), box = at.getBoundingClientRect();"
          + "return at.matches(':focus-visible') && style.outlineStyle !== 'none'"
          + " && parseFloat(style.outlineWidth) >= 2 && box.width > 0 && box.height > 0"
          + " && box.right > 0 && box.left < innerWidth && box.bottom > 0 && box.top < innerHeight";

  private final ChromeDriver browser;

  Keyboard(ChromeDriver browser) {
    this.browser = browser;
  }

  /** What had the focus may go before the key is pressed: then it is pressed where the focus is. */
  void press(CharSequence... keys) {
    Stage.until(
        () -> {
          try {
            focused().sendKeys(keys);
            return true;
          } catch (ElementNotInteractableException | StaleElementReferenceException gone) {
            return false;
          }
        });
  }

  WebElement focused() {
    return browser.switchTo().activeElement();
  }

  /** Goes by the tab key alone, and sees on the way where the focus is. */
  WebElement tabTo(String selector) {
    for (int i = 0; i < MOST_STOPS; i++) {
      press(Keys.TAB);
      assertThat(browser.executeScript(FOCUS_SHOWS))
          .as(() -> "the focus shows on " + focused().getDomProperty("outerHTML"))
          .isEqualTo(true);
      Object there =
          browser.executeScript("return document.activeElement.matches(arguments[0])", selector);
      if (Boolean.TRUE.equals(there)) {
        return focused();
      }
    }
    throw new AssertionError("the tab key does not reach " + selector);
  }
}
