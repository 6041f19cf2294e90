package emporion.order.ordering.boundary.v2;

import emporion.order.ordering.boundary.OrdersResource.Shown;
import emporion.order.ordering.entity.Money;
import emporion.order.ordering.entity.Order;
import emporion.order.ordering.entity.OrderLine;
import emporion.order.ordering.entity.TimelineEntry;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.stream.IntStream;

/**
 * An order as version 2 shows it.
 *
 * @param cancellation null unless the order was cancelled
 * @param timeline null in lists and where an order has just been placed
 */
public record OrderV2(
    UUID orderId,
    UUID customerId,
    String status,
    CancellationV2 cancellation,
    List<Line> lines,
    Totals totals,
    Instant placedAt,
    List<TimelineEntry> timeline) {
  static OrderV2 from(Shown shown) {
    var order = shown.order();
    return new OrderV2(
        order.id(),
        order.userId(),
        order.status().wire(),
        CancellationV2.of(order.cancellation()),
        IntStream.range(0, order.lines().size())
            .mapToObj(i -> Line.from(i + 1, order.lines().get(i)))
            .toList(),
        Totals.of(order),
        order.createdAt(),
        shown.timeline());
  }

  /**
   * One line of it.
   *
   * @param line its number, from 1
   */
  public record Line(int line, Product product, int quantity, Money unitPrice, Money lineTotal) {
    static Line from(int number, OrderLine line) {
      return new Line(
          number,
          new Product(line.productId(), line.name()),
          line.quantity(),
          line.unitPrice(),
          line.total());
    }
  }

  /** A product under the name that it had when it was ordered. */
  public record Product(UUID productId, String name) {}

  /**
   * What the order comes to.
   *
   * @param charged what the card was charged with: what is refunded and what is kept
   * @param kept what the shop keeps of the total
   */
  public record Totals(Money total, Money charged, Money refunded, Money kept) {
    static Totals of(Order order) {
      var total = order.total();
      var refunded = new Money(order.refunded(), total.currency());
      return new Totals(total, order.charged(), refunded, order.kept());
    }
  }
}
