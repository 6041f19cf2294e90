package emporion.storefront;

import static org.junit.jupiter.api.Assertions.assertEquals;

import emporion.storefront.Shelves.Product;
import emporion.storefront.ShopApi.Answer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.openqa.selenium.Keys;

/**
 * Every view in every state, with the longest words that the API lets through: nothing scrolls
 * sideways at any width, and axe finds nothing wrong. Where it is not so, there is a picture. Each
 * build looks at the narrowest and the widest, and lets axe look at the narrowest, where there is
 * the most to go wrong; each night looks at all of them.
 */
class ViewsTest extends InTheShop {

  /** 320 is also what is left of 1280 at a zoom of 400 %, and 640 at one of 200 %. */
  private static final List<Integer> ALL_WIDTHS = List.of(320, 360, 640, 768, 1280);

  private static final boolean NIGHTLY = Boolean.getBoolean("nightly");
  private static final List<Integer> WIDTHS =
      NIGHTLY ? ALL_WIDTHS : List.of(ALL_WIDTHS.getFirst(), ALL_WIDTHS.getLast());

  private static final String LONG = "w".repeat(64);
  private final List<String> wrong = new ArrayList<>();

  @Test
  void signedOut() {
    look("shelves");
    browser.all("add-to-basket").getFirst().click();
    browser.all("add-to-basket").getFirst().click();
    look("shelves, something in the basket");
    goTo("#/basket");
    browser.see("checkout");
    look("basket");
    goTo("#/?q=nothing+at+all");
    browser.see("no-products");
    look("nothing found");
    for (var path : List.of("#/sign-in", "#/register", "#/forgot", "#/reset/some.token")) {
      goTo(path);
      browser.until(path, () -> browser.hash().startsWith(path.substring(0, 6)));
      look(path);
    }
    goTo("#/products/nothing");
    browser.see("missing");
    look("missing product");
    goTo("#/nowhere");
    browser.see("missing");
    look("missing page");
    goTo("nowhere");
    look("the server's missing page");
    assertEquals(List.of(), wrong);
  }

  @Test
  void errors() {
    goTo("#/sign-in");
    browser.type("username", LONG);
    browser.type("password", "wrong" + Keys.ENTER);
    browser.see("problem");
    look("sign-in refused");
    goTo("#/register");
    browser.type("username", "x");
    browser.click("register-submit");
    browser.until("an error", () -> browser.text("username-error").contains("3 to 64"));
    look("registration refused");
    goTo("#/forgot");
    browser.type("email_address", LONG + "@example.org");
    browser.click("forgot-submit");
    browser.see("link-sent");
    look("link sent");
    api.isDown = true;
    goTo("#/");
    browser.see("problem");
    look("shelves, outage");
    goTo("#/products/p-000");
    browser.see("failed");
    look("product, outage");
    assertEquals(List.of(), wrong);
  }

  @Test
  void longWords() {
    api.shelves.put(
        new Product(
            "p-long", "N" + "n".repeat(199), "C" + "c".repeat(99), 123_456_789_012L, "EUR", 2));
    api.shelves.put(new Product("p-out", "M" + "m".repeat(199), "D".repeat(100), 0, "KWD", 0));
    api.haveUser(LONG);
    browser.reload();
    signIn(LONG);
    look("shelves, long words");
    for (var id : List.of("p-long", "p-out")) {
      goTo("#/products/" + id);
      browser.see("product-detail");
      look("product " + id);
    }
    goTo("#/products/p-long");
    browser.click("add-to-basket");
    browser.click("add-to-basket");
    browser.click("add-to-basket");
    look("product, as many as there are");
    goTo("#/account");
    browser.see("export");
    look("account");
    browser.click("erase");
    look("account, about to be erased");
    goTo("#/basket");
    browser.see("checkout");
    look("basket, long words");
    browser.see("line-quantity").sendKeys(Keys.chord(Keys.CONTROL, "a"), "50", Keys.TAB);
    browser.see("line-warning");
    look("basket, too many");
    api.beforeOrder = () -> api.shelves.reprice("p-long", 999_999_999_999L);
    browser.click("checkout");
    browser.see("line-price-changed");
    look("basket, another price");
    api.refusals.put(
        "/v2/orders",
        Answer.problem(
            400,
            "invalid-request",
            LONG,
            LONG,
            "[{\"pointer\":\"/lines/0/product_id\",\"detail\":\"%s\"}]".formatted(LONG)));
    browser.click("checkout");
    browser.until("refused", () -> browser.text("problem").contains("is no longer sold"));
    look("basket, refused");
    api.refusals.clear();
    api.beforeOrder = () -> {};
    browser.click("card-tok_visa_declined");
    browser.click("checkout");
    seeOrder("cancelled");
    look("basket, declined");
    browser.click("card-tok_visa");
    browser.click("checkout");
    browser.until("an order of its own", () -> browser.hash().startsWith("#/orders/"));
    seeOrder("confirmed");
    look("order, long words");
    browser.click("cancel-order");
    look("order, about to be cancelled");
    browser.click("confirm-cancel");
    seeOrder("cancelled");
    look("order, cancelled");
    goTo("#/basket");
    browser.see("basket-empty");
    look("empty basket");
    api.shelves.clear();
    goTo("#/");
    assertEquals(List.of(), wrong);
  }

  @Test
  void orders() {
    signIn();
    goTo("#/orders");
    browser.until(
        "none", () -> browser.script("return document.querySelector('main .empty')") != null);
    look("no orders");
    api.haveOrders(3);
    browser.reload();
    browser.see("order-line");
    look("orders");
    goTo("#/orders/nothing");
    browser.see("missing");
    look("missing order");
    goTo("#/");
    browser.click("add-to-basket");
    api.looks = 1_000_000;
    pay("tok_slow");
    seeOrder("pending");
    look("an open order");
    goTo("#/basket");
    seeOrder("pending");
    look("basket, an open order");
    browser.click("sign-out");
    browser.see("sign-in");
    look("signed out, told");
    assertEquals(List.of(), wrong);
  }

  private void look(String view) {
    for (int width : WIDTHS) {
      browser.resize(width, 800);
      int before = wrong.size();
      if (isTooWide()) {
        wrong.add(view + " at " + width + ": " + culprits());
      }
      if (width == WIDTHS.getFirst() || NIGHTLY && width == WIDTHS.getLast()) {
        browser
            .violations()
            .forEach(violation -> wrong.add(view + " at " + width + ": " + violation));
      }
      if (wrong.size() > before) {
        browser.photograph(
            Path.of("target/pictures/%s-%d.png".formatted(view.replaceAll("\\W+", "-"), width)));
      }
    }
  }

  private static boolean isTooWide() {
    return (Boolean)
        browser.script(
            "const { scrollWidth, clientWidth } = document.documentElement;"
                + " return scrollWidth > clientWidth");
  }

  private static Object culprits() {
    return browser.script(
        """
        return [...document.querySelectorAll("body *")]
          .filter((element) => element.getBoundingClientRect().right > document.documentElement.clientWidth + 0.5)
          .slice(0, 4)
          .map((element) => element.tagName + "." + element.className)
          .join();
        """);
  }
}
