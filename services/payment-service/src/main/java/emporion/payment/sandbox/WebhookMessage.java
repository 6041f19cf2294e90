package emporion.payment.sandbox;

import emporion.payment.charges.control.PaymentProvider.ChargeAnswer;
import emporion.payment.charges.entity.DeclineReason;
import java.util.Optional;
import java.util.UUID;

/**
 * What the sandbox tells about a charge without being asked.
 *
 * @param id the same each time that the message is sent
 * @param type {@code charge.captured} or {@code charge.declined}; others may be added
 * @param reason of a decline; null otherwise
 */
record WebhookMessage(
    UUID id, String type, String key, String reference, String card, String reason) {

  static WebhookMessage captured(UUID id, String key, ChargeAnswer.Captured charge) {
    return new WebhookMessage(id, "charge.captured", key, charge.reference(), charge.card(), null);
  }

  /** The news for a payment; empty where the message has none for it. */
  Optional<ChargeAnswer> answer() {
    return switch (type) {
      case "charge.captured" -> Optional.of(new ChargeAnswer.Captured(reference, card));
      case "charge.declined" -> DeclineReason.of(reason).map(ChargeAnswer.Declined::new);
      default -> Optional.empty();
    };
  }

  boolean complete() {
    return id != null
        && type != null
        && key != null
        && (!type.equals("charge.captured") || reference != null && card != null)
        && (!type.equals("charge.declined") || DeclineReason.of(reason).isPresent());
  }
}
