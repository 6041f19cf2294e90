package emporion.order.ordering.entity;

import java.util.Locale;

/** Why an order was cancelled. */
public enum Reason {
  /** There was less stock than ordered. */
  OUT_OF_STOCK,
  /** The provider declined the charge. */
  PAYMENT_DECLINED,
  /** A neighbour gave no answer before the order's deadline. */
  TIMED_OUT,
  /** The customer, or staff on their behalf, called it off. */
  CANCELLED_BY_CUSTOMER,
  /** An operator called off what could not be finished. */
  CANCELLED_BY_OPERATOR;

  /** The name in JSON and in events. */
  public String wire() {
    return name().toLowerCase(Locale.ROOT);
  }
}
