package emporion.notification.messages.entity;

import java.util.Locale;

/** How far a mail has come. */
public enum Status {
  /** Composed; the user's address is not known yet. */
  WAITING,
  /** Due now or at its next attempt. */
  QUEUED,
  /** The mail server has taken it over. */
  SENT,
  /** Given up; it can be sent again by hand. */
  FAILED,
  /** The user was erased before it could be sent. */
  DROPPED;

  /** The name in answers and metrics. */
  public String wire() {
    return name().toLowerCase(Locale.ROOT);
  }
}
