package emporion.product;

import static emporion.product.Shop.product;
import static emporion.product.Shop.sku;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.Test;

/** What is told of a product: each change once, in one rising sequence, whoever tells it. */
class NewsTest {
  private final Shop shop = new Shop();

  private void rename(String id) {
    var answer = shop.manager.with("If-Match", "*").patch("/v1/products/" + id, named(sku()));
    assertEquals(200, answer.status(), answer::toString);
  }

  private static String named(String name) {
    return "{\"name\":\"" + name + "\"}";
  }

  private void adjust(String id, int delta) {
    var change = "{\"delta\":" + delta + ",\"reason\":\"counted\"}";
    var answer = shop.manager.post("/v1/stock/" + id + "/adjustments", change);
    assertEquals(201, answer.status(), answer::toString);
  }

  private void rises(String id) {
    var places = shop.places(id);
    assertEquals(places.stream().distinct().sorted().toList(), places);
  }

  @Test
  void catalogueAndStockCountTogether() {
    var id = shop.stocked(1);
    rename(id);
    rename(id);
    rename(id);
    adjust(id, -1);
    adjust(id, 2);
    rename(id);
    shop.manager.send("POST", "/v1/products/" + id + "/retire", null);
    adjust(id, -2);
    assertEquals(
        List.of(
            "product_created",
            "product_changed",
            "product_changed",
            "product_changed",
            "stock_depleted",
            "stock_replenished",
            "product_changed",
            "product_retired",
            "stock_depleted"),
        shop.events(id));
    rises(id);
  }

  @Test
  void changesThatMeetAreToldInTheOrderOfTheirCommits() throws Exception {
    var id = shop.stocked(1);
    Callable<Void> names =
        () -> {
          rename(id);
          return null;
        };
    Callable<Void> levels =
        () -> {
          var path = "/v1/stock/" + id + "/adjustments";
          shop.manager.post(path, "{\"delta\":-1,\"reason\":\"counted\"}");
          shop.manager.post(path, "{\"delta\":1,\"reason\":\"counted\"}");
          return null;
        };
    var work = new ArrayList<Callable<Void>>();
    for (int i = 0; i < 20; i++) {
      work.add(i % 2 == 0 ? names : levels);
    }
    try (var managers = Executors.newVirtualThreadPerTaskExecutor()) {
      for (var done : managers.invokeAll(work)) {
        done.get();
      }
    }
    assertTrue(shop.events(id).contains("stock_depleted"));
    rises(id);
  }

  /** Before there was one sequence, each side told its own version. */
  @Test
  void goesOnAboveWhatWasToldBefore() {
    var id = shop.stocked(1);
    shop.sql("update product set version = 70 where id = '" + id + "'");
    rename(id);
    assertEquals(72, shop.places(id).getLast());
    shop.sql("update stock set version = 90 where product_id = '" + id + "'");
    adjust(id, -1);
    assertEquals(92, shop.places(id).getLast());
    rename(id);
    rises(id);
  }

  @Test
  void whatChangesNothingIsNoNews() {
    var made = shop.created(product(sku(), "Same", "things", 1_000, 1));
    var id = made.text("/id");
    for (var version : List.of("v1", "v2")) {
      var path = "/" + version + "/products/" + id;
      var before = shop.anonymous.get(path);
      for (var body :
          List.of(
              named("Same"),
              named(" Same "),
              "{}",
              "{\"price\":{\"amount\":1000,\"currency\":\"EUR\"},\"category\":\"things\"}")) {
        for (var condition : List.of("*", before.header("ETag"))) {
          var answer = shop.manager.with("If-Match", condition).patch(path, body);
          assertEquals(200, answer.status(), answer::toString);
          assertEquals(before.body(), answer.body());
          assertEquals(before.header("ETag"), answer.header("ETag"));
        }
      }
      assertEquals(200, shop.manager.send("POST", path + "/publish", null).status());
    }
    assertEquals(List.of("product_created"), shop.events(id));
    for (int i = 0; i < 2; i++) {
      shop.manager.send("POST", "/v2/products/" + id + "/retire", null);
    }
    assertEquals(List.of("product_created", "product_retired"), shop.events(id));
  }

  @Test
  void aFileThatChangesNothingIsNoNews() {
    var category = "news-" + UUID.randomUUID();
    var header = "sku,name,description,category,price_amount,price_currency,on_hand\n";
    var same = sku() + ",Same,text," + category + ",1,EUR,1\n";
    var other = sku() + ",Other,text," + category + ",1,EUR,1\n";
    var third = sku() + ",Third,text," + category + ",1,EUR,1\n";
    var importing = shop.manager.with("Content-Type", "text/csv");
    importing.send("POST", "/v1/products/imports", header + same + other + third);
    var tag = shop.anonymous.get("/v1/products?limit=1&category=" + category).header("ETag");
    long told = imports();
    var again = importing.send("POST", "/v2/products/imports", header + same + other + third);
    assertEquals(200, again.status(), again::toString);
    assertEquals(
        tag, shop.anonymous.get("/v1/products?limit=1&category=" + category).header("ETag"));
    assertEquals(told, imports());
    importing.send(
        "POST",
        "/v1/products/imports",
        header + same + other.replace("Other", "New") + third.replace("EUR,1", "EUR,2"));
    assertEquals(told + 1, imports());
    var changed = shop.lastOf("products_imported").at("/changed");
    assertEquals(2, changed.size(), changed::toString);
  }

  private long imports() {
    return shop.number("select count(*) from outbox where type = 'products_imported'");
  }
}
