package emporion.notification.messages.boundary;

import emporion.chassis.logging.LogContext;
import emporion.chassis.messaging.Event;
import emporion.chassis.messaging.EventHandler;
import emporion.chassis.telemetry.Span;
import emporion.notification.messages.control.NotificationService;
import emporion.notification.messages.entity.Kind;
import emporion.notification.messages.entity.OrderNews;
import emporion.notification.messages.entity.RefundNews;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.Set;

/** Takes in what happens to orders and their payments. */
@ApplicationScoped
public class OrderEvents implements EventHandler {
  private static final String QUEUE = "notification-service.orders";

  private NotificationService notifications;

  OrderEvents() {}

  @Inject
  OrderEvents(NotificationService notifications) {
    this.notifications = notifications;
  }

  @Override
  public String queue() {
    return QUEUE;
  }

  @Override
  public Set<String> types() {
    return Set.of("order_confirmed", "order_cancelled", "payment_refunded");
  }

  @Override
  public void on(Event event) {
    switch (event.type()) {
      case "order_confirmed" -> ordered(event, Kind.ORDER_CONFIRMED);
      case "order_cancelled" -> ordered(event, Kind.ORDER_CANCELLED);
      case "payment_refunded" -> notifications.refunded(QUEUE, event, event.as(RefundNews.class));
      default -> throw new IllegalArgumentException("Not an event of orders");
    }
  }

  private void ordered(Event event, Kind kind) {
    Span.current().with("order.id", event.subject());
    LogContext.put("order_id", event.subject());
    notifications.ordered(QUEUE, event, kind, event.as(OrderNews.class));
  }
}
