package emporion.order.ordering.entity;

/**
 * Why an order is called off.
 *
 * @param decline what the card's bank said; null unless it said no
 * @param by the subject of the token of who asked for it; null where nobody did
 */
public record Cancellation(Reason reason, Decline decline, String by) {
  /** For what nobody asked for. */
  public static Cancellation of(Reason reason) {
    return new Cancellation(reason, null, null);
  }

  /** On somebody's request. */
  public static Cancellation askedBy(String subject, Reason reason) {
    return new Cancellation(reason, null, subject);
  }

  /** The card's bank said no. */
  public static Cancellation declined(Decline decline) {
    return new Cancellation(Reason.PAYMENT_DECLINED, decline, null);
  }

  /** As it was stored; null without a reason: nothing was called off. */
  public static Cancellation stored(Reason reason, Decline decline, String by) {
    return reason == null ? null : new Cancellation(reason, decline, by);
  }

  /** The decline's name in JSON and in events; null where there is none. */
  public String declineWire() {
    return decline == null ? null : decline.wire();
  }
}
