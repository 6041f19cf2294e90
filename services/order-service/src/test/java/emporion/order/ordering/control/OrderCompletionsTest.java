package emporion.order.ordering.control;

import static emporion.order.ordering.Shop.NEIGHBOURS;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import emporion.chassis.data.Ids;
import emporion.order.ordering.Neighbourhood.Trouble;
import emporion.order.ordering.Shop;
import emporion.order.ordering.entity.Money;
import emporion.order.ordering.entity.Order;
import emporion.order.ordering.entity.OrderLine;
import emporion.order.ordering.entity.Saga;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;

/** Either the answer tells how an order ended, or it is told otherwise; never neither. */
class OrderCompletionsTest {
  private static final Duration LONG = Duration.ofSeconds(20);

  private final OrderCompletions completions = new OrderCompletions();
  private final UUID order = Ids.next();
  private final Order end =
      Order.place(
          order,
          Ids.next(),
          List.of(new OrderLine(Ids.next(), "Amphora", 1, new Money(1, "EUR"))),
          Instant.now());

  @Test
  void whereNobodyWaitsNobodyIsTold() {
    assertFalse(completions.promise(order));
  }

  @Test
  void whoWaitsIsTold() {
    assertEquals(
        Optional.of(end),
        completions.await(order, () -> completions.tell(order, end), () -> false, LONG));
  }

  @Test
  void whoWasPromisedTheEndWaitsBeyondTheirPatience() throws Exception {
    try (var request = Executors.newVirtualThreadPerTaskExecutor()) {
      var promised = new AtomicBoolean();
      var told =
          request.submit(
              () ->
                  completions.await(
                      order,
                      () -> promised.set(completions.promise(order)),
                      () -> false,
                      Duration.ofMillis(1)));
      await().untilTrue(promised);
      await().pollDelay(Duration.ofMillis(300)).until(() -> !told.isDone());
      completions.tell(order, end);
      assertEquals(Optional.of(end), told.get());
    }
  }

  @Test
  void whoHasLeftIsPromisedNothing() {
    assertTrue(completions.await(order, () -> {}, () -> false, Duration.ofMillis(1)).isEmpty());
    assertFalse(completions.promise(order));
  }

  @Test
  void anAttemptThatIsRefusedWhenItsCustomerHasGoneIsToldLater() {
    var customer = UUID.randomUUID();
    var line = new OrderLine(UUID.fromString(Shop.product()), "Amphora", 1, new Money(1, "EUR"));
    var now = Instant.now().truncatedTo(ChronoUnit.MICROS);
    var attempt = Order.place(Ids.next(), customer, List.of(line), now);
    Shop.SERVICE
        .bean(OrderTransactions.class)
        .open(attempt, "gone-" + customer, "0".repeat(64), "tok_visa", Duration.ofSeconds(30));
    NEIGHBOURS.upset("PUT charge", Trouble.EXPIRED_CARD);
    Shop.SERVICE.bean(OrderSaga.class).run(Saga.begun(attempt.id(), "tok_visa"), attempt);

    var event = Shop.event("order_cancelled", attempt.id().toString());
    assertEquals("expired_card", event.at("/decline_reason").asText(), event::toString);
    assertTrue(event.at("/customer_told").isBoolean(), event::toString);
    assertFalse(event.at("/customer_told").asBoolean(), event::toString);
    var history = Shop.SERVICE.user(customer, "shopper").get("/v1/orders").at("/items");
    assertEquals(attempt.id().toString(), history.at("/0/order_id").asText(), history::toString);
  }
}
