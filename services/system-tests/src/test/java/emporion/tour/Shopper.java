package emporion.tour;

import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import emporion.chassis.testkit.Http;
import emporion.chassis.testkit.Http.Answer;
import java.time.Duration;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Somebody who buys.
 *
 * @param http asks the gateway with the shopper's token
 */
public record Shopper(UUID id, String name, String email, String password, Http http) {
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
    return new Shopper(id, name, email, password, http.as(token));
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
  public JsonNode ended(String orderId) {
    return await("order " + orderId + " ends")
        .atMost(PATIENCE)
        .until(() -> order(orderId), order -> !order.at("/status").asText().equals("pending"));
  }

  public JsonNode order(String orderId) {
    var answer = http.get("/v1/orders/" + orderId);
    if (answer.status() != 200) {
      throw new AssertionError("order " + orderId + ": " + answer);
    }
    return answer.at("");
  }

  /** The only payment of an order. */
  public JsonNode payment(String orderId) {
    var payments = http.get("/v1/payments?order_id=" + orderId).at("/items");
    if (payments.size() != 1) {
      throw new AssertionError("payments of order " + orderId + ": " + payments);
    }
    return payments.get(0);
  }
}
