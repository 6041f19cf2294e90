package emporion.storefront;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The page that shows the API, in a real browser. */
class DocsTest {

  @Test
  void everyOperationOfTheDocumentIsShownAndOpens() {
    Browser.assumeInstalled();
    try (var storefront = RunningStorefront.start();
        var browser = Browser.open()) {
      browser.go(storefront.at("/docs").toString());
      browser.until("the API is shown", () -> count(browser, ".opblock-tag-section") > 2);
      assertEquals("Emporion API", browser.title());
      assertEquals(List.of(), browser.violations());
      browser.script(
          "document.querySelectorAll('.opblock-tag-section:not(.is-open) .opblock-tag')"
              + ".forEach(tag => tag.click())");
      browser.until("its operations", () -> count(browser, ".opblock") > 10);
      browser.script("document.querySelector('.opblock-post .opblock-summary-control').click()");
      browser.until(
          "what one of them takes and answers", () -> count(browser, ".responses-table") > 0);
      browser.photograph(Path.of("target/pictures/docs.png"));
      assertEquals(List.of(), browser.violations());
      assertEquals(List.of(), browser.complaints());
      assertTrue(count(browser, "link[href^='http'], script[src^='http']") == 0, "a foreign file");
    }
  }

  private static long count(Browser browser, String selector) {
    return (Long) browser.script("return document.querySelectorAll(\"" + selector + "\").length");
  }
}
