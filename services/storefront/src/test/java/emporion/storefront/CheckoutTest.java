package emporion.storefront;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import emporion.storefront.Shelves.Product;
import emporion.storefront.ShopApi.Answer;
import emporion.storefront.ShopApi.Fate;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.openqa.selenium.Keys;

/** Nobody pays another price than the one shown, or twice, or for what is not there. */
class CheckoutTest extends InTheShop {

  private static final String FIRST = "p-000";

  @Test
  void whatWasShownIsSentAlong() {
    fillBasketAndSignIn();
    pay("tok_visa");
    seeOrder("confirmed");
    assertTrue(
        api.bodies.getFirst().contains("\"expected_total\":{\"amount\":450,\"currency\":\"EUR\"}"));
    assertTrue(
        api.bodies.getFirst().contains("\"expected_price\":{\"amount\":450,\"currency\":\"EUR\"}"));
  }

  @Test
  void aPriceThatRoseAtTheLastMomentIsShownLineByLineAndAskedFor() {
    fillBasketAndSignIn();
    api.beforeOrder = () -> api.shelves.reprice(FIRST, 9900);
    pay("tok_visa");
    browser.until(
        "told", () -> browser.text("problem").contains("Thyme honey: €4.50 before, €99.00 now"));
    assertTrue(browser.text("line-price-changed").contains("€4.50 before, €99.00 now"));
    assertTrue(browser.text("checkout").contains("€99.00"));
    assertEquals(0, api.orderCount());
    assertEquals("1", browser.text("basket-count"));

    api.beforeOrder = () -> {};
    browser.click("checkout");
    seeOrder("confirmed");
    assertEquals("€99.00", browser.text("order-total"));
  }

  @Test
  void aPriceThatRoseBeforeIsSeenInTheBasketAndNothingIsOrderedUnseen() {
    fillBasketAndSignIn();
    int before = api.shelves.lookUps.get();
    browser.click("basket");
    browser.see("checkout");
    browser.until("asked for prices", () -> api.shelves.lookUps.get() > before);
    api.shelves.reprice(FIRST, 9900);
    browser.click("checkout");
    browser.until("told", () -> browser.text("problem").contains("has changed"));
    assertEquals(0, api.orderKeys.size());
    assertEquals("€99.00", browser.text("basket-total"));

    browser.reload();
    assertTrue(browser.text("line-price-changed").contains("€4.50 before"));
  }

  @Test
  void afterALostAnswerThePageAsksWhatBecameOfTheOrder() {
    fillBasketAndSignIn();
    api.fate = Fate.ANSWER_IS_LOST;
    pay("tok_visa");
    seeOrder("confirmed");
    assertEquals("0", browser.text("basket-count"));
    assertEquals(1, api.orderCount());
    assertEquals(1, api.lookUps.get());
  }

  @Test
  void whileNobodyKnowsNoOtherCardCanBeChosenNotEvenAfterAReloadOrInAnotherTab() {
    fillBasketAndSignIn();
    api.fate = Fate.ANSWER_IS_LOST;
    browser.click("basket");
    browser.see("checkout");
    api.beforeOrder = () -> api.isDown = true;
    browser.click("checkout");
    browser.until("an outage", () -> browser.text("problem").contains("problem at the moment"));
    assertTrue(browser.all("checkout").isEmpty());
    browser.reload();
    browser.until("the same", () -> browser.text("problem").contains("problem at the moment"));
    assertTrue(browser.all("checkout").isEmpty());
    browser.openTab(api.address() + "#/basket");
    browser.until("the same", () -> browser.text("problem").contains("problem at the moment"));
    assertTrue(browser.all("checkout").isEmpty());

    api.isDown = false;
    seeOrder("confirmed");
    assertEquals("0", browser.text("basket-count"));
    browser.toTab(0);
    browser.until("empty here too", () -> browser.text("basket-count").equals("0"));
    assertEquals(1, api.orderCount());
  }

  @Test
  void anOrderThatNeverArrivedIsToldAndCanBePlacedWithAnotherCard() {
    fillBasketAndSignIn();
    api.fate = Fate.REQUEST_IS_LOST;
    pay("tok_visa");
    browser.until("told", () -> browser.text("problem").contains("Nothing was ordered"));
    api.fate = Fate.ARRIVES;
    pay("tok_slow");
    seeOrder("confirmed");
    assertEquals(1, api.orderCount());
    // The first may yet arrive, late: under the same key it makes no second order.
    assertEquals(1, api.orderKeys.stream().distinct().count());
  }

  @Test
  void aReloadWhileASlowBankWorksMakesNoSecondOrder() {
    fillBasketAndSignIn();
    api.bank = new CountDownLatch(1);
    pay("tok_visa");
    browser.until("on its way", () -> api.orderKeys.size() == 1);
    browser.reload();
    browser.until("told", () -> browser.text("problem").contains("Nothing was ordered"));
    api.bank.countDown();
    browser.until("it arrived all the same", () -> api.orderCount() == 1);
    pay("tok_visa_declined");
    seeOrder("confirmed");
    assertEquals(1, api.orderCount());
    assertEquals("0", browser.text("basket-count"));
  }

  @Test
  void anOpenOrderIsShownAfterAReloadUntilItsEnd() {
    fillBasketAndSignIn();
    api.looks = 1_000_000;
    pay("tok_slow");
    seeOrder("pending");
    assertEquals("1", browser.text("basket-count"), "as long as it may yet be declined");
    goTo("#/basket");
    browser.reload();
    seeOrder("pending");
    assertTrue(browser.all("checkout").isEmpty());
    api.endOrders("cancelled", "timed_out");
    seeOrder("cancelled");
    assertTrue(browser.text("order-reason").contains("no answer in time"));
    assertEquals("1", browser.text("basket-count"));
    pay("tok_visa");
    seeOrder("confirmed");
    assertEquals(2, api.orderKeys.stream().distinct().count());
    assertEquals("0", browser.text("basket-count"));
  }

  @Test
  void twoTabsAtTheSameMomentMakeOneOrder() {
    fillBasketAndSignIn();
    browser.click("basket");
    browser.see("checkout");
    browser.openTab(api.address() + "#/basket");
    browser.see("checkout");
    api.bank = new CountDownLatch(1);
    browser.click("checkout");
    browser.until("on its way", () -> api.orderKeys.size() == 1);
    browser.toTab(0);
    browser.until(
        "asking", () -> browser.all("asking").size() == 1 || browser.all("checkout").size() == 1);
    browser.script("document.querySelector('[data-testid=checkout-form]').requestSubmit()");
    api.bank.countDown();
    browser.until("empty", () -> browser.text("basket-count").equals("0"));
    assertEquals(1, api.orderCount());
    assertEquals(1, api.orderKeys.size());
  }

  @Test
  void aDoubleClickAndTheWayBackMakeOneOrder() {
    fillBasketAndSignIn();
    browser.click("basket");
    browser.see("checkout");
    browser.script(
        "const form = document.querySelector('[data-testid=checkout-form]');"
            + " form.requestSubmit(); form.requestSubmit()");
    seeOrder("confirmed");
    browser.back();
    browser.see("basket-empty");
    assertEquals(1, api.orderCount());
    assertEquals(1, api.orderKeys.size());
  }

  @Test
  void whatCameIntoTheBasketInBetweenStays() {
    fillBasketAndSignIn();
    api.bank = new CountDownLatch(1);
    pay("tok_visa");
    browser.until("on its way", () -> api.orderKeys.size() == 1);
    browser.openTab(api.address());
    browser.until("products", () -> browser.all("product-card").size() == 24);
    browser.all("add-to-basket").get(1).click();
    api.bank.countDown();
    browser.until("one is left", () -> browser.text("basket-count").equals("1"));
    goTo("#/basket");
    assertFalse(browser.text("basket-lines").contains("Thyme honey"));
  }

  @Test
  void aDeclinedCardIsToldInPlaceWithItsReasonAndAnotherOneCanBeChosen() {
    fillBasketAndSignIn();
    pay("tok_visa_declined");
    seeOrder("cancelled");
    assertEquals("#/basket", browser.hash());
    assertTrue(browser.text("order-reason").contains("not enough money"));
    assertEquals("1", browser.text("basket-count"));
    browser.click("card-tok_visa");
    browser.click("checkout");
    browser.until("an order of its own", () -> browser.hash().startsWith("#/orders/"));
    seeOrder("confirmed");
    assertNotEquals(api.orderKeys.get(0), api.orderKeys.get(1));

    browser.click("orders");
    browser.until("one order", () -> browser.all("order-line").size() == 1);
    assertTrue(browser.text("order-line").contains("Confirmed"));
    browser.click("orders-cancelled");
    browser.until("the other one", () -> browser.text("order-line").contains("Cancelled"));
    assertTrue(browser.hash().endsWith("status=cancelled"));
    browser.back();
    browser.until("the first one", () -> browser.text("order-line").contains("Confirmed"));
  }

  @Test
  void noMoreThanThereIsGoesIntoTheBasket() {
    api.shelves.restock(FIRST, 3);
    goTo("#/products/" + FIRST);
    browser.see("quantity").sendKeys(Keys.chord(Keys.CONTROL, "a"), "50");
    browser.click("add-to-basket");
    assertTrue(browser.text("in-basket").contains("3 in the basket. More than 3 can't be had."));
    browser.click("add-to-basket");
    assertEquals("3", browser.text("basket-count"));
    signIn();
    browser.click("basket");
    browser.see("line-quantity").sendKeys(Keys.chord(Keys.CONTROL, "a"), "50", Keys.TAB);
    browser.until("a warning", () -> browser.text("line-warning").contains("only 3"));
    assertEquals("3", browser.see("line-quantity").getAttribute("value"));
  }

  @Test
  void stockThatShrinksIsToldBeforeAnythingIsOrdered() {
    browser.click("add-to-basket");
    browser.click("add-to-basket");
    browser.click("add-to-basket");
    signIn();
    browser.click("basket");
    browser.see("checkout");
    api.shelves.restock(FIRST, 2);
    browser.click("checkout");
    browser.until("told", () -> browser.text("line-warning").contains("only 2"));
    assertEquals("2", browser.see("line-quantity").getAttribute("value"));
    assertEquals(0, api.orderKeys.size());

    api.beforeOrder = () -> api.shelves.restock(FIRST, 0);
    browser.click("checkout");
    seeOrder("cancelled");
    browser.until("told", () -> browser.text("line-warning").contains("Sold out"));
    assertTrue(browser.text("hindrances").contains("Thyme honey is sold out"));
    assertFalse(browser.see("checkout").isEnabled());
  }

  @Test
  void whatCanNotBeOrderedTogetherIsSaidByThePageItself() {
    api.shelves.put(new Product("p-yen", "Aardvark, paper", "Pantry", 500, "JPY", 9));
    browser.click("add-to-basket");
    goTo("#/products/p-yen");
    browser.click("add-to-basket");
    signIn();
    browser.click("basket");
    browser.until("told", () -> browser.text("hindrances").contains("several currencies"));
    assertTrue(browser.text("basket-total").contains("€4.50 + ¥500"));
  }

  @Test
  void aRefusalIsSeenWhereTheButtonIsAndHasTheFocus() {
    browser.resize(360, 640);
    fillBasketAndSignIn();
    browser.click("basket");
    browser.see("checkout");
    api.refusals.put(
        "/v2/orders",
        Answer.problem(403, "forbidden", "Forbidden", "Your role does not allow this.", "[]"));
    browser.click("checkout");
    browser.until(
        "the focus", () -> isTrue("document.activeElement.classList.contains('problem')"));
    assertEquals(
        "in view",
        browser.script(
            """
            const { top, bottom } = document.activeElement.getBoundingClientRect();
            return top >= 0 && bottom <= innerHeight ? "in view" : `${top} to ${bottom} of ${innerHeight}`;
            """));
    assertFalse(browser.text("problem").contains("role"));
  }

  private static boolean isTrue(String script) {
    return (Boolean) browser.script("return " + script);
  }
}
