package emporion.notification.messages.entity;

import java.time.Instant;
import java.util.UUID;

/**
 * How far a notification has come on its way, without what it says and where it goes.
 *
 * @param nextAttemptAt counts while it is queued; null where it was never due
 * @param lastError null unless the last attempt failed
 * @param sentAt null until it is sent
 */
public record Dispatch(
    UUID id,
    Kind kind,
    Status status,
    int attempts,
    int redeliveries,
    Instant nextAttemptAt,
    String lastError,
    Instant createdAt,
    Instant sentAt) {
  /** When it is tried next; null where it is not tried any more, or not yet. */
  public Instant dueAt() {
    return status == Status.QUEUED ? nextAttemptAt : null;
  }
}
