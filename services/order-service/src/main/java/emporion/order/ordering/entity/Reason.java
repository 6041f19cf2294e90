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

  /**
   * Whether the order never came to be. Who is told so while they wait has no use for a mail, nor
   * for an entry in their history.
   */
  public boolean refusal() {
    return this == OUT_OF_STOCK || this == PAYMENT_DECLINED;
  }

  /** The name in JSON and in events. */
  public String wire() {
    return name().toLowerCase(Locale.ROOT);
  }
}
