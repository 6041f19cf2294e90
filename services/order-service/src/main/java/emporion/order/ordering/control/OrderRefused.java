package emporion.order.ordering.control;

import emporion.order.ordering.control.OrderService.Wanted;
import emporion.order.ordering.entity.Order;
import java.time.Duration;
import java.util.List;

/**
 * What was to be ordered is not: nothing was placed, and the key of the request is free. Without a
 * stack trace: it is an answer, not a defect.
 */
public final class OrderRefused extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final transient Why why;

  OrderRefused(Why why) {
    super(why.toString(), null, false, false);
    this.why = why;
  }

  public Why why() {
    return why;
  }

  /** The reasons that there are. */
  public sealed interface Why {}

  /** The account may not order. */
  public record CustomerMayNot() implements Why {}

  /** The payment's token is none of the card network's. */
  public record UnknownToken() implements Why {}

  /** Some lines name no product on sale: their places in what was wanted, from 0. */
  public record NotOnSale(List<Integer> lines) implements Why {}

  /** The prices are in several currencies. */
  public record SeveralCurrencies() implements Why {}

  /** The lines cost more than can be charged. */
  public record TooMuch() implements Why {}

  /**
   * The customer saw other prices.
   *
   * @param order what it would come to now, line by line as it was wanted
   */
  public record PriceChanged(Wanted wanted, Order order) implements Why {}

  /** The customer keeps stock from others without paying. */
  public record TooManyUnpaid(Duration pause) implements Why {}
}
