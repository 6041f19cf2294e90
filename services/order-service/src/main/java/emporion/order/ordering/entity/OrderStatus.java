package emporion.order.ordering.entity;

import java.util.Locale;

/** What the shopper sees of an order's state. */
public enum OrderStatus {
  PENDING,
  CONFIRMED,
  CANCELLED;

  /** The name in JSON and in events. */
  public String wire() {
    return name().toLowerCase(Locale.ROOT);
  }
}
