package emporion.order.ordering.control;

import emporion.order.ordering.control.OrderService.Wanted;
import emporion.order.ordering.entity.Order;

/**
 * What was to be ordered has other prices than the customer saw. Nothing was placed, and the key of
 * the request is free. Without a stack trace: it is an answer, not a defect.
 */
public final class PriceChanged extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final transient Wanted wanted;
  private final transient Order order;

  PriceChanged(Wanted wanted, Order order) {
    super("The prices have changed", null, false, false);
    this.wanted = wanted;
    this.order = order;
  }

  /** What was asked for, line by line as in {@link #order}. */
  public Wanted wanted() {
    return wanted;
  }

  /** What it would come to now; it was not placed. */
  public Order order() {
    return order;
  }
}
