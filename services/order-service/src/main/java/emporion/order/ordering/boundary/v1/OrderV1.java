package emporion.order.ordering.boundary.v1;

import emporion.order.ordering.boundary.OrdersResource.Shown;
import emporion.order.ordering.entity.Cancellation;
import emporion.order.ordering.entity.Money;
import emporion.order.ordering.entity.OrderLine;
import emporion.order.ordering.entity.TimelineEntry;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/**
 * An order as version 1 shows it.
 *
 * @param reason null unless the order was cancelled
 * @param declineReason null unless the card's bank said no
 * @param timeline null in lists and where an order has just been placed
 */
public record OrderV1(
    UUID orderId,
    UUID userId,
    String status,
    String reason,
    String declineReason,
    List<Item> items,
    Money total,
    Money refunded,
    Instant createdAt,
    List<TimelineEntry> timeline) {
  static OrderV1 from(Shown shown) {
    var order = shown.order();
    var why = Optional.ofNullable(order.cancellation());
    return new OrderV1(
        order.id(),
        order.userId(),
        order.status().wire(),
        why.map(c -> c.reason().wire()).orElse(null),
        why.map(Cancellation::declineWire).orElse(null),
        order.lines().stream().map(Item::from).toList(),
        order.total(),
        new Money(order.refunded(), order.total().currency()),
        order.createdAt(),
        shown.timeline());
  }

  /** One line of it. */
  public record Item(UUID productId, String name, int quantity, Money unitPrice, Money total) {
    static Item from(OrderLine line) {
      return new Item(
          line.productId(), line.name(), line.quantity(), line.unitPrice(), line.total());
    }
  }
}
