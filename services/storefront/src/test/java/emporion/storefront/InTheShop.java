package emporion.storefront;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.junit.jupiter.api.extension.ExtensionContext.Store.CloseableResource;
import org.openqa.selenium.Keys;

/**
 * A shopper in a real browser, one for all tests, who has just come in; skipped, in words, where
 * there is none.
 */
@ExtendWith(InTheShop.Opening.class)
abstract class InTheShop {

  private static RunningStorefront storefront;
  static Browser browser;
  ShopApi api;

  /** Opens shop and browser for the first class that needs them. */
  static final class Opening implements BeforeAllCallback {
    @Override
    public void beforeAll(ExtensionContext context) {
      if (Browser.isInstalled()) {
        context.getRoot().getStore(Namespace.GLOBAL).getOrComputeIfAbsent(Opened.class);
      }
    }
  }

  /** They close after the last class. */
  static final class Opened implements CloseableResource {
    Opened() {
      storefront = RunningStorefront.start();
      browser = Browser.open();
    }

    @Override
    public void close() {
      browser.close();
      storefront.close();
    }
  }

  @BeforeEach
  void enter() throws Exception {
    Browser.assumeInstalled();
    api = new ShopApi(storefront);
    browser.resize(1280, 900);
    browser.forget(api.address() + "v2/categories", api.address());
    browser.until("24 products", () -> browser.all("product-card").size() == 24);
    browser.complaints();
  }

  @AfterEach
  void leave() {
    if (api != null) {
      browser.closeOtherTabs();
      api.close();
    }
  }

  void fillBasketAndSignIn() {
    browser.click("add-to-basket");
    signIn();
  }

  void signIn() {
    signIn("ada");
  }

  void signIn(String username) {
    browser.click("sign-in");
    browser.type("username", username);
    browser.type("password", ShopApi.PASSWORD + Keys.ENTER);
    browser.until("signed in", () -> browser.text("account").equals(username));
  }

  void pay(String card) {
    browser.click("basket");
    browser.click("card-" + card);
    browser.click("checkout");
  }

  void seeOrder(String status) {
    browser.until(status, () -> status.equals(status()));
  }

  static String status() {
    return browser.see("order-status").getAttribute("data-status");
  }

  static List<String> names() {
    return browser.texts("product-name");
  }

  void goTo(String path) {
    browser.go(api.address() + path);
  }

  static void assertNoComplaints() {
    assertEquals(List.of(), browser.complaints());
  }
}
