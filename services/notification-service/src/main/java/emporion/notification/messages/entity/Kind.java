package emporion.notification.messages.entity;

import java.util.Locale;

/** Why a mail is written; each is named after what happened. */
public enum Kind {
  USER_REGISTERED,
  PASSWORD_RESET_REQUESTED,
  EMAIL_CHANGED,
  PASSWORD_CHANGED,
  ORDER_CONFIRMED,
  ORDER_CANCELLED,
  PAYMENT_REFUNDED;

  /** The name in events, templates and answers. */
  public String wire() {
    return name().toLowerCase(Locale.ROOT);
  }
}
