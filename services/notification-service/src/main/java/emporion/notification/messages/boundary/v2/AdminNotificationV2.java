package emporion.notification.messages.boundary.v2;

import emporion.notification.messages.entity.Attempt;
import emporion.notification.messages.entity.Failure;
import emporion.notification.messages.entity.Standing;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;

/**
 * A notification as staff see it: how it stands, not what it says.
 *
 * @param orderId null, and absent on the wire, where it is about no order
 * @param address null, and absent on the wire, while it is not known and after the user was erased
 * @param attempts how often its present sending was tried
 * @param nextAttemptAt null, and absent on the wire, unless it is queued
 * @param failure null, and absent on the wire, unless the last attempt failed, as is the error
 * @param providerId null, and absent on the wire, until it is sent, as is the time
 * @param log every attempt in order; null, and absent on the wire, in lists
 */
public record AdminNotificationV2(
    UUID notificationId,
    UUID userId,
    String eventType,
    String channel,
    String status,
    UUID orderId,
    String address,
    String subject,
    int attempts,
    int redeliveries,
    Instant nextAttemptAt,
    String failure,
    String lastError,
    String providerId,
    Instant createdAt,
    Instant sentAt,
    List<AttemptV2> log) {

  static AdminNotificationV2 from(Standing standing) {
    return from(standing, null);
  }

  static AdminNotificationV2 from(Standing standing, List<Attempt> attempts) {
    return new AdminNotificationV2(
        standing.id(),
        standing.userId(),
        standing.kind().wire(),
        standing.channel().wire(),
        standing.status().wire(),
        standing.orderId(),
        standing.address(),
        standing.subject(),
        standing.attempts(),
        standing.redeliveries(),
        standing.due().orElse(null),
        wire(standing.failure()),
        standing.lastError(),
        standing.providerId(),
        standing.createdAt(),
        standing.sentAt(),
        attempts == null ? null : attempts.stream().map(AttemptV2::from).toList());
  }

  private static String wire(Failure failure) {
    return Optional.ofNullable(failure).map(Failure::wire).orElse(null);
  }

  /**
   * One attempt.
   *
   * @param delivery 0 for the first sending, and one more for each redelivery
   * @param number from 1, within its delivery
   * @param failure null, and absent on the wire, unless it has failed, as is the error
   * @param providerId null, and absent on the wire, unless the provider has taken it
   * @param endedAt null, and absent on the wire, where no end is known
   * @param nextAttemptAt null, and absent on the wire, where it was the last
   */
  public record AttemptV2(
      int delivery,
      int number,
      String outcome,
      String failure,
      String providerId,
      String error,
      Instant endedAt,
      Instant nextAttemptAt) {
    static AttemptV2 from(Attempt attempt) {
      return new AttemptV2(
          attempt.delivery(),
          attempt.number(),
          attempt.outcome().name().toLowerCase(Locale.ROOT),
          wire(attempt.failure()),
          attempt.providerId(),
          attempt.error(),
          attempt.endedAt(),
          attempt.nextAttemptAt());
    }
  }

  /**
   * What became of a redelivery of all that have failed.
   *
   * @param redelivered how many were sent again; where it is 200 there may be more
   */
  public record RedeliveryV2(int redelivered) {}
}
