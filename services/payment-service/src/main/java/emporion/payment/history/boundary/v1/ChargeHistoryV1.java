package emporion.payment.history.boundary.v1;

import emporion.chassis.messaging.Publication;
import emporion.payment.charges.boundary.MoneyJson;
import emporion.payment.charges.entity.DeclineReason;
import emporion.payment.charges.entity.Payment;
import emporion.payment.history.control.ChargeHistories.ChargeHistory;
import emporion.payment.refunds.entity.Refund;
import java.time.Instant;
import java.util.List;
import java.util.UUID;

/**
 * What has become of a charge.
 *
 * @param payment absent for a key that was voided before it was charged
 * @param refunds what a void gave back among them
 */
public record ChargeHistoryV1(
    String key, PaymentV1 payment, List<RefundV1> refunds, List<EventV1> events) {
  static ChargeHistoryV1 from(String key, ChargeHistory history) {
    return new ChargeHistoryV1(
        key,
        history.payment().map(PaymentV1::from).orElse(null),
        history.refunds().stream().map(RefundV1::from).toList(),
        history.events().stream().map(EventV1::from).toList());
  }

  /**
   * The payment as it stands.
   *
   * @param reason the decline's code; absent otherwise
   * @param card the brand; absent unless charged
   * @param changedAt refunds change it, too
   */
  public record PaymentV1(
      UUID paymentId,
      String status,
      String reason,
      MoneyJson amount,
      String card,
      Instant createdAt,
      Instant changedAt) {
    private static PaymentV1 from(Payment payment) {
      return new PaymentV1(
          payment.id(),
          payment.status().wire(),
          payment.declineReason().map(DeclineReason::wire).orElse(null),
          MoneyJson.from(payment.amount()),
          payment.card().orElse(null),
          payment.createdAt(),
          payment.changedAt());
    }
  }

  /**
   * Money on its way back, or there.
   *
   * @param attempts how often the card network was asked
   * @param nextAttemptAt absent unless it is pending
   */
  public record RefundV1(
      UUID refundId,
      String method,
      String status,
      MoneyJson amount,
      String reason,
      String requestedBy,
      String failure,
      int attempts,
      Instant nextAttemptAt,
      Instant createdAt) {
    private static RefundV1 from(Refund refund) {
      return new RefundV1(
          refund.id(),
          refund.method().wire(),
          refund.status().wire(),
          MoneyJson.from(refund.amount()),
          refund.reason().orElse(null),
          refund.requestedBy().orElse(null),
          refund.failure().orElse(null),
          refund.attempts(),
          refund.pending() ? refund.nextAttemptAt() : null,
          refund.createdAt());
    }
  }

  /**
   * An event about the payment.
   *
   * @param publishedAt absent while it waits for the broker
   * @param refusals how often the broker has refused it
   * @param nextAttemptAt absent unless a refusal holds it up
   */
  public record EventV1(
      UUID eventId,
      String type,
      String traceId,
      Instant occurredAt,
      Instant publishedAt,
      int refusals,
      Instant nextAttemptAt) {
    private static EventV1 from(Publication event) {
      return new EventV1(
          event.id(),
          event.type(),
          event.traceId(),
          event.occurredAt(),
          event.sentAt(),
          event.refusals(),
          event.retryAt());
    }
  }
}
