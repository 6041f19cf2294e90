package emporion.notification.messages.entity;

import java.time.Instant;
import java.util.UUID;

/**
 * One attempt to bring a notification to its user.
 *
 * @param delivery 0 for the first sending, and one more for each redelivery
 * @param number from 1, within its delivery
 * @param failure null unless it has failed
 * @param providerId what the provider knows the message by; null unless it has taken it
 * @param error what the provider said; null where it said nothing, and after the user was erased
 * @param endedAt null where no end is known
 * @param nextAttemptAt when the next one was due then; null where none was
 */
public record Attempt(
    UUID notificationId,
    int delivery,
    int number,
    Outcome outcome,
    Failure failure,
    String providerId,
    String error,
    Instant endedAt,
    Instant nextAttemptAt) {

  /** How an attempt ends. */
  public enum Outcome {
    /** The provider has the message and answers for it. */
    ACCEPTED,
    /** It has failed, and is to be made again. */
    POSTPONED,
    /** It has failed, and was the last. */
    FAILED,
    /** It is being made. */
    UNDER_WAY,
    /**
     * Its end was not written down, as after a crash: the provider may have the message, and may
     * have got it once more from the next attempt.
     */
    UNKNOWN
  }

  static Attempt accepted(Notification notification) {
    return new Attempt(
        notification.id(),
        notification.redeliveries(),
        notification.attempts(),
        Outcome.ACCEPTED,
        null,
        notification.messageId().orElse(null),
        null,
        notification.sentAt().orElse(null),
        null);
  }

  static Attempt unrecorded(Notification notification, int delivery, int number, Outcome outcome) {
    return new Attempt(notification.id(), delivery, number, outcome, null, null, null, null, null);
  }
}
