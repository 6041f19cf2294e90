package emporion.notification.messages.boundary.v1;

import emporion.notification.messages.entity.Dispatch;
import java.time.Instant;
import java.util.List;
import java.util.UUID;

/** What was written about an order, the oldest first. */
public record OrderNotificationsV1(List<ItemV1> items) {
  static OrderNotificationsV1 from(List<Dispatch> dispatches) {
    return new OrderNotificationsV1(dispatches.stream().map(ItemV1::from).toList());
  }

  /**
   * How far one has come on its way.
   *
   * @param kind the event that it tells of
   * @param attempts at its present sending
   * @param nextAttemptAt absent unless it is due now or later
   * @param lastError what the mail server said last; absent unless it refused
   * @param sentAt absent until it is sent
   */
  public record ItemV1(
      UUID notificationId,
      String kind,
      String status,
      int attempts,
      int redeliveries,
      Instant nextAttemptAt,
      String lastError,
      Instant createdAt,
      Instant sentAt) {
    private static ItemV1 from(Dispatch dispatch) {
      return new ItemV1(
          dispatch.id(),
          dispatch.kind().wire(),
          dispatch.status().wire(),
          dispatch.attempts(),
          dispatch.redeliveries(),
          dispatch.dueAt(),
          dispatch.lastError(),
          dispatch.createdAt(),
          dispatch.sentAt());
    }
  }
}
