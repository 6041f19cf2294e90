package emporion.product.catalogue;

import static emporion.product.Shop.key;
import static emporion.product.Shop.lines;
import static emporion.product.Shop.sku;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import emporion.chassis.testkit.Http.Answer;
import emporion.product.Shop;
import java.util.List;
import java.util.UUID;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;

/** What version 2 calls differently, and that it is the same shop behind it. */
class VersionTwoTest {
  private final Shop shop = new Shop();
  private final String category = "two-" + UUID.randomUUID();

  private String body(String sku, long stock) {
    return """
    {"sku":"%s","name":"Brass lamp","description":"Warm","category":"%s",\
    "price":{"amount":4999,"currency":"EUR"},"initial_stock":%d}\
    """
        .formatted(sku, category, stock);
  }

  private Answer created(String body) {
    var answer = shop.manager.post("/v2/products", body);
    assertEquals(201, answer.status(), answer::toString);
    return answer;
  }

  @Test
  void aProductIsShownUnderItsNewNames() {
    var sku = sku();
    var made = created(body(sku, 12));
    var id = made.text("/product_id");
    assertEquals("/v2/products/" + id, made.header("Location"));
    var read = shop.anonymous.get("/v2/products/" + id);
    assertEquals(made.body(), read.body());
    assertEquals(made.header("ETag"), read.header("ETag"));
    assertEquals(12, read.at("/stock/available").asInt());
    assertEquals("in_stock", read.text("/stock/state"));
    assertTrue(read.at("/id").isMissingNode() && read.at("/available").isMissingNode());
    var before = shop.anonymous.get("/v1/products/" + id);
    for (var same : List.of("/sku", "/name", "/description", "/category", "/price", "/status")) {
      assertEquals(before.at(same), read.at(same));
    }
    assertEquals(id, before.text("/id"));
    assertEquals(12, before.at("/available").asInt());
  }

  @Test
  void theWordForTheStockFollowsThePieces() {
    var id = created(body(sku(), 10)).text("/product_id");
    assertEquals("in_stock", state(id));
    shop.reserve(key(), lines(id, 1));
    assertEquals("low", state(id));
    shop.reserve(key(), lines(id, 8));
    assertEquals("low", state(id));
    shop.reserve(key(), lines(id, 1));
    assertEquals("sold_out", state(id));
  }

  private String state(String id) {
    return shop.anonymous.get("/v2/products/" + id).text("/stock/state");
  }

  @Test
  void oneNameOfVersionOneIsNoNameHere() {
    var old = body(sku(), 1).replace("initial_stock", "on_hand");
    assertEquals("/on_hand", shop.manager.post("/v2/products", old).text("/errors/0/pointer"));
    var bad = body(sku(), -1);
    assertEquals(
        "/initial_stock", shop.manager.post("/v2/products", bad).text("/errors/0/pointer"));
  }

  @Test
  void theListIsSearchedUnderItsNewNames() {
    var id = created(body(sku(), 1)).text("/product_id");
    for (var query :
        List.of("search=BRASS", "price_from=4999", "price_to=4999", "sort=newest", "ids=" + id)) {
      var found = shop.anonymous.get("/v2/products?category=" + category + "&" + query);
      assertEquals(id, found.text("/items/0/product_id"), found::toString);
    }
    for (var query : List.of("search=tin", "price_from=5000", "price_to=4998")) {
      var found = shop.anonymous.get("/v2/products?category=" + category + "&" + query);
      assertEquals(0, found.at("/items").size(), found::toString);
    }
    for (var bad : List.of("search=%00", "price_from=x", "price_to=-1", "ids=x", "sort=best")) {
      var refused = shop.anonymous.get("/v2/products?" + bad);
      assertEquals(400, refused.status(), refused::toString);
      assertEquals(bad.split("=")[0], refused.text("/errors/0/pointer"));
    }
  }

  @Test
  void categoriesSayWhatTheyCount() {
    created(body(sku(), 1));
    var ours =
        StreamSupport.stream(shop.anonymous.get("/v2/categories").at("/items").spliterator(), false)
            .filter(item -> item.at("/name").asText().equals(category))
            .toList();
    assertEquals(1, ours.getFirst().at("/product_count").asInt(), ours::toString);
  }

  @Test
  void aProductIsRetiredAndPublished() {
    var path = "/v2/products/" + created(body(sku(), 1)).text("/product_id");
    assertEquals("retired", shop.manager.send("POST", path + "/retire", null).text("/status"));
    assertEquals(404, shop.anonymous.get(path).status());
    var back = shop.manager.send("POST", path + "/publish", null);
    assertEquals("published", back.text("/status"));
    assertEquals(back.header("ETag"), shop.anonymous.get(path).header("ETag"));
  }

  @Test
  void aKeyIsGoodForOneVersion() {
    var client = shop.manager.withKey(key());
    var body = body(sku(), 0).replace(",\"initial_stock\":0", "");
    var first = client.post("/v2/products", body);
    var again = client.post("/v2/products", body);
    assertEquals(first.body(), again.body());
    assertEquals("true", again.header("Idempotent-Replayed"));
    assertEquals("idempotency-key-reused", client.post("/v1/products", body).problem());
  }

  @Test
  void aFileIsTakenOnceInWhateverVersion() {
    var client = shop.manager.withKey(key()).with("Content-Type", "text/csv");
    var csv =
        "sku,name,description,category,price_amount,price_currency,on_hand\n%s,Lamp,,%s,1,EUR,3\n"
            .formatted(sku(), category);
    var first = client.send("POST", "/v2/products/imports", csv);
    assertEquals("{\"created\":1,\"updated\":0,\"rows\":1}", first.body());
    var again = client.send("POST", "/v1/products/imports", csv);
    assertEquals(first.body(), again.body());
    assertEquals("true", again.header("Idempotent-Replayed"));
  }

  @Test
  void levelsAndTheirTrailAreShownUnderTheirNewNames() {
    var id = created(body(sku(), 4)).text("/product_id");
    var level = shop.manager.get("/v2/stock/" + id);
    assertEquals(
        "{\"product_id\":\"" + id + "\",\"on_hand\":4,\"reserved\":0,\"available\":4}",
        level.body());
    var client = shop.manager.withKey(key());
    var path = "/v2/stock/" + id + "/adjustments";
    var change = "{\"delta\":-3,\"reason\":\"damaged\",\"note\":\"pallet 7\"}";
    var line = client.post(path, change);
    assertEquals(201, line.status(), line::toString);
    assertEquals(line.body(), client.post(path, change).body());
    assertEquals(1, line.at("/on_hand_after").asInt());
    var trail = shop.manager.get(path);
    assertEquals(2, trail.at("/items").size());
    for (var name :
        List.of("adjustment_id", "product_id", "reason", "note", "adjusted_by", "adjusted_at")) {
      assertEquals(line.text("/" + name), trail.text("/items/0/" + name));
      assertTrue(!line.text("/" + name).isEmpty(), name);
    }
    var old = shop.manager.get("/v1/stock/" + id + "/adjustments");
    assertEquals(line.text("/adjustment_id"), old.text("/items/0/id"));
    assertEquals("idempotency-key-reused", client.post(path.replace("v2", "v1"), change).problem());
  }
}
