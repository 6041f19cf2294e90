package emporion.order.ordering.entity;

import java.util.Locale;

/**
 * What an operator may do to a saga. None of them makes the saga forget a charge or sold stock:
 * forward past the point of no return, and back before it, are the only ways.
 */
public enum OperatorAction {
  /** The next attempt is due at once; the attempts are counted on. */
  RETRY,
  /** Takes the flag away until ten more attempts have failed. */
  ACKNOWLEDGE,
  /** Calls the order off before the point of no return; whatever may have been done is undone. */
  CANCEL,
  /** Asserts that what the present compensation has to do was done by other means. */
  COMPENSATED_BY_HAND;

  /** The name in JSON and in the timeline. */
  public String wire() {
    return name().toLowerCase(Locale.ROOT);
  }
}
