package emporion.payment.charges.entity;

import java.util.Locale;

/** Why a card's bank said no; nothing was taken. */
public enum DeclineReason {
  CARD_DECLINED("The card was declined; use another card."),
  INSUFFICIENT_FUNDS("The card has insufficient funds; use another card."),
  EXPIRED_CARD("The card has expired; use another card.");

  private final String advice;

  DeclineReason(String advice) {
    this.advice = advice;
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
