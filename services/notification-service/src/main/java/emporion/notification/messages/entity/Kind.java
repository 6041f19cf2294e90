package emporion.notification.messages.entity;

import java.util.Locale;

/** Why a mail is written; each is named after the event that causes it. */
public enum Kind {
  USER_REGISTERED,
  PASSWORD_RESET_REQUESTED,
  ORDER_CONFIRMED,
  ORDER_CANCELLED,
  PAYMENT_REFUNDED;

  /** The name in events, templates and answers. */
  public String wire() {
    return name().toLowerCase(Locale.ROOT);
  }
}
