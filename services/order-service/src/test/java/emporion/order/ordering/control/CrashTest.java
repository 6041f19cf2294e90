package emporion.order.ordering.control;

import static org.junit.jupiter.api.Assertions.assertEquals;

import emporion.chassis.data.Ids;
import emporion.chassis.idempotency.Idempotency;
import emporion.chassis.testkit.Http;
import emporion.order.ordering.Shop;
import emporion.order.ordering.control.OrderService.Wanted;
import emporion.order.ordering.control.OrderService.WantedLine;
import emporion.order.ordering.entity.Money;
import emporion.order.ordering.entity.Order;
import emporion.order.ordering.entity.OrderLine;
import emporion.order.ordering.entity.Saga;
import emporion.order.ordering.entity.SagaState;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/**
 * A process dies between two commits; whoever repeats the request gets the order's true outcome.
 */
class CrashTest {
  private static final String TOKEN = "tok_visa";

  private final UUID customer = UUID.randomUUID();
  private final UUID product = UUID.fromString(Shop.product());
  private final String key = "crash-" + customer;
  private final OrderTransactions transactions = Shop.SERVICE.bean(OrderTransactions.class);

  /** Leaves what a process leaves that died right after it had stored the order. */
  private Order openedAndAbandoned(Duration deadline) {
    var line = new OrderLine(product, "Amphora", 1, new Money(1_250, "EUR"));
    var now = Instant.now().truncatedTo(ChronoUnit.MICROS);
    var order = Order.place(Ids.next(), customer, List.of(line), now);
    var wanted = new Wanted(List.of(new WantedLine(product, 1, null)), TOKEN, null);
    transactions.open(order, key, Idempotency.hash(wanted), TOKEN, deadline);
    return order;
  }

  private Http.Answer repeated() {
    return Shop.SERVICE
        .user(customer, "shopper")
        .withKey(key)
        .post("/v1/orders", Shop.order(product.toString(), "1"));
  }

  private static void assertReplayed(Order order, String status, Http.Answer answer) {
    assertEquals(201, answer.status(), answer::toString);
    assertEquals("true", answer.header("Idempotent-Replayed"));
    assertEquals(order.id().toString(), answer.text("/order_id"));
    assertEquals(status, answer.text("/status"));
  }

  @Test
  void afterTheOrderWasStored() {
    var order = openedAndAbandoned(Duration.ofSeconds(30));

    assertReplayed(order, "confirmed", repeated());
    assertEquals(
        List.of("PUT reserve", "PUT charge", "POST commit"),
        Shop.NEIGHBOURS.callsFor(order.id().toString()));
  }

  @Test
  void afterTheReservation() {
    var order = openedAndAbandoned(Duration.ofSeconds(30));
    transactions.advance(
        Saga.begun(order.id(), TOKEN).to(SagaState.CHARGING, "reserve", "done"), order);

    assertReplayed(order, "confirmed", repeated());
    assertEquals(
        List.of("PUT charge", "POST commit"), Shop.NEIGHBOURS.callsFor(order.id().toString()));
  }

  /** The order was stored, and nobody knows how far its worker came: it may have charged. */
  @Test
  void afterTheOrderWasStoredAndForLongerThanTheDeadline() {
    var order = openedAndAbandoned(Duration.ZERO);

    var answer = repeated();
    assertReplayed(order, "cancelled", answer);
    assertEquals("timed_out", answer.text("/reason"));
    assertEquals(
        List.of("DELETE charge", "DELETE reserve"),
        Shop.NEIGHBOURS.callsFor(order.id().toString()));
  }

  /** Nobody is charged long after the order: what may have been charged before is undone. */
  @Test
  void afterTheReservationAndForLongerThanTheDeadline() {
    var order = openedAndAbandoned(Duration.ZERO);
    transactions.advance(
        Saga.begun(order.id(), TOKEN).to(SagaState.CHARGING, "reserve", "done"), order);

    var answer = repeated();
    assertReplayed(order, "cancelled", answer);
    assertEquals("timed_out", answer.text("/reason"));
    assertEquals(
        List.of("DELETE charge", "DELETE reserve"),
        Shop.NEIGHBOURS.callsFor(order.id().toString()));
  }
}
