package emporion.payment.charges.control;

import emporion.payment.charges.entity.DeclineReason;
import emporion.payment.charges.entity.Money;
import java.util.regex.Pattern;

/**
 * A card network, as a bean that is {@code @Named} by what the setting {@code
 * emporion.payment.provider} says.
 *
 * <p>Each operation is idempotent by its key, also when calls with the same key run at the same
 * time. An exception, like an answer that comes too late, means that the outcome is unknown; the
 * caller asks again with the same key. A call is interrupted when its time is up: what the network
 * has begun by then must go on as if the caller still listened.
 */
public interface PaymentProvider {

  /** What this network's tokens look like, as a whole. */
  Pattern tokens();

  /** Takes the whole amount from the card behind the token, or nothing. */
  ChargeAnswer charge(String key, String token, Money amount);

  /**
   * Gives back whatever the charge with this key still holds and bars the key: a charge with it
   * that arrives later, or is still on its way, takes nothing (as a reversal does in ISO 8583).
   */
  ReversalAnswer reverse(String key);

  /**
   * Gives back a part of a captured charge.
   *
   * @param refundKey of the refund, not of the charge
   */
  RefundAnswer refund(String refundKey, String chargeKey, Money amount);

  /** What the network says about a charge. */
  sealed interface ChargeAnswer {
    /**
     * The money is taken.
     *
     * @param reference the network's name of the charge
     * @param card what a person recognises the card by, never its number or token
     */
    record Captured(String reference, String card) implements ChargeAnswer {}

    /** The card's bank said no; it stays so for this key. */
    record Declined(DeclineReason reason) implements ChargeAnswer {}

    /** The key was reversed before. */
    record Barred() implements ChargeAnswer {}

    /** Nobody can tell yet. */
    record Unknown() implements ChargeAnswer {}
  }

  /** What the network says about a reversal. */
  sealed interface ReversalAnswer {
    /**
     * Nothing is held any more.
     *
     * @param taken what the charge had ever taken, in minor units; all of it is given back now
     */
    record Reversed(long taken) implements ReversalAnswer {}

    /** Nobody can tell yet. */
    record Unknown() implements ReversalAnswer {}
  }

  /** What the network says about a refund. */
  sealed interface RefundAnswer {
    /** The money is given back. */
    record Refunded() implements RefundAnswer {}

    /**
     * Nothing was given back, now and ever, under this key.
     *
     * @param reason a stable code
     */
    record Refused(String reason) implements RefundAnswer {}

    /** Nobody can tell yet. */
    record Unknown() implements RefundAnswer {}
  }
}
