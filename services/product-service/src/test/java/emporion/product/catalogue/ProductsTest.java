package emporion.product.catalogue;

import static emporion.product.Shop.key;
import static emporion.product.Shop.lines;
import static emporion.product.Shop.product;
import static emporion.product.Shop.sku;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import emporion.chassis.testkit.Http.Answer;
import emporion.product.Shop;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.Test;

/** One product from its draft to its end. */
class ProductsTest {
  private final Shop shop = new Shop();

  private static String draft(String sku) {
    return """
    {"sku":"%s","name":"Draft","category":"drafts","price":{"amount":5,"currency":"EUR"},\
    "status":"draft"}\
    """
        .formatted(sku);
  }

  private static List<String> slugs(Answer... answers) {
    return List.of(answers).stream().map(Answer::problem).toList();
  }

  @Test
  void isMadeAndRead() {
    var sku = sku();
    var made =
        shop.created(
            """
            {"sku":"%s","name":"  Brass lamp ","description":"Warm\\nlight","category":"Lamps",\
            "price":{"amount":4999,"currency":"JPY"},"on_hand":3}\
            """
                .formatted(sku));
    var path = "/v1/products/" + made.text("/id");
    assertEquals(path, made.header("Location"));
    var read = shop.anonymous.get(path);
    assertEquals(200, read.status());
    assertEquals(made.body(), read.body());
    assertEquals(made.header("ETag"), read.header("ETag"));
    assertEquals(sku, read.text("/sku"));
    assertEquals("Brass lamp", read.text("/name"));
    assertEquals("Warm\nlight", read.text("/description"));
    assertEquals(4999, read.at("/price/amount").asInt());
    assertEquals("JPY", read.text("/price/currency"));
    assertEquals(3, read.at("/available").asInt());
    assertEquals("published", read.text("/status"));
    assertEquals(List.of("product_created"), shop.events(made.text("/id")));
  }

  @Test
  void aSkuIsTakenOnce() {
    var sku = sku();
    var first = shop.created(product(sku, "One", "things", 1, 0));
    var second = shop.manager.post("/v1/products", product(sku, "Two", "things", 1, 0));
    assertEquals(409, second.status());
    assertEquals("sku-taken", second.problem());
    assertEquals("One", shop.anonymous.get("/v1/products/" + first.text("/id")).text("/name"));
  }

  @Test
  void theSameKeyMakesOneProduct() {
    var body = product(sku(), "Once", "things", 1, 2);
    var client = shop.manager.withKey(key());
    var first = client.post("/v1/products", body);
    var again = client.post("/v1/products", body);
    assertEquals(201, again.status(), again::toString);
    assertEquals(first.body(), again.body());
    assertEquals(first.header("Location"), again.header("Location"));
    assertEquals("true", again.header("Idempotent-Replayed"));
    var other = client.post("/v1/products", product(sku(), "Other", "things", 1, 2));
    assertEquals(422, other.status());
  }

  @Test
  void isReadAgainOnlyWhenItOrItsStockChanged() {
    var id = shop.stocked(3);
    var path = "/v1/products/" + id;
    var tag = shop.anonymous.get(path).header("ETag");
    assertEquals(304, shop.anonymous.with("If-None-Match", tag).get(path).status());
    shop.reserve(key(), lines(id, 1));
    var changed = shop.anonymous.with("If-None-Match", tag).get(path);
    assertEquals(200, changed.status());
    assertEquals(2, changed.at("/available").asInt());
  }

  @Test
  void isChangedByTheOneWhoHasSeenIt() {
    var id = shop.stocked(3);
    var path = "/v1/products/" + id;
    var change = "{\"name\":\"Better thing\",\"price\":{\"amount\":7,\"currency\":\"USD\"}}";
    assertEquals(428, shop.manager.patch(path, change).status());
    assertEquals(412, shop.manager.with("If-Match", "\"v1-9-0\"").patch(path, change).status());
    assertEquals(412, shop.manager.with("If-Match", "\"x\"").patch(path, change).status());
    var tag = shop.anonymous.get(path).header("ETag");
    var changed = shop.manager.with("If-Match", tag).patch(path, change);
    assertEquals(200, changed.status(), changed::toString);
    assertEquals("Better thing", changed.text("/name"));
    assertEquals("things", changed.text("/category"));
    assertEquals(changed.body(), shop.anonymous.get(path).body());
    assertNotEquals(tag, changed.header("ETag"));
    assertEquals(412, shop.manager.with("If-Match", tag).patch(path, change).status());
    assertEquals(1, shop.anonymous.get("/v1/products?q=better&ids=" + id).at("/items").size());
    assertEquals(List.of("product_created", "product_changed"), shop.events(id));
  }

  @Test
  void ofChangesThatMeetOneWinsAndTheOthersHearOfIt() throws Exception {
    var path = "/v1/products/" + shop.stocked(3);
    try (var managers = Executors.newVirtualThreadPerTaskExecutor()) {
      for (int round = 0; round < 5; round++) {
        var manager = shop.manager.with("If-Match", shop.anonymous.get(path).header("ETag"));
        Callable<Integer> change =
            () -> manager.patch(path, "{\"name\":\"" + sku() + "\"}").status();
        var statuses = new TreeMap<Integer, Integer>();
        for (var status : managers.invokeAll(Collections.nCopies(12, change))) {
          statuses.merge(status.get(), 1, Integer::sum);
        }
        assertEquals(Map.of(200, 1, 412, 11), statuses);
      }
    }
  }

  @Test
  void anOrderInBetweenDoesNotSpoilAChange() {
    var id = shop.stocked(3);
    var path = "/v1/products/" + id;
    var tag = shop.anonymous.get(path).header("ETag");
    shop.reserve(key(), lines(id, 1));
    var changed = shop.manager.with("If-Match", tag).patch(path, "{\"description\":\"New\"}");
    assertEquals(200, changed.status(), changed::toString);
    assertEquals(2, changed.at("/available").asInt());
  }

  @Test
  void aDraftIsSeenByKeepersOnlyUntilItIsPublished() {
    var id = shop.created(draft(sku())).text("/id");
    var path = "/v1/products/" + id;
    assertEquals(404, shop.anonymous.get(path).status());
    assertEquals(404, shop.shopper.get(path).status());
    assertEquals("draft", shop.service.user("support").get(path).text("/status"));
    assertEquals(409, shop.manager.send("POST", path + "/retire", null).status());
    assertEquals("published", publish(path).text("/status"));
    assertEquals("published", publish(path).text("/status"));
    assertEquals(200, shop.anonymous.get(path).status());
    assertEquals(List.of("product_created", "product_changed"), shop.events(id));
  }

  private Answer publish(String path) {
    return shop.manager.send("POST", path + "/publish", null);
  }

  @Test
  void aRetiredProductIsOffTheShelvesAndMayComeBack() {
    var id = shop.stocked(3);
    var path = "/v1/products/" + id;
    var retired = shop.manager.send("POST", path + "/retire", null);
    assertEquals("retired", retired.text("/status"), retired::toString);
    assertEquals(retired.header("ETag"), shop.manager.get(path).header("ETag"));
    assertEquals(404, shop.anonymous.get(path).status());
    assertEquals(0, shop.anonymous.get("/v1/products?ids=" + id).at("/items").size());
    assertEquals("3/0", shop.level(id));
    assertEquals(
        List.of("product_created", "product_retired"), shop.events(id), "told to the others");
    assertEquals("published", publish(path).text("/status"));
    assertEquals(200, shop.anonymous.get(path).status());
  }

  @Test
  void keepersListDraftsAndOthersDoNot() {
    var id = shop.created(draft(sku())).text("/id");
    var list = shop.manager.get("/v1/products?status=draft&sort=newest");
    assertEquals(id, list.text("/items/0/id"));
    assertEquals(403, shop.shopper.get("/v1/products?status=draft").status());
    assertEquals(401, shop.anonymous.get("/v1/products?status=retired").status());
  }

  @Test
  void manyAreLookedUpAtOnce() {
    var one = shop.stocked(1);
    var two = shop.stocked(2);
    var draft = shop.created(draft(sku())).text("/id");
    var found =
        shop.anonymous.get(
            "/v1/products?ids=" + one + "," + UUID.randomUUID() + "," + two + "," + draft);
    assertEquals(200, found.status(), found::toString);
    assertEquals(2, found.at("/items").size());
    assertTrue(found.body().contains(one) && found.body().contains(two));
    assertFalse(found.body().contains("next"));
  }

  @Test
  void onlyCatalogueManagersChangeTheCatalogue() {
    var id = shop.stocked(1);
    var path = "/v1/products/" + id;
    var body = product(sku(), "Mine", "things", 1, 1);
    assertEquals(401, shop.anonymous.post("/v1/products", body).status());
    assertEquals(
        List.of("unauthenticated", "unauthenticated", "unauthenticated", "unauthenticated"),
        slugs(
            shop.anonymous.with("If-Match", "*").patch(path, "{}"),
            shop.anonymous.send("POST", path + "/publish", null),
            shop.anonymous.send("POST", path + "/retire", null),
            shop.anonymous.with("Content-Type", "text/csv").send("POST", IMPORTS, "sku")));
    for (var user : List.of(shop.shopper, shop.service.user("support"), shop.saga)) {
      assertEquals(
          List.of("forbidden", "forbidden", "forbidden", "forbidden", "forbidden"),
          slugs(
              user.post("/v1/products", body),
              user.with("If-Match", "*").patch(path, "{}"),
              user.send("POST", path + "/publish", null),
              user.send("POST", path + "/retire", null),
              user.with("Content-Type", "text/csv").send("POST", IMPORTS, "sku")));
    }
    var admin = shop.service.user("admin");
    assertEquals(201, admin.post("/v1/products", body).status());
    assertEquals(200, admin.with("If-Match", "*").patch(path, "{}").status());
  }

  private static final String IMPORTS = "/v1/products/imports";
}
