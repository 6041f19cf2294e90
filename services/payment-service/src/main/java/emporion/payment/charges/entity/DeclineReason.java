package emporion.payment.charges.entity;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** Why a card's bank said no; nothing was taken. */
public enum DeclineReason {
  CARD_DECLINED("The card was declined; use another card."),
  INSUFFICIENT_FUNDS("The card has insufficient funds; use another card."),
  EXPIRED_CARD("The card has expired; use another card.");

  private final String advice;

  DeclineReason(String advice) {
    this.advice = advice;
  }

  /** The reason by its name in JSON. */
  public static Optional<DeclineReason> of(String wire) {
    return Arrays.stream(values()).filter(reason -> reason.wire().equals(wire)).findFirst();
  }

  /** What a shopper may be told. */
  public String advice() {
    return advice;
  }

  /** The name in JSON. */
  public String wire() {
    return name().toLowerCase(Locale.ROOT);
  }
}
