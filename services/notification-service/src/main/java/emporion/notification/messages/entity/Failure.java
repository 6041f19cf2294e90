package emporion.notification.messages.entity;

import java.time.Duration;
import java.util.Locale;

/** Why an attempt has failed, which says whether and when another one is worth its while. */
public enum Failure {
  /** The provider is away, busy, or asks to be asked later. */
  TEMPORARY(Duration.ofSeconds(1), Duration.ofMinutes(10)),
  /** The mailbox takes no more until its owner has made room. */
  MAILBOX_FULL(Duration.ofMinutes(10), Duration.ofHours(4)),
  /** There is nobody at the address, or it is none. */
  BAD_ADDRESS(null, null),
  /** The provider refuses what it says, or who says it. */
  REFUSED(null, null),
  /** No attempt has come to an end that anybody knows of. */
  UNSEEN(null, null);

  private static final int GROWTH = 4;

  private final Duration first;
  private final Duration longest;

  Failure(Duration first, Duration longest) {
    this.first = first;
    this.longest = longest;
  }

  /** Whether another attempt would end alike. */
  public boolean isForGood() {
    return first == null;
  }

  /**
   * The rest before the next attempt, four times as long as that before the last, up to a bound.
   */
  Duration pause(int attempts) {
    var pause = first;
    for (int i = 1; i < attempts && pause.compareTo(longest) < 0; i++) {
      pause = pause.multipliedBy(GROWTH);
    }
    return pause.compareTo(longest) < 0 ? pause : longest;
  }

  /** The name in answers. */
  public String wire() {
    return name().toLowerCase(Locale.ROOT);
  }
}
