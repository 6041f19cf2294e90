package emporion.payment.refunds.entity;

import java.util.Locale;

/** How money goes back to the card. */
public enum RefundMethod {
  /** A part, or the rest, that somebody asked for. */
  REFUND,
  /** All that was left when the charge was undone. */
  VOID;

  /** The name in JSON. */
  public String wire() {
    return name().toLowerCase(Locale.ROOT);
  }
}
