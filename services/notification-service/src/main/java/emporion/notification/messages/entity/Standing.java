package emporion.notification.messages.entity;

import java.time.Instant;
import java.util.Optional;
import java.util.UUID;

/**
 * How a notification stands, without what it says, for those who look after it.
 *
 * @param orderId null where it is about no order
 * @param address null while it is not known, and after the user was erased
 * @param nextAttemptAt counts while it is queued; null where it was never due
 * @param failure null unless the last attempt failed, as is the error
 * @param providerId null until the provider has taken it, as is the time of sending
 */
public record Standing(
    UUID id,
    UUID userId,
    Kind kind,
    Channel channel,
    Status status,
    UUID orderId,
    String address,
    String subject,
    int attempts,
    int redeliveries,
    Instant nextAttemptAt,
    Failure failure,
    String lastError,
    String providerId,
    Instant createdAt,
    Instant sentAt) {

  /** That of one notification. */
  public static Standing of(Notification one) {
    return new Standing(
        one.id(),
        one.userId(),
        one.kind(),
        one.channel(),
        one.status(),
        one.orderId().orElse(null),
        one.address().orElse(null),
        one.letter().subject(),
        one.attempts(),
        one.redeliveries(),
        one.nextAttemptAt().orElse(null),
        one.failure().orElse(null),
        one.lastError().orElse(null),
        one.messageId().orElse(null),
        one.createdAt(),
        one.sentAt().orElse(null));
  }

  /** When it is tried next. */
  public Optional<Instant> due() {
    return Optional.ofNullable(nextAttemptAt).filter(at -> status == Status.QUEUED);
  }
}
