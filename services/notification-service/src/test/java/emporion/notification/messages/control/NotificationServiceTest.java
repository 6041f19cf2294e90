package emporion.notification.messages.control;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import emporion.chassis.messaging.Event;
import emporion.chassis.messaging.Inbox;
import emporion.chassis.telemetry.Trace;
import emporion.notification.Shop;
import emporion.notification.Shop.Somebody;
import emporion.notification.messages.entity.Kind;
import emporion.notification.messages.entity.OrderNews;
import emporion.notification.messages.entity.UserNews;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class NotificationServiceTest {
  private static final String CONSUMER = "test";
  private static final int MORE_THAN_A_ROW_HOLDS = 1_100_000;

  private final Shop shop = Shop.open();
  private final NotificationService notifications = shop.service().bean(NotificationService.class);

  @Test
  void anEventWhoseEffectFailsCountsAsUnseen() {
    var user = Somebody.any();
    var event = UUID.randomUUID();

    assertThrows(
        RuntimeException.class, () -> confirm(event, user, "x".repeat(MORE_THAN_A_ROW_HOLDS)));
    assertEquals(List.of(), shop.statuses(user));
    confirm(event, user, "Cup");
    confirm(event, user, "Cup");

    assertEquals(List.of("waiting"), shop.statuses(user));
    shop.register(user);
    shop.awaitStatuses(user, "sent", "sent");
    assertTrue(
        shop.mailbox().to(user.email()).stream()
            .anyMatch(mail -> mail.subject().equals("Order confirmed: Cup and 1 more")));
  }

  /** As events of one queue arrive that were published while nobody read it. */
  @Test
  void whatHasWaitedSinceTheSameTransactionIsSentToo() {
    var user = Somebody.any();
    var order = UUID.randomUUID();
    var introduction = UUID.randomUUID();
    var inbox = shop.service().bean(Inbox.class);

    inbox.together(
        CONSUMER,
        List.of(order, introduction),
        () -> {
          confirm(order, user, "Cup");
          introduce(introduction, user);
        });

    shop.awaitStatuses(user, "sent", "sent");
  }

  private void introduce(UUID id, Somebody user) {
    var json =
        "{\"user_id\":\"%s\",\"username\":\"%s\",\"email\":\"%s\"}"
            .formatted(user.id(), user.username(), user.email());
    var event =
        new Event(
            id, "user_registered", user.id().toString(), 0, Instant.now(), Trace.begun(), json);
    notifications.registered(CONSUMER, event, event.as(UserNews.class));
  }

  private void confirm(UUID id, Somebody user, String product) {
    var order = UUID.randomUUID();
    var json = Shop.orderJson("order_confirmed", order, user, product);
    var event =
        new Event(id, "order_confirmed", order.toString(), 1, Instant.now(), Trace.begun(), json);
    notifications.ordered(CONSUMER, event, Kind.ORDER_CONFIRMED, event.as(OrderNews.class));
  }
}
