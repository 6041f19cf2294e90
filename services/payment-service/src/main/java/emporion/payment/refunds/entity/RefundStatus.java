package emporion.payment.refunds.entity;

import java.util.Locale;

/** Where a refund stands. */
public enum RefundStatus {
  /** Promised; the card network is asked until it says what came of it. */
  PENDING,
  SUCCEEDED,
  /** Refused by the card network; nothing was given back. */
  FAILED;

  /** The name in JSON. */
  public String wire() {
    return name().toLowerCase(Locale.ROOT);
  }
}
