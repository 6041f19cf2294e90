package emporion.notification.messages.entity;

import java.util.List;
import java.util.Objects;
import java.util.UUID;

/**
 * What the order service says of an order.
 *
 * @param reason why it was cancelled; null for other news
 */
public record OrderNews(UUID orderId, UUID userId, String reason, List<Item> items, Money total) {

  /** Refuses news that lacks what a mail needs. */
  public OrderNews {
    Objects.requireNonNull(orderId, "order_id");
    Objects.requireNonNull(userId, "user_id");
    Objects.requireNonNull(total, "total");
    items = List.copyOf(items);
  }

  /** One line of the order. */
  public record Item(String name, int quantity, Money unitPrice) {

    /** Refuses a line that can't be shown. */
    public Item {
      Objects.requireNonNull(name, "name");
      Objects.requireNonNull(unitPrice, "unit_price");
    }
  }
}
