package emporion.payment.charges.entity;

import java.util.UUID;

/**
 * What happened to a payment, as the other services hear of it. Neither the card's token nor any
 * other secret is part of it.
 */
public sealed interface PaymentEvent {

  /** The event's type on the wire. */
  String type();

  /** The whole amount was taken. */
  record PaymentCaptured(UUID paymentId, UUID orderId, UUID userId, Money amount, String card)
      implements PaymentEvent {
    @Override
    public String type() {
      return "payment_captured";
    }
  }

  /** The card's bank said no. */
  record PaymentDeclined(UUID paymentId, UUID orderId, UUID userId, Money amount, String reason)
      implements PaymentEvent {
    @Override
    public String type() {
      return "payment_declined";
    }
  }

  /**
   * The charge is undone as a whole.
   *
   * @param givenBack what this took back to the card; less than the amount where parts had been
   *     refunded before, zero where nothing had been taken
   * @param reason why; null where nobody said
   * @param requestedBy the subject of who asked for it; null where nobody did
   */
  record PaymentVoided(
      UUID paymentId,
      UUID orderId,
      UUID userId,
      Money amount,
      Money givenBack,
      Money refundedTotal,
      String reason,
      String requestedBy)
      implements PaymentEvent {
    @Override
    public String type() {
      return "payment_voided";
    }
  }

  /**
   * A part, or all, was given back.
   *
   * @param amount of this refund
   * @param refundedTotal of all refunds so far
   * @param reason why, in words for people; null where nobody said
   * @param requestedBy the subject of who asked for it; null where that is not known
   */
  record PaymentRefunded(
      UUID paymentId,
      UUID orderId,
      UUID userId,
      UUID refundId,
      Money amount,
      Money refundedTotal,
      String reason,
      String requestedBy)
      implements PaymentEvent {
    @Override
    public String type() {
      return "payment_refunded";
    }
  }
}
