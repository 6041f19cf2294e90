package emporion.storefront;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** One session for all tabs of a browser. */
class SessionsTest extends InTheShop {

  /** As a word: one random id in a hundred has these digits somewhere. */
  private static final Pattern ADA = Pattern.compile("\\bada\\b");

  @Test
  void aNewTabIsSignedIn() {
    api.haveOrders(1);
    signIn();
    browser.openTab(api.address() + "#/orders");
    assertEquals("ada", browser.text("account"));
    browser.see("order-line");
  }

  @Test
  void aDuplicatedTabAndItsOriginalRenewOneToken() {
    api.expiresIn = 2;
    api.haveOrders(1);
    signIn();
    browser.duplicateTab();
    browser.see("account");
    for (int round = 1; round <= 3; round++) {
      browser.until("nearly over", SessionsTest::tokenIsNearItsEnd);
      // Both at the same moment.
      browser.script("location.hash = '/orders?' + Math.random()");
      browser.toTab(0);
      browser.script("location.hash = '/orders?' + Math.random()");
      int expected = round;
      browser.until("renewed", () -> api.refreshes.get() >= expected);
      browser.toTab(1);
    }
    assertEquals(0, api.reused.get());
    for (int tab : List.of(0, 1)) {
      browser.toTab(tab);
      assertEquals("ada", browser.text("account"));
      browser.see("order-line");
    }
  }

  @Test
  void tabsThatAskAtTheSameMomentRenewOnce() {
    api.haveOrders(1);
    signIn();
    browser.openTab(api.address());
    browser.see("account");
    api.refuseAccessToken();
    String ask =
        "const at = arguments[0]; setTimeout(() => location.hash = '/orders', at - Date.now())";
    long at = System.currentTimeMillis() + 500;
    for (int tab : List.of(0, 1)) {
      browser.toTab(tab);
      browser.script(ask, at);
    }
    for (int tab : List.of(0, 1)) {
      browser.toTab(tab);
      browser.see("order-line");
    }
    assertEquals(1, api.refreshes.get());
    assertEquals(0, api.reused.get());
  }

  @Test
  void whoSignsOutInOneTabLeavesNothingInAny() {
    api.haveOrders(1);
    fillBasketAndSignIn();
    var pages = List.of("#/basket", "#/orders", "#/account", "#/orders/" + ShopApi.FIRST_ORDER);
    for (var page : pages) {
      browser.openTab(api.address() + page);
      browser.see("account");
    }
    browser.click("sign-out");
    assertNothingIsLeft(pages.size() + 1);
    browser.until("revoked", () -> api.revoked.size() == 1);
  }

  @Test
  void whoErasesTheAccountLeavesNothingEither() {
    fillBasketAndSignIn();
    browser.openTab(api.address() + "#/basket");
    browser.see("checkout");
    browser.click("account");
    browser.click("erase");
    browser.click("confirm-erase");
    assertNothingIsLeft(2);
    assertTrue(api.erased);
  }

  @Test
  void aPageThatComesBackOutOfTheCacheKnowsNobodyAnyMore() {
    fillBasketAndSignIn();
    browser.click("account");
    browser.see("export");
    browser.go(api.address() + "404.html");
    browser.openTab(api.address());
    browser.click("sign-out");
    browser.toTab(0);
    browser.back();
    browser.see("sign-in");
    assertNothingIsLeft(2);
  }

  @Test
  void aSessionThatEndsByItselfKeepsTheBasketForItsOwner() {
    fillBasketAndSignIn();
    api.endSession();
    browser.click("orders");
    browser.see("sign-in-form");
    assertEquals("1", browser.text("basket-count"));
    api.haveUser("eve");
    browser.type("username", "eve");
    browser.type("password", ShopApi.PASSWORD);
    browser.click("sign-in-submit");
    browser.until("somebody else", () -> browser.text("account").equals("eve"));
    assertEquals("0", browser.text("basket-count"));
  }

  private void assertNothingIsLeft(int tabs) {
    for (int tab = 0; tab < tabs; tab++) {
      browser.toTab(tab);
      browser.see("sign-in");
      browser.until(
          "an empty basket in tab " + tab, () -> browser.text("basket-count").equals("0"));
      String page = String.valueOf(browser.script("return document.documentElement.outerHTML"));
      assertFalse(ADA.matcher(page).find(), page);
      assertFalse(page.contains("Thyme honey") && browser.hash().contains("basket"), page);
    }
    assertEquals(
        "", browser.script("return Object.keys(localStorage).join()"), "what stays in the browser");
    String places = String.valueOf(browser.script("return JSON.stringify(sessionStorage)"));
    assertFalse(ADA.matcher(places).find(), places);
  }

  private static boolean tokenIsNearItsEnd() {
    return (boolean)
        browser.script(
            "const s = JSON.parse(localStorage.getItem('emporion.session'));"
                + " return Date.now() >= s.expiresAt - s.earlyMs");
  }
}
