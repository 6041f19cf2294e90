package emporion.payment.charges.entity;

import java.util.Locale;

/** Where a payment stands. Refunds, full ones too, leave it captured. */
public enum PaymentStatus {
  /** Asked for; whether the card was charged is not known yet. */
  PENDING,
  CAPTURED,
  DECLINED,
  /** All that was taken, if anything, was given back, and nothing will be taken any more. */
  VOIDED;

  boolean canBecome(PaymentStatus next) {
    return switch (this) {
      case PENDING -> next != PENDING;
      case CAPTURED -> next == VOIDED;
      case DECLINED, VOIDED -> false;
    };
  }

  /** The name in JSON. */
  public String wire() {
    return name().toLowerCase(Locale.ROOT);
  }
}
