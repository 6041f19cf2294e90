package emporion.payment.charges.boundary.v1;

import emporion.payment.charges.boundary.MoneyJson;
import emporion.payment.charges.entity.DeclineReason;
import emporion.payment.charges.entity.Payment;
import emporion.payment.charges.entity.PaymentStatus;
import java.time.Instant;
import java.util.UUID;

/**
 * What a key stands for.
 *
 * @param status {@code pending}, {@code captured}, {@code declined} or {@code voided}
 * @param reason the decline's code; absent otherwise
 */
public record ChargeV1(
    String key,
    UUID paymentId,
    UUID orderId,
    String status,
    String reason,
    MoneyJson amount,
    MoneyJson refunded,
    String card,
    Instant createdAt) {

  static ChargeV1 from(Payment payment) {
    return new ChargeV1(
        payment.chargeKey(),
        payment.id(),
        payment.orderId(),
        payment.status().wire(),
        payment.declineReason().map(DeclineReason::wire).orElse(null),
        MoneyJson.from(payment.amount()),
        MoneyJson.from(payment.refunded()),
        payment.card().orElse(null),
        payment.createdAt());
  }

  /** A key of which all is back that was ever taken under it. */
  static ChargeV1 voided(String key, Payment payment) {
    return new ChargeV1(
        key,
        payment.id(),
        payment.orderId(),
        PaymentStatus.VOIDED.wire(),
        null,
        MoneyJson.from(payment.amount()),
        MoneyJson.from(payment.refunded()),
        payment.card().orElse(null),
        payment.createdAt());
  }

  /** A key under which nothing is, or will be, held of any card. */
  static ChargeV1 voided(String key) {
    return new ChargeV1(key, null, null, PaymentStatus.VOIDED.wire(), null, null, null, null, null);
  }
}
