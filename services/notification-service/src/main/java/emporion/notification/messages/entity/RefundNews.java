package emporion.notification.messages.entity;

import java.util.Objects;
import java.util.UUID;

/** What the payment service says of a refund. */
public record RefundNews(UUID orderId, UUID userId, Money amount) {

  /** Refuses news that lacks what a mail needs. */
  public RefundNews {
    Objects.requireNonNull(orderId, "order_id");
    Objects.requireNonNull(userId, "user_id");
    Objects.requireNonNull(amount, "amount");
  }
}
