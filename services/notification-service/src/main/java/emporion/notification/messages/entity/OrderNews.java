package emporion.notification.messages.entity;

import java.util.List;
import java.util.Objects;
import java.util.UUID;

/**
 * What the order service says of an order.
 *
 * @param reason why it was cancelled; null for other news
 * @param declineReason what the card's bank said; null where it was not asked, or did not refuse
 * @param customerTold whether the customer has heard of it by an answer that they waited for; null
 *     for other news
 */
public record OrderNews(
    UUID orderId,
    UUID userId,
    String reason,
    String declineReason,
    Boolean customerTold,
    List<Item> items,
    Money total) {

  /** Refuses news that lacks what a mail needs. */
  public OrderNews {
    Objects.requireNonNull(orderId, "order_id");
    Objects.requireNonNull(userId, "user_id");
    Objects.requireNonNull(total, "total");
    items = List.copyOf(items);
  }

  /** Whether a mail would tell the customer what they have seen already. */
  public boolean known() {
    return Boolean.TRUE.equals(customerTold);
  }

  /** Why it was cancelled, as exactly as it is known; empty for other news. */
  public String why() {
    return Objects.requireNonNullElse(declineReason, Objects.requireNonNullElse(reason, ""));
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
