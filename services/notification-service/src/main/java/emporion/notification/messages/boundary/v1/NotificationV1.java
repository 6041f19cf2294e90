package emporion.notification.messages.boundary.v1;

import emporion.notification.messages.entity.Notification;
import emporion.notification.messages.entity.Summary;
import java.time.Instant;
import java.util.UUID;

/**
 * A notification as version 1 shows it.
 *
 * @param kind one of those that this version began with, the nearest
 * @param eventType what happened; more of them may come
 * @param orderId null, and absent on the wire, where it is about no order
 * @param sentAt null, and absent on the wire, until it is sent
 * @param text what it says; null, and absent on the wire, in lists and after the user was erased
 */
public record NotificationV1(
    UUID id,
    String kind,
    String eventType,
    String channel,
    String subject,
    String status,
    UUID orderId,
    Instant createdAt,
    Instant sentAt,
    String text) {
  private static final String EMAIL = "email";

  static NotificationV1 from(Summary summary) {
    return new NotificationV1(
        summary.id(),
        summary.kind().released().wire(),
        summary.kind().wire(),
        EMAIL,
        summary.subject(),
        summary.status().wire(),
        summary.orderId().orElse(null),
        summary.createdAt(),
        summary.sentAt().orElse(null),
        null);
  }

  static NotificationV1 from(Notification notification) {
    var letter = notification.letter();
    return new NotificationV1(
        notification.id(),
        notification.kind().released().wire(),
        notification.kind().wire(),
        EMAIL,
        letter.subject(),
        notification.status().wire(),
        notification.orderId().orElse(null),
        notification.createdAt(),
        notification.sentAt().orElse(null),
        letter.text());
  }
}
