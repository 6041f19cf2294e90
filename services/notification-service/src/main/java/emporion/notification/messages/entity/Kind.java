package emporion.notification.messages.entity;

import java.util.Locale;

/** Why a mail is written; each is named after what happened. */
public enum Kind {
  USER_REGISTERED,
  PASSWORD_RESET_REQUESTED,
  EMAIL_CHANGED,
  PASSWORD_CHANGED,
  ROLE_CHANGED,
  USER_ERASED,
  ORDER_CONFIRMED,
  ORDER_CANCELLED,
  PAYMENT_REFUNDED;

  /** The name in events and templates, and of what happened in answers. */
  public String wire() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** Whether it is the last that its user hears, of which nothing is kept once it was sent. */
  public boolean isLast() {
    return this == USER_ERASED;
  }

  /**
   * The nearest of the kinds that versions 1 and 2 of the API began with: a client that was
   * generated then knows no others.
   */
  public Kind released() {
    return switch (this) {
      case EMAIL_CHANGED, ROLE_CHANGED, USER_ERASED -> USER_REGISTERED;
      case PASSWORD_CHANGED -> PASSWORD_RESET_REQUESTED;
      case USER_REGISTERED,
          PASSWORD_RESET_REQUESTED,
          ORDER_CONFIRMED,
          ORDER_CANCELLED,
          PAYMENT_REFUNDED ->
          this;
    };
  }
}
