package emporion.storefront;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.openqa.selenium.By;

/** The way back leads to where one was, and there is a way on from everywhere. */
class HistoryTest extends InTheShop {

  @Test
  void theWayBackLeadsToTheProductThatOneCameFrom() {
    browser.click("load-more");
    browser.until("all of them", () -> browser.all("product-card").size() == 36);
    var last = browser.all("product-name").getLast();
    browser.script("arguments[0].scrollIntoView({ block: 'center' })", last);
    String name = last.getText();
    long before = scrolled();
    assertTrue(before > 500);
    last.click();
    browser.until("the product", () -> browser.title().startsWith(name));
    assertEquals(0, scrolled());

    browser.back();
    browser.until("all of them again", () -> browser.all("product-card").size() == 36);
    browser.until("at the same place", () -> scrolled() == before);

    browser.script("document.querySelector('[data-product-id=p-034] a').click()");
    browser.until("the product", () -> browser.title().startsWith(name));
    browser.reload();
    browser.until("the product", () -> browser.title().startsWith(name));
    browser.back();
    browser.until("all of them again", () -> browser.all("product-card").size() == 36);
    browser.until("at the same place", () -> scrolled() == before);
  }

  @Test
  void eachChoiceIsAStepBack() {
    browser.until("categories", () -> browser.all("category").size() == 6);
    browser.all("category").get(1).click();
    browser.until("one shelf", () -> browser.all("product-card").size() == 7);
    browser.all("category").get(2).click();
    browser.until("another", () -> browser.hash().contains("category=Ceramics"));
    browser.type("search", "bowl");
    browser.until("one bowl", () -> names().equals(List.of("Salt-glazed bowl")));

    browser.back();
    browser.until("the shelf", () -> browser.all("product-card").size() == 7);
    assertEquals("#/?category=Ceramics", browser.hash());
    browser.back();
    browser.until("the first shelf", () -> browser.hash().equals("#/?category=Pantry"));
    browser.until(
        "chosen",
        () ->
            browser
                .see("categories")
                .findElements(By.cssSelector("[aria-pressed=true]"))
                .getFirst()
                .getText()
                .contains("Pantry"));
    browser.back();
    browser.until("all", () -> browser.all("product-card").size() == 24);
    assertEquals("", browser.hash());
  }

  @Test
  void whoHasToSignInFirstCanGoBackAndOn() {
    goTo("#/orders");
    browser.see("sign-in-form");
    browser.back();
    browser.until("the shelves", () -> browser.all("product-card").size() == 24);
    signIn();
    browser.until("the shelves", () -> browser.all("product-card").size() == 24);
    browser.click("account");
    browser.see("export");
    browser.back();
    browser.until("not the form again", () -> browser.all("product-card").size() == 24);
  }

  @Test
  void whatIsNotThereIsAPageWithAWayOn() {
    signIn();
    Map.of(
            "#/products/nothing", "24",
            "#/products/%zz", "24",
            "#/nowhere", "24",
            "#nowhere", "24",
            "#/orders/nothing", "orders")
        .forEach(
            (path, leadsTo) -> {
              goTo(path);
              browser.see("missing").findElement(By.cssSelector("a.button")).click();
              if (leadsTo.equals("orders")) {
                browser.until(path, () -> browser.hash().equals("#/orders"));
              } else {
                browser.until(path, () -> browser.all("product-card").size() == 24);
              }
            });
  }

  @Test
  void afterAnOutageEverythingComesBackByItself() {
    api.isDown = true;
    browser.reload();
    browser.until("an outage", () -> browser.text("problem").contains("problem at the moment"));
    assertTrue(browser.all("category").isEmpty());
    api.isDown = false;
    browser.until("products", () -> browser.all("product-card").size() == 24);
    browser.until("categories", () -> browser.all("category").size() == 6);
    assertTrue(browser.all("problem").isEmpty());
  }

  private static long scrolled() {
    return ((Number) browser.script("return Math.round(scrollY)")).longValue();
  }
}
