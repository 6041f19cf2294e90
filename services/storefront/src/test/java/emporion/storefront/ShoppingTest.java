package emporion.storefront;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.openqa.selenium.By;
import org.openqa.selenium.Keys;

/** A shopper in a real browser. */
class ShoppingTest extends InTheShop {

  @Test
  void looksAroundSignsInAndBuys() {
    browser.type("search", "rope");
    browser.until("two ropes", () -> browser.all("product-card").size() == 2);
    browser.type("search", "honey");
    browser.until("one honey", () -> names().equals(List.of("Thyme honey")));
    browser.click("add-to-basket");
    browser.type("search", "bowl");
    browser.until("one bowl", () -> names().equals(List.of("Salt-glazed bowl")));
    browser.click("add-to-basket");
    assertEquals("2", browser.text("basket-count"));

    signIn();
    browser.click("basket");
    browser.until("two lines", () -> browser.all("basket-line").size() == 2);
    browser.click("checkout");

    browser.until("confirmed", () -> "confirmed".equals(status()));
    assertEquals("0", browser.text("basket-count"));
    assertEquals(2, browser.all("order-item").size());
    assertTrue(browser.text("timeline").contains("Payment"));
    assertEquals(List.of(), browser.complaints());
  }

  @Test
  void whatIsNoLongerSoldIsSaidBeforeItIsOrdered() {
    fillBasketAndSignIn();
    api.shelves.clear();
    browser.click("basket");
    browser.until("a warning", () -> browser.text("line-warning").contains("No longer sold"));
  }

  @Test
  void anOpenOrderIsFollowedToItsEnd() {
    fillBasketAndSignIn();
    pay("tok_slow");
    browser.until("pending", () -> "pending".equals(status()));
    browser.until("confirmed", () -> "confirmed".equals(status()));
  }

  @Test
  void aNameThatIsMarkupIsOnlyAName() {
    assertTrue(names().contains(Shelves.HOSTILE));
    browser.type("search", "onerror");
    browser.until("one product", () -> names().equals(List.of(Shelves.HOSTILE)));
    browser.click("add-to-basket");
    browser.click("product-name");
    assertEquals(
        Shelves.HOSTILE, browser.see("product-detail").findElement(By.tagName("h1")).getText());
    assertEquals(Shelves.HOSTILE + " · Emporion", browser.title());
    signIn();
    pay("tok_visa");
    browser.until("confirmed", () -> "confirmed".equals(status()));
    assertTrue(browser.text("order-item").contains(Shelves.HOSTILE));
    assertFalse(browser.title().contains("owned"));
    assertEquals(0L, browser.script("return document.querySelectorAll('main img, main b').length"));
  }

  @Test
  void theBrowserItselfRefusesMarkupFromText() {
    Object refused =
        browser.script(
            "try { document.body.innerHTML = '<b>x</b>'; return 'taken' } catch (e) { return e.name"
                + " }");
    assertEquals("TypeError", refused);
  }

  @Test
  void categorySortAndMoreNarrowAndWidenTheShelves() {
    browser.click("load-more");
    browser.until("all of them", () -> browser.all("product-card").size() == 36);
    assertTrue(browser.all("load-more").isEmpty());

    browser.until("categories", () -> browser.all("category").size() == 6);
    browser.all("category").get(1).click();
    browser.until("one shelf", () -> browser.all("product-card").size() == 7);
    browser.see("sort").sendKeys("Price, low" + Keys.ENTER);
    browser.until("sorted", () -> browser.hash().contains("sort=price"));
    assertTrue(browser.hash().contains("category=Pantry"));

    browser.go(api.address() + browser.hash());
    browser.script("location.reload()");
    browser.until("the same shelf", () -> browser.all("product-card").size() == 7);
  }

  @Test
  void aWrongPasswordIsSaidAndNothingIsKept() {
    browser.click("sign-in");
    browser.type("username", "ada");
    browser.type("password", "wrong");
    browser.click("sign-in-submit");
    assertTrue(browser.text("problem").contains("do not match"));
    assertEquals(0L, browser.script("return Object.keys(localStorage).length"));
  }

  @Test
  void fieldsThatWereRefusedSaySoBesideThem() {
    browser.click("sign-in");
    browser.click("register");
    browser.type("username", "x");
    browser.type("email_address", "nowhere");
    browser.type("password", ShopApi.PASSWORD);
    browser.click("register-submit");
    browser.until("an error", () -> browser.text("username-error").contains("3 to 64"));
    assertEquals("E-mail must be an address.", browser.text("email_address-error"));
    assertEquals("true", browser.see("username").getAttribute("aria-invalid"));

    browser.type("username", "grace");
    browser.type("email_address", "grace@example.org");
    browser.click("register-submit");
    assertEquals("grace", browser.text("account"));
  }

  @Test
  void aTokenIsRenewedBeforeItEndsAndWhenItIsRefused() {
    api.expiresIn = 1;
    fillBasketAndSignIn();
    api.expiresIn = 900;
    browser.until("nearly over", () -> tokenIsNearItsEnd());
    browser.click("orders");
    browser.until("renewed", () -> api.refreshes.get() == 1);
    api.refuseAccessToken();
    pay("tok_visa");
    browser.until("confirmed", () -> "confirmed".equals(status()));
    assertEquals(2, api.refreshes.get());
  }

  @Test
  void anOrderCanBeCancelledAndBoughtAgain() {
    fillBasketAndSignIn();
    pay("tok_visa");
    browser.click("cancel-order");
    browser.click("confirm-cancel");
    browser.until("cancelled", () -> "cancelled".equals(status()));
    browser.click("orders");
    browser.until("in the list", () -> browser.text("order-line").contains("Cancelled"));
    browser.see("order-line").findElement(By.tagName("a")).click();
    browser.click("buy-again");
    browser.until("back in the basket", () -> browser.all("basket-line").size() == 1);
  }

  @Test
  void signingOutForgetsTheTokens() {
    signIn();
    browser.click("sign-out");
    browser.see("sign-in");
    assertEquals(0L, browser.script("return Object.keys(localStorage).length"));
    browser.until("revoked", () -> api.revoked.size() == 1);
  }

  @Test
  void aForgottenPasswordIsSetByALink() {
    browser.click("sign-in");
    browser.click("forgot");
    browser.type("email_address", "ada@example.org");
    browser.click("forgot-submit");
    assertTrue(browser.text("link-sent").contains("If there is an account"));
    assertEquals(List.of("{\"email_address\":\"ada@example.org\"}"), api.forgotten);

    browser.go(api.address() + "#/reset/some-id.some-signature");
    browser.until("the form", () -> browser.all("reset-form").size() == 1);
    assertEquals("#/reset", browser.hash(), "a secret is not left in the address bar");
    browser.type("password", ShopApi.PASSWORD);
    browser.click("reset-submit");
    browser.see("sign-in-form");
    assertEquals(
        List.of("{\"token\":\"some-id.some-signature\",\"password\":\"" + ShopApi.PASSWORD + "\"}"),
        api.redeemed);
    assertEquals(List.of(), browser.complaints());
  }

  @Test
  void whatTheShopKnowsIsTakenAwayAndForgotten() {
    api.haveOrders(2);
    signIn();
    browser.click("account");
    browser.see("language").sendKeys("Deutsch" + Keys.TAB);
    browser.until("preferred", () -> api.language.equals("de"));
    browser.script(
        "const real = URL.createObjectURL; URL.createObjectURL = blob => {"
            + " blob.text().then(text => window.exported = JSON.parse(text));"
            + " return real.call(URL, blob); }");
    browser.click("export");
    browser.until("exported", () -> browser.script("return window.exported?.user.user_id") != null);
    assertEquals(
        "2,1",
        browser.script("return window.exported.orders.map(o => +o.order_id.slice(-4)).join()"));
    for (var list : List.of("payments", "notifications")) {
      assertEquals(
          "1,2",
          browser.script("return window.exported." + list + ".map(item => item.one).join()"),
          list);
    }
    assertEquals("de", browser.script("return window.exported.preferences.language"));

    browser.click("erase");
    assertFalse(api.erased, "before it is confirmed");
    browser.click("confirm-erase");
    browser.see("sign-in");
    assertTrue(api.erased);
    assertEquals(0L, browser.script("return Object.keys(localStorage).length"));
    assertEquals(List.of(), browser.complaints());
  }

  private static boolean tokenIsNearItsEnd() {
    return (boolean)
        browser.script(
            "const s = JSON.parse(localStorage.getItem('emporion.session'));"
                + " return Date.now() >= s.expiresAt - s.earlyMs");
  }
}
