package emporion.product.stock;

import static emporion.product.Shop.key;
import static emporion.product.Shop.lines;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import emporion.chassis.testkit.Http.Answer;
import emporion.product.Shop;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** Levels and their audit trail. */
class StockTest {
  private final Shop shop = new Shop();

  private Answer adjust(String product, String delta, String reason) {
    return shop.manager.post(
        "/v1/stock/" + product + "/adjustments",
        "{\"delta\":" + delta + ",\"reason\":\"" + reason + "\",\"note\":\"pallet 7\"}");
  }

  @Test
  void showsWhatIsOnHandReservedAndAvailable() {
    var product = shop.stocked(7);
    shop.reserve(key(), lines(product, 2));
    var level = shop.manager.get("/v1/stock/" + product);
    assertEquals(product, level.text("/product_id"));
    assertEquals(7, level.at("/on_hand").asInt());
    assertEquals(2, level.at("/reserved").asInt());
    assertEquals(5, level.at("/available").asInt());
    assertEquals(1, level.at("/version").asInt());
    var again =
        shop.manager.with("If-None-Match", level.header("ETag")).get("/v1/stock/" + product);
    assertEquals(304, again.status());
    adjust(product, "1", "counted");
    assertEquals(
        200,
        shop.manager
            .with("If-None-Match", level.header("ETag"))
            .get("/v1/stock/" + product)
            .status());
  }

  @Test
  void anAdjustmentIsDoneAndWrittenDown() {
    var product = shop.stocked(7);
    var answer = adjust(product, "-3", "damaged");
    assertEquals(201, answer.status(), answer::toString);
    assertEquals(4, answer.at("/on_hand").asInt());
    assertEquals("4/0", shop.level(product));
    var trail = shop.manager.get("/v1/stock/" + product + "/adjustments");
    assertEquals(2, trail.at("/items").size(), trail::toString);
    assertEquals("damaged", trail.text("/items/0/reason"));
    assertEquals("pallet 7", trail.text("/items/0/note"));
    assertEquals("received", trail.text("/items/1/reason"));
    assertEquals(7, trail.at("/items/1/on_hand").asInt());
    assertFalse(trail.text("/items/0/by").isEmpty());
    assertFalse(trail.text("/items/0/at").isEmpty());
  }

  @Test
  void aCardNumberInANoteIsNeitherKeptNorRepeated() {
    var product = shop.stocked(7);
    for (var path : List.of("/v1/stock/", "/v2/stock/")) {
      var refused =
          shop.manager.post(
              path + product + "/adjustments",
              "{\"delta\":1,\"reason\":\"returned\",\"note\":\"paid by 4242 4242 4242 4242\"}");
      assertEquals(400, refused.status(), refused::toString);
      assertEquals("card-number-refused", refused.problem());
      assertEquals("/note", refused.text("/errors/0/pointer"), refused::toString);
      assertFalse(refused.body().contains("4242"), refused::toString);
    }
    assertEquals("7/0", shop.level(product));
    var trail = shop.manager.get("/v1/stock/" + product + "/adjustments");
    assertEquals(1, trail.at("/items").size(), trail::toString);
  }

  @Test
  void neverTakesWhatIsReserved() {
    var product = shop.stocked(7);
    shop.reserve(key(), lines(product, 5));
    var answer = adjust(product, "-3", "lost");
    assertEquals(409, answer.status());
    assertEquals("stock-too-low", answer.problem());
    assertEquals("7/5", shop.level(product));
    assertEquals(201, adjust(product, "-2", "lost").status());
    assertEquals("5/5", shop.level(product));
    assertEquals("stock-too-high", adjust(product, "1000000000", "received").problem());
  }

  @Test
  void theTrailComesInPages() {
    var product = shop.stocked(1);
    for (int i = 0; i < 6; i++) {
      adjust(product, "1", "received");
    }
    var path = "/v1/stock/" + product + "/adjustments?limit=3";
    var first = shop.manager.get(path);
    var second = shop.manager.get(path + "&cursor=" + first.text("/next"));
    var third = shop.manager.get(path + "&cursor=" + second.text("/next"));
    assertEquals(7, first.at("/items/0/on_hand").asInt());
    assertEquals(4, second.at("/items/0/on_hand").asInt());
    assertEquals(1, third.at("/items/0/on_hand").asInt());
    assertEquals(1, third.at("/items").size());
    assertEquals("", third.text("/next"));
  }

  @Test
  void theSameKeyAdjustsOnce() {
    var product = shop.stocked(1);
    var client = shop.manager.withKey("k-" + product);
    var path = "/v1/stock/" + product + "/adjustments";
    var body = "{\"delta\":5,\"reason\":\"received\"}";
    var first = client.post(path, body);
    var again = client.post(path, body);
    assertEquals(first.body(), again.body());
    assertEquals("true", again.header("Idempotent-Replayed"));
    assertEquals("6/0", shop.level(product));
    assertEquals(422, client.post(path, "{\"delta\":6,\"reason\":\"received\"}").status());
  }

  @Test
  void tellsWhenAProductIsGoneAndWhenItIsBack() {
    var product = shop.stocked(2);
    var key = key();
    shop.reserve(key, lines(product, 1));
    assertEquals(List.of(), events(product));
    var last = key();
    shop.reserve(last, lines(product, 1));
    assertEquals(List.of("stock_depleted"), events(product));
    shop.saga.delete("/v1/reservations/" + last);
    shop.saga.send("POST", "/v1/reservations/" + key + "/commit", null);
    adjust(product, "-1", "lost");
    adjust(product, "4", "received");
    assertEquals(
        List.of("stock_depleted", "stock_replenished", "stock_depleted", "stock_replenished"),
        events(product));
  }

  private List<String> events(String product) {
    return shop.events(product).stream().filter(type -> type.startsWith("stock_")).toList();
  }

  @Test
  void keepersOnly() {
    var product = shop.stocked(1);
    var level = "/v1/stock/" + product;
    var body = "{\"delta\":1,\"reason\":\"received\"}";
    assertEquals(401, shop.anonymous.get(level).status());
    assertEquals(403, shop.shopper.get(level).status());
    assertEquals(403, shop.saga.get(level).status());
    assertEquals(403, shop.shopper.get(level + "/adjustments").status());
    assertEquals(403, shop.shopper.post(level + "/adjustments", body).status());
    var support = shop.service.user("support");
    assertEquals(200, support.get(level).status());
    assertEquals(200, support.get(level + "/adjustments").status());
    assertEquals(403, support.post(level + "/adjustments", body).status());
    assertEquals("1/0", shop.level(product));
    assertEquals(201, shop.service.user("admin").post(level + "/adjustments", body).status());
  }

  @Test
  void ofAnUnknownProductThereIsNoLevel() {
    var path = "/v1/stock/" + UUID.randomUUID();
    assertEquals(404, shop.manager.get(path).status());
    assertEquals(404, shop.manager.get(path + "/adjustments").status());
    var body = "{\"delta\":1,\"reason\":\"received\"}";
    assertEquals(404, shop.manager.post(path + "/adjustments", body).status());
  }
}
