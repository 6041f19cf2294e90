package emporion.order.ordering.entity;

import java.time.Instant;
import java.util.List;
import java.util.UUID;

/**
 * An order as it stands.
 *
 * @param cancellation null unless it was cancelled
 * @param told whether the answer to its placing told that it was refused
 * @param refunded in minor units of the total's currency; never more than the total
 * @param version counts every change, those of the saga and those beside it
 */
public record Order(
    UUID id,
    UUID userId,
    OrderStatus status,
    Cancellation cancellation,
    boolean told,
    List<OrderLine> lines,
    Money total,
    long refunded,
    long version,
    Instant createdAt) {
  /**
   * A new, pending order.
   *
   * @throws ArithmeticException where the total passes 2^63 - 1
   * @throws IllegalArgumentException where the lines have several currencies
   */
  public static Order place(UUID id, UUID userId, List<OrderLine> lines, Instant now) {
    var total = lines.stream().map(OrderLine::total).reduce(Money::plus).orElseThrow();
    return new Order(
        id, userId, OrderStatus.PENDING, null, false, List.copyOf(lines), total, 0, 0, now);
  }

  /**
   * What the shop keeps of the total: nothing before the order is confirmed, and once it is off.
   */
  public Money kept() {
    var kept = status == OrderStatus.CONFIRMED ? total.amount() - refunded : 0;
    return new Money(kept, total.currency());
  }

  /** What was taken from the customer's card, as far as it is known; what is kept and refunded. */
  public Money charged() {
    return new Money(kept().amount() + refunded, total.currency());
  }

  /** Whether there is nothing to pay. */
  public boolean free() {
    return total.amount() == 0;
  }

  /** The same order, confirmed. */
  public Order confirmed(long newVersion) {
    return new Order(
        id,
        userId,
        OrderStatus.CONFIRMED,
        null,
        false,
        lines,
        total,
        refunded,
        newVersion,
        createdAt);
  }
}
