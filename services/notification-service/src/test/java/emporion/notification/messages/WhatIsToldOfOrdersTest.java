package emporion.notification.messages;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import emporion.chassis.testkit.Http;
import emporion.chassis.testkit.Http.Answer;
import emporion.contracts.Events;
import emporion.notification.Shop;
import emporion.notification.Shop.Somebody;
import java.util.List;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** What another service is told of the mails about an order, and of the events behind them. */
class WhatIsToldOfOrdersTest {
  private final Shop shop = Shop.open();
  private final Http service = shop.service().service();

  private Answer about(UUID order, Somebody user) {
    return service.get(
        "/v1/order-notifications?order_id=%s&user_id=%s".formatted(order, user.id()));
  }

  @Test
  void howFarEachMailHasCome() {
    var user = shop.registered();
    var order = shop.confirmed(user, "Cup");
    shop.confirmed(user, "Another cup");
    shop.awaitStatuses(user, "sent", "sent", "sent");

    var told = about(order, user);
    assertEquals(200, told.status(), told::toString);
    assertEquals(1, told.at("/items").size(), told::toString);
    assertEquals("order_confirmed", told.text("/items/0/kind"));
    assertEquals("sent", told.text("/items/0/status"));
    assertEquals(1, told.at("/items/0/attempts").asInt());
    assertFalse(told.text("/items/0/sent_at").isEmpty());
    assertFalse(told.body().contains(user.email()), told::toString);
    assertEquals(0, about(order, Somebody.any()).at("/items").size(), "somebody else's");
  }

  @Test
  void whatTheMailServerRefusedSaysSo() {
    var user = shop.registered();
    shop.mailbox().refuse(user.email(), 550, 1);
    var order = shop.confirmed(user, "Cup");
    shop.awaitStatuses(user, "failed", "sent");

    var told = about(order, user);
    assertEquals("failed", told.text("/items/0/status"));
    assertTrue(told.text("/items/0/last_error").contains("550"), told::toString);
    assertTrue(told.at("/items/0/next_attempt_at").isMissingNode(), told::toString);
  }

  @Test
  void whoAsksForNoOrderIsToldSo() {
    for (var query : List.of("", "?order_id=" + UUID.randomUUID(), "?order_id=x&user_id=y")) {
      assertEquals(400, service.get("/v1/order-notifications" + query).status(), query);
    }
    assertEquals(400, service.get("/v1/event-receipts?event_ids=x").status());
    assertEquals(
        400, service.get("/v1/event-receipts?event_ids=" + UUID.randomUUID() + ",").status());
    var many =
        IntStream.range(0, 101)
            .mapToObj(i -> UUID.randomUUID().toString())
            .collect(Collectors.joining(","));
    assertEquals(400, service.get("/v1/event-receipts?event_ids=" + many).status());
    var enough = many.substring(37);
    assertEquals(200, service.get("/v1/event-receipts?event_ids=" + enough).status());
  }

  @Test
  void whichEventsWereTakenIn() {
    var user = shop.registered();
    var order = UUID.randomUUID();
    var data = Events.example("order_confirmed").put("order_id", order.toString());
    data.put("user_id", user.id().toString());
    var event = shop.publish("order_confirmed", order, 1, data);
    shop.mail(user, 2);

    var receipts = service.get("/v1/event-receipts?event_ids=" + event + "," + UUID.randomUUID());
    assertEquals(200, receipts.status(), receipts::toString);
    assertEquals(1, receipts.at("/items").size(), receipts::toString);
    assertEquals(event.toString(), receipts.text("/items/0/event_id"));
    assertEquals("notification-service.orders", receipts.text("/items/0/consumer"));
    assertEquals("notification-service.orders", receipts.text("/consumers/0/name"));
    assertEquals(3, receipts.at("/consumers/0/types").size(), receipts::toString);
    assertEquals(0, service.get("/v1/event-receipts").at("/items").size());
  }

  @Test
  void peopleAreNotTold() {
    for (var role : List.of("shopper", "support", "admin")) {
      var person = shop.service().user(role);
      assertEquals(403, person.get("/v1/event-receipts").status(), role);
    }
  }
}
