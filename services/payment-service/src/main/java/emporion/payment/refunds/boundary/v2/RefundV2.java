package emporion.payment.refunds.boundary.v2;

import emporion.payment.charges.boundary.MoneyJson;
import emporion.payment.refunds.entity.Refund;
import java.time.Instant;
import java.util.UUID;

/**
 * A refund as version 2 shows it.
 *
 * @param method {@code refund}, or {@code void} for what the undoing of the charge gave back
 * @param requestedBy the subject of who asked for it; absent where nobody did
 * @param status {@code pending}, {@code succeeded} or {@code failed}
 * @param failure the card network's code where it refused; null, and absent on the wire, otherwise
 */
public record RefundV2(
    UUID refundId,
    UUID paymentId,
    MoneyJson amount,
    String method,
    String requestedBy,
    String reason,
    String status,
    String failure,
    Instant createdAt) {

  static RefundV2 from(Refund refund) {
    return new RefundV2(
        refund.id(),
        refund.paymentId(),
        MoneyJson.from(refund.amount()),
        refund.method().wire(),
        refund.requestedBy().orElse(null),
        refund.reason().orElse(null),
        refund.status().wire(),
        refund.failure().orElse(null),
        refund.createdAt());
  }
}
