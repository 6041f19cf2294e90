package emporion.order.story.entity;

import java.util.Locale;

/** What a story is made of. */
public enum Part {
  /** A step of the order, or what somebody asked for. */
  ORDER,
  /** Attempts at a step that failed. */
  ATTEMPT,
  /** What an operator did. */
  OPERATOR,
  /** Pieces that are held, sold or given back. */
  STOCK,
  /** Money that is taken or given back. */
  PAYMENT,
  /** What was told of it. */
  EVENT,
  /** What a consumer did with an event. */
  DELIVERY,
  /** What was written to the customer. */
  MAIL;

  /** The name in JSON. */
  public String wire() {
    return name().toLowerCase(Locale.ROOT);
  }
}
