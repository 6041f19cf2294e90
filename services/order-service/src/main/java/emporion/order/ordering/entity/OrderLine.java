package emporion.order.ordering.entity;

import java.util.UUID;

/**
 * What was ordered, under the name and at the price of that moment.
 *
 * @param quantity at least 1
 */
public record OrderLine(UUID productId, String name, int quantity, Money unitPrice) {
  /** Price times quantity. */
  public Money total() {
    return unitPrice.times(quantity);
  }
}
