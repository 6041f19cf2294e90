package emporion.notification.messages.boundary.v2;

import emporion.notification.messages.entity.Notification;
import emporion.notification.messages.entity.Summary;
import java.time.Instant;
import java.util.UUID;

/**
 * A notification as version 2 shows it.
 *
 * @param kind one of those that this version began with, the nearest
 * @param eventType what happened; more of them may come
 * @param orderId null, and absent on the wire, where it is about no order
 * @param sentAt null, and absent on the wire, until it is sent
 */
public record NotificationV2(
    UUID notificationId,
    UUID userId,
    String kind,
    String eventType,
    String channel,
    String status,
    UUID orderId,
    MessageV2 message,
    Instant createdAt,
    Instant sentAt) {
  private static final String EMAIL = "email";

  static NotificationV2 from(Summary summary) {
    return new NotificationV2(
        summary.id(),
        summary.userId(),
        summary.kind().released().wire(),
        summary.kind().wire(),
        EMAIL,
        summary.status().wire(),
        summary.orderId().orElse(null),
        new MessageV2(summary.subject(), null),
        summary.createdAt(),
        summary.sentAt().orElse(null));
  }

  static NotificationV2 from(Notification notification) {
    var letter = notification.letter();
    return new NotificationV2(
        notification.id(),
        notification.userId(),
        notification.kind().released().wire(),
        notification.kind().wire(),
        EMAIL,
        notification.status().wire(),
        notification.orderId().orElse(null),
        new MessageV2(letter.subject(), letter.text()),
        notification.createdAt(),
        notification.sentAt().orElse(null));
  }

  /**
   * What it says.
   *
   * @param subject empty after the user was erased
   * @param text null, and absent on the wire, in lists and after the user was erased
   */
  public record MessageV2(String subject, String text) {}
}
