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
  private OrderRepository orders;
  private SagaRepository sagas;

  Refunds() {}

  @Inject
  Refunds(Inbox inbox, OrderRepository orders, SagaRepository sagas) {
    this.inbox = inbox;
    this.orders = orders;
    this.sagas = sagas;
  }

  @Override
  public String queue() {
    return QUEUE;
  }

  @Override
  public Set<String> types() {
    return Set.of("payment_refunded", "payment_voided");
  }

  @Override
  @Transactional
  public void on(Event event) {
    if (inbox.firstSight(QUEUE, event.id())) {
      var news = event.as(PaidBack.class);
      var more = orders.refunded(news.orderId, news.refundedTotal.amount());
      if (event.type().equals("payment_refunded")) {
        note("refund", news, news.amount);
      } else if (more) {
        note("void", news, news.givenBack);
      }
    }
  }

  /** What the saga has seen already is not told twice. */
  private void note(String step, PaidBack news, Money part) {
    if (orders.changed(news.orderId)) {
      var why = news.reason == null ? "" : ": " + news.reason;
      var version = sagas.find(news.orderId).orElseThrow().version();
      orders.note(news.orderId, version, step, "done", part.words() + why, news.requestedBy);
    }
  }

  /**
   * A refund, or a charge that was undone as a whole.
   *
   * @param amount of the refund; of a charge that was undone, what it had been
   * @param givenBack what the undoing gave back; null for a refund
   * @param refundedTotal all that went back by then
   */
  record PaidBack(
      UUID orderId,
      Money amount,
      Money givenBack,
      Money refundedTotal,
      String reason,
      String requestedBy) {}
}
