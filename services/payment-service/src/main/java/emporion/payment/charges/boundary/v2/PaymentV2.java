package emporion.payment.charges.boundary.v2;

import emporion.payment.charges.boundary.MoneyJson;
import emporion.payment.charges.entity.DeclineReason;
import emporion.payment.charges.entity.Payment;
import java.time.Instant;
import java.util.UUID;

/**
 * A payment as version 2 shows it.
 *
 * @param status {@code pending}, {@code captured}, {@code declined} or {@code voided}
 * @param decline null, and absent on the wire, unless declined
 * @param card null, and absent on the wire, unless charged
 */
public record PaymentV2(
    UUID paymentId,
    UUID orderId,
    UUID customerId,
    String status,
    DeclineV2 decline,
    AmountsV2 amounts,
    CardV2 card,
    Instant createdAt,
    Instant changedAt) {

  static PaymentV2 from(Payment payment) {
    return new PaymentV2(
        payment.id(),
        payment.orderId(),
        payment.userId(),
        payment.status().wire(),
        payment.declineReason().map(DeclineReason::wire).map(DeclineV2::new).orElse(null),
        AmountsV2.of(payment),
        payment.card().map(CardV2::new).orElse(null),
        payment.createdAt(),
        payment.changedAt());
  }

  /** Why the card's bank said no. */
  public record DeclineV2(String reason) {}

  /** What a person recognises the card by, never a number or token. */
  public record CardV2(String brand) {}

  /**
   * The sums, all in one currency.
   *
   * @param charged what the card was asked for; taken where the payment is captured
   * @param refundable what no refund has been promised yet; zero unless captured
   */
  public record AmountsV2(MoneyJson charged, MoneyJson refunded, MoneyJson refundable) {
    private static AmountsV2 of(Payment payment) {
      return new AmountsV2(
          MoneyJson.from(payment.amount()),
          MoneyJson.from(payment.refunded()),
          new MoneyJson(payment.remaining(), payment.amount().currency()));
    }
  }
}
