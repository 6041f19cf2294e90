package emporion.order.clients;

import emporion.order.ordering.entity.Decline;

/** The card's bank said no: nothing was charged, and never will be under this key. */
public final class Declined extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final Decline decline;

  /** With what a shopper may be told. */
  Declined(Decline decline, String advice) {
    super(advice, null, false, false);
    this.decline = decline;
  }

  /** What the bank said. */
  public Decline decline() {
    return decline;
  }
}
