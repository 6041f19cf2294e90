package emporion.order.ordering.entity;

import java.util.Locale;

/** What the card's bank said; nothing was taken. */
public enum Decline {
  CARD_DECLINED,
  INSUFFICIENT_FUNDS,
  EXPIRED_CARD;

  /** The decline by its name in JSON; one that is not known here is a plain decline. */
  public static Decline of(String wire) {
    for (var decline : values()) {
      if (decline.wire().equals(wire)) {
        return decline;
      }
    }
    return CARD_DECLINED;
  }

  /** The name in JSON and in events. */
  public String wire() {
    return name().toLowerCase(Locale.ROOT);
  }
}
