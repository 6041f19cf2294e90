package emporion.order.ordering.control;

import emporion.chassis.messaging.Event;
import emporion.chassis.messaging.EventHandler;
import emporion.chassis.messaging.Inbox;
import emporion.order.ordering.entity.Money;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.transaction.Transactional;
import java.util.Set;
import java.util.UUID;

/** Learns from payment-service what was paid back, so that neither has to ask the other. */
@ApplicationScoped
public class Refunds implements EventHandler {
  private static final String QUEUE = "order-service.refunds";

  private Inbox inbox;
  private OrderBook orders;

  Refunds() {}

  @Inject
  Refunds(Inbox inbox, OrderBook orders) {
    this.inbox = inbox;
    this.orders = orders;
  }

  @Override
  public String queue() {
    return QUEUE;
  }

  @Override
  public Set<String> types() {
    return Set.of("payment_refunded");
  }

  @Override
  @Transactional
  public void on(Event event) {
    if (inbox.firstSight(QUEUE, event.id())) {
      var refund = event.as(PaymentRefunded.class);
      if (orders.refund(refund.orderId(), refund.amount().amount())) {
        orders.note(refund.orderId(), "refund", "done", words(refund.amount()));
      }
    }
  }

  private static String words(Money amount) {
    return amount.amount() + " " + amount.currency() + " in minor units";
  }

  record PaymentRefunded(UUID orderId, Money amount) {}
}
