package emporion.notification.messages.entity;

import java.util.Locale;

/** The way that a notification takes to its user. */
public enum Channel {
  EMAIL;

  /** The name in answers and metrics. */
  public String wire() {
    return name().toLowerCase(Locale.ROOT);
  }
}
