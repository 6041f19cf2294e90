package emporion.tour;

import static org.awaitility.Awaitility.await;

import emporion.chassis.testkit.Http;
import emporion.chassis.testkit.Http.Answer;
import emporion.client.api.NotificationsV1Api;
import emporion.client.api.OrdersV1Api;
import emporion.client.api.PaymentsV1Api;
import emporion.client.model.NotificationV1;
import emporion.client.model.OrderV1;
import emporion.client.model.PaymentV1;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Somebody who buys.
 *
 * @param client asks with the shopper's token
 * @param http does so too, for what is to be seen as HTTP
 */
public record Shopper(
    UUID id, String name, String email, String password, Client client, Http http) {
  private static final Duration PATIENCE = Duration.ofMinutes(2);

  /** One line of an order. */
  public record Line(String productId, int quantity) {}

  /** Places an order with a key of its own, and asks again where there was no time for it. */
  public Answer order(String card, Line... lines) {
    var key = UUID.randomUUID().toString();
    return Shop.patiently(() -> order(key, card, lines));
  }

  /** The same one with another token. */
  public Shopper with(String token) {
    return new Shopper(id, name, email, password, client.with(token), http.as(token));
  }

  /** One request. */
  public Answer order(String key, String card, Line... lines) {
    return http.withKey(key).post("/v1/orders", body(card, lines));
  }

  private static String body(String card, Line... lines) {
    return Stream.of(lines)
        .map(l -> "{\"product_id\":\"" + l.productId + "\",\"quantity\":" + l.quantity + "}")
        .collect(
            Collectors.joining(",", "{\"items\":[", "],\"payment\":{\"token\":\"" + card + "\"}}"));
  }

  /** The order as it is once nothing is under way any more. */
  public OrderV1 ended(String orderId) {
    return await("order " + orderId + " ends")
        .atMost(PATIENCE)
        .until(() -> order(orderId), order -> order.getStatus() != OrderV1.StatusEnum.PENDING);
  }

  public OrderV1 order(String orderId) {
    return client.ask(OrdersV1Api.class, api -> api.getOrderV1(UUID.fromString(orderId), null));
  }

  /**
   * The newest first.
   *
   * @param from only those that were placed then or later, unless null
   * @param to only those that were placed before, unless null
   */
  public List<OrderV1> orders(OffsetDateTime from, OffsetDateTime to) {
    return client
        .ask(OrdersV1Api.class, api -> api.listOwnOrdersV1(null, from, to, null, null, null))
        .getItems();
  }

  /** The only payment of an order. */
  public PaymentV1 payment(String orderId) {
    var payments = payments(orderId);
    if (payments.size() != 1) {
      throw new AssertionError("payments of order " + orderId + ": " + payments);
    }
    return payments.getFirst();
  }

  public List<PaymentV1> payments(String orderId) {
    return client
        .ask(PaymentsV1Api.class, api -> api.listPaymentsV1(UUID.fromString(orderId), null, null))
        .getItems();
  }

  public List<NotificationV1> notifications() {
    return client
        .ask(NotificationsV1Api.class, api -> api.listNotificationsV1(null, null, null))
        .getItems();
  }
}
