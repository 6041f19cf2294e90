package emporion.order.ordering.control;

import emporion.order.ordering.entity.Cancellation;
import emporion.order.ordering.entity.Money;
import emporion.order.ordering.entity.Order;
import emporion.order.ordering.entity.OrderLine;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/**
 * What the events of an order carry: the order, without the payment's token.
 *
 * @param declineReason null unless the card's bank said no
 * @param refunded what went back; null unless it was cancelled, as is {@code customerTold}
 */
record OrderEvent(
    UUID orderId,
    UUID userId,
    String status,
    String reason,
    String declineReason,
    Boolean customerTold,
    List<OrderLine> items,
    Money total,
    Money refunded,
    Instant createdAt) {
  static OrderEvent of(Order order) {
    var why = Optional.ofNullable(order.cancellation());
    return new OrderEvent(
        order.id(),
        order.userId(),
        order.status().wire(),
        why.map(c -> c.reason().wire()).orElse(null),
        why.map(Cancellation::declineWire).orElse(null),
        why.map(c -> order.told()).orElse(null),
        order.lines(),
        order.total(),
        why.map(c -> new Money(order.refunded(), order.total().currency())).orElse(null),
        order.createdAt());
  }
}
