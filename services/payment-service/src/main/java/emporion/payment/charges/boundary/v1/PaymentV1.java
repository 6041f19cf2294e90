package emporion.payment.charges.boundary.v1;

import emporion.payment.charges.boundary.MoneyJson;
import emporion.payment.charges.entity.DeclineReason;
import emporion.payment.charges.entity.Payment;
import java.time.Instant;
import java.util.UUID;

/**
 * A payment as version 1 shows it.
 *
 * @param status {@code pending}, {@code captured}, {@code declined} or {@code voided}
 * @param reason the decline's code; absent otherwise
 * @param refunded what has been given back; refunds that are under way do not count yet
 * @param card the brand, never a number or token; absent unless charged
 */
public record PaymentV1(
    UUID id,
    UUID orderId,
    UUID userId,
    String status,
    String reason,
    MoneyJson amount,
    MoneyJson refunded,
    String card,
    Instant createdAt,
    Instant changedAt) {

  static PaymentV1 from(Payment payment) {
    return new PaymentV1(
        payment.id(),
        payment.orderId(),
        payment.userId(),
        payment.status().wire(),
        payment.declineReason().map(DeclineReason::wire).orElse(null),
        MoneyJson.from(payment.amount()),
        MoneyJson.from(payment.refunded()),
        payment.card().orElse(null),
        payment.createdAt(),
        payment.changedAt());
  }
}
