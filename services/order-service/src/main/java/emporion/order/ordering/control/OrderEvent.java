package emporion.order.ordering.control;

import emporion.order.ordering.entity.Money;
import emporion.order.ordering.entity.Order;
import emporion.order.ordering.entity.OrderLine;
import java.time.Instant;
import java.util.List;
import java.util.UUID;

/** What the events of an order carry: the order, without the payment's token. */
record OrderEvent(
    UUID orderId,
    UUID userId,
    String status,
    String reason,
    List<OrderLine> items,
    Money total,
    Instant createdAt) {
  static OrderEvent of(Order order) {
    return new OrderEvent(
        order.id(),
        order.userId(),
        order.status().wire(),
        order.reason() == null ? null : order.reason().wire(),
        order.lines(),
        order.total(),
        order.createdAt());
  }
}
