package emporion.order.ordering;

import static emporion.order.ordering.Neighbourhood.Trouble.DECLINED;
import static emporion.order.ordering.Neighbourhood.Trouble.EXPIRED_CARD;
import static emporion.order.ordering.Neighbourhood.Trouble.INSUFFICIENT_FUNDS;
import static emporion.order.ordering.Neighbourhood.Trouble.OUT_OF_STOCK;
import static emporion.order.ordering.Shop.NEIGHBOURS;
import static emporion.order.ordering.Shop.order;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import emporion.chassis.testkit.Http;
import emporion.order.ordering.Neighbourhood.Trouble;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.Executors;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** What becomes of attempts to order, and how their customer finds out. */
class AttemptsTest {
  private final Http shopper = Shop.shopper();

  private List<String> listed(String query) {
    var items = shopper.get("/v1/orders" + query).at("/items");
    return StreamSupport.stream(items.spliterator(), false)
        .map(item -> item.at("/order_id").asText())
        .toList();
  }

  @TestFactory
  Stream<DynamicTest> whyACardWasDeclined() {
    return Map.of(
            DECLINED, "card_declined",
            INSUFFICIENT_FUNDS, "insufficient_funds",
            EXPIRED_CARD, "expired_card")
        .entrySet()
        .stream()
        .map(
            decline ->
                DynamicTest.dynamicTest(
                    decline.getValue(), () -> declined(decline.getKey(), decline.getValue())));
  }

  private void declined(Trouble trouble, String reason) {
    NEIGHBOURS.upset("PUT charge", trouble);
    var attempt = shopper.post("/v1/orders", order(1));
    assertEquals("payment_declined", attempt.text("/reason"), attempt::toString);
    assertEquals(reason, attempt.text("/decline_reason"), attempt::toString);

    var id = attempt.text("/order_id");
    assertEquals(reason, shopper.get("/v1/orders/" + id).text("/decline_reason"));
    var v2 = shopper.get("/v2/orders/" + id);
    assertEquals("payment_declined", v2.text("/cancellation/reason"));
    assertEquals(reason, v2.text("/cancellation/decline_reason"));

    var event = Shop.event("order_cancelled", id);
    assertEquals(reason, event.at("/decline_reason").asText(), event::toString);
    assertTrue(event.at("/customer_told").asBoolean(), event::toString);
  }

  @Test
  void anAttemptThatWasRefusedAtOnceIsNoOrderToLookBackAt() {
    NEIGHBOURS.upset("PUT charge", DECLINED);
    var declined = shopper.post("/v1/orders", order(1)).text("/order_id");
    NEIGHBOURS.upset("PUT reserve", OUT_OF_STOCK);
    var soldOut = shopper.post("/v1/orders", order(1)).text("/order_id");
    var bought = shopper.post("/v1/orders", order(1)).text("/order_id");
    var off = shopper.post("/v1/orders", order(1)).text("/order_id");
    shopper.post("/v1/orders/" + off + "/cancel", "");

    assertEquals(List.of(off, bought), listed(""));
    assertEquals(List.of(off, bought), listed("?limit=2"));
    assertEquals(List.of(off, soldOut, declined), listed("?status=cancelled"));
    assertEquals(List.of(bought), listed("?status=confirmed"));
    var all = shopper.get("/v2/orders?status=cancelled").at("/items");
    assertEquals(3, all.size());
    assertTrue(Shop.event("order_cancelled", soldOut).at("/customer_told").asBoolean());
    assertTrue(!Shop.event("order_cancelled", off).at("/customer_told").asBoolean());
    assertEquals(200, shopper.get("/v1/orders/" + declined).status());
  }

  @Test
  void staffSeeEachAttempt() {
    NEIGHBOURS.upset("PUT charge", DECLINED);
    var attempt = shopper.post("/v1/orders", order(1));
    var all =
        Shop.SERVICE.user("support").get("/v1/admin/orders?user_id=" + attempt.text("/user_id"));
    assertEquals(attempt.text("/order_id"), all.text("/items/0/order_id"), all::toString);
  }

  @Test
  void anOrderIsFoundByTheKeyThatItWasPlacedWith() {
    var key = "look-" + UUID.randomUUID();
    assertEquals(List.of(), listed("?idempotency_key=" + key));
    shopper.post("/v1/orders", order(1));
    var id = shopper.withKey(key).post("/v1/orders", order(1)).text("/order_id");

    assertEquals(List.of(id), listed("?idempotency_key=" + key));
    assertEquals(List.of(id), listed("?idempotency_key=" + key + "&status=confirmed"));
    assertEquals(List.of(), listed("?idempotency_key=" + key + "&status=cancelled"));
    assertEquals(List.of(), listed("?idempotency_key=" + key.toUpperCase(java.util.Locale.ROOT)));
    assertEquals(List.of(), listed("?idempotency_key=" + key.substring(0, 10)));
    var v2 = shopper.get("/v2/orders?idempotency_key=" + key).at("/items");
    assertEquals(1, v2.size());
    assertEquals(id, v2.at("/0/order_id").asText());
    assertEquals(
        0,
        Shop.shopper().get("/v1/orders?idempotency_key=" + key).at("/items").size(),
        "another's");
  }

  @Test
  void aDeclinedAttemptIsFoundByItsKey() {
    var key = "look-" + UUID.randomUUID();
    NEIGHBOURS.upset("PUT charge", DECLINED);
    var id = shopper.withKey(key).post("/v1/orders", order(1)).text("/order_id");
    assertEquals(List.of(id), listed("?idempotency_key=" + key));
    assertEquals(List.of(), listed(""));
  }

  @Test
  void aPendingOrderIsFoundByItsKey() throws Exception {
    var key = "look-" + UUID.randomUUID();
    NEIGHBOURS.breakDown("PUT charge");
    try (var tab = Executors.newVirtualThreadPerTaskExecutor()) {
      var placing = tab.submit(() -> shopper.withKey(key).post("/v1/orders", order(1)));
      await().until(() -> !listed("?idempotency_key=" + key).isEmpty());
      var found = shopper.get("/v1/orders?idempotency_key=" + key).at("/items/0");
      assertEquals("pending", found.at("/status").asText(), found::toString);
      NEIGHBOURS.mend("PUT charge");
      assertEquals(found.at("/order_id").asText(), placing.get().text("/order_id"));
    } finally {
      NEIGHBOURS.mend("PUT charge");
    }
  }

  @TestFactory
  Stream<DynamicTest> whatIsNoKey() {
    return Stream.of("", "a%20b", "%C3%A9", "x".repeat(256))
        .map(
            key ->
                DynamicTest.dynamicTest(
                    "'" + key + "'",
                    () -> {
                      var answer = shopper.get("/v1/orders?idempotency_key=" + key);
                      assertEquals(400, answer.status(), answer::toString);
                      assertEquals("idempotency_key", answer.text("/errors/0/pointer"));
                    }));
  }
}
