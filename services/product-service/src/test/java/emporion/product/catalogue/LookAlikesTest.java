package emporion.product.catalogue;

import static emporion.product.Shop.key;
import static emporion.product.Shop.product;
import static emporion.product.Shop.sku;
import static org.junit.jupiter.api.Assertions.assertEquals;

import emporion.product.Shop;
import emporion.product.catalogue.control.Renewal;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;

/** Names that look the same are the same, however they were typed. */
class LookAlikesTest {
  private static final String HEADER =
      "sku,name,description,category,price_amount,price_currency,on_hand\n";

  private final Shop shop = new Shop();
  private final String mark = UUID.randomUUID().toString().substring(0, 8);
  private final String category = "Caf\u00E9 Ware " + mark;

  private List<String> spellings() {
    return List.of(
        "Cafe\u0301 Ware " + mark,
        "caf\u00E9 ware " + mark,
        "CAFE WARE " + mark,
        "Caf\u00E9\u00A0Ware " + mark,
        "\u200BCaf\u00E9 Ware " + mark + "\u00A0",
        "Caf\u00E9 \u2003 Ware " + mark,
        "Ca\u200Bf\u00E9 Ware " + mark);
  }

  private List<String> categories() {
    return StreamSupport.stream(
            shop.anonymous.get("/v1/categories").at("/items").spliterator(), false)
        .filter(it -> it.at("/name").asText().toLowerCase().contains(mark))
        .map(it -> it.at("/name").asText() + " " + it.at("/products").asInt())
        .toList();
  }

  @Test
  void aCategoryIsOneInAllSpellings() {
    shop.created(product(sku(), "First", category, 1, 1));
    for (var spelling : spellings()) {
      var made = shop.created(product(sku(), "Next", spelling, 1, 1));
      assertEquals(category, made.text("/category"));
      var found =
          shop.anonymous.get(
              "/v1/products?category=" + URLEncoder.encode(spelling, StandardCharsets.UTF_8));
      assertEquals("First", found.text("/items/0/name"), spelling);
    }
    assertEquals(List.of(category + " 8"), categories());
  }

  @Test
  void changesAndFilesSpellItAsItWas() {
    shop.created(product(sku(), "First", category, 1, 1));
    var id = shop.created(product(sku(), "Moved", "other " + mark, 1, 1)).text("/id");
    var change = "{\"category\":\"" + spellings().getFirst() + "\"}";
    var moved = shop.manager.with("If-Match", "*").patch("/v2/products/" + id, change);
    assertEquals(category, moved.text("/category"), moved::toString);
    var rows = new StringBuilder(HEADER);
    spellings().forEach(it -> rows.append(sku() + ",N,," + it + ",1,EUR,1\n"));
    assertEquals(200, take(rows.toString()).status());
    assertEquals(List.of(category + " 9"), categories());
  }

  private emporion.chassis.testkit.Http.Answer take(String csv) {
    return shop.manager.with("Content-Type", "text/csv").send("POST", "/v1/products/imports", csv);
  }

  @Test
  void spellingsThatMeetBecomeOneCategory() throws Exception {
    var work = new ArrayList<Callable<String>>();
    for (var spelling : spellings()) {
      work.add(() -> shop.created(product(sku(), "Meet", spelling, 1, 1)).text("/category"));
    }
    var seen = new HashSet<String>();
    try (var managers = Executors.newVirtualThreadPerTaskExecutor()) {
      for (var made : managers.invokeAll(work)) {
        seen.add(made.get());
      }
    }
    assertEquals(1, seen.size(), seen::toString);
    assertEquals(1, categories().size());
  }

  @Test
  void aSkuIsTakenInAnyCase() {
    var sku = sku();
    var id = shop.created(product(sku.toUpperCase(), "One", "things", 1, 0)).text("/id");
    var second =
        shop.manager.post("/v1/products", product(sku.toLowerCase(), "Two", "things", 1, 0));
    assertEquals(409, second.status(), second::toString);
    assertEquals("sku-taken", second.problem());
    var row = sku.toLowerCase() + ",Renamed,,things,1,EUR,0\n";
    assertEquals("{\"created\":0,\"updated\":1,\"rows\":1}", take(HEADER + row).body());
    assertEquals("{\"created\":0,\"updated\":1,\"rows\":1}", take(HEADER + row).body());
    var read = shop.anonymous.get("/v1/products/" + id);
    assertEquals("Renamed", read.text("/name"));
    assertEquals(sku.toUpperCase(), read.text("/sku"));
    assertEquals(List.of("product_created"), shop.events(id));
    var twice = take(HEADER + row + row.replace(sku.toLowerCase(), sku.toUpperCase()));
    assertEquals("/rows/3/sku", twice.text("/errors/0/pointer"), twice::toString);
  }

  /** From before SKUs were compared without case. */
  @Test
  void skusThatDifferedInCaseStay() {
    var upper = sku().toUpperCase();
    shop.created(product(upper, "Upper", "things", 1, 0));
    var other = shop.created(product(sku(), "Lower", "things", 1, 0)).text("/id");
    shop.sql(
        "update product set sku = '%s', sku_key = null, indexed_version = null where id = '%s'"
            .formatted(upper.toLowerCase(), other));
    while (shop.service.bean(Renewal.class).renew()) {}
    assertEquals(upper.toLowerCase(), shop.anonymous.get("/v1/products/" + other).text("/sku"));
    var row = upper.toLowerCase() + ",Found,,things,1,EUR,0\n";
    assertEquals("{\"created\":0,\"updated\":1,\"rows\":1}", take(HEADER + row).body());
    assertEquals("Found", shop.anonymous.get("/v1/products/" + other).text("/name"));
    var third = shop.manager.post("/v1/products", product(upper, "Third", "things", 1, 0));
    assertEquals("sku-taken", third.problem());
  }

  @Test
  void aNameHasSomethingToSee() {
    var id = shop.stocked(1);
    for (var blank :
        List.of("\u00A0", "\u200B", "\u3000", "\u2800", "\u3164", "\u202E", "\u0301")) {
      for (var made :
          List.of(product(sku(), blank, "things", 1, 1), product(sku(), "Thing", blank, 1, 1))) {
        assertEquals(400, shop.manager.post("/v1/products", made).status(), made);
      }
      for (var field : List.of("name", "category")) {
        var change = "{\"" + field + "\":\"" + blank + "\"}";
        var answer = shop.manager.with("If-Match", "*").patch("/v1/products/" + id, change);
        assertEquals("/" + field, answer.text("/errors/0/pointer"), answer::toString);
      }
      var row = take(HEADER + sku() + "," + blank + ",,things,1,EUR,1\n");
      assertEquals("/rows/2/name", row.text("/errors/0/pointer"), row::toString);
    }
  }

  @Test
  void textIsKeptInOneForm() {
    var made =
        shop.created(product(sku(), "\u00A0Cafe\u0301\u00A0au \u200B lait\u200B", "things", 1, 1));
    assertEquals("Caf\u00E9 au \u200B lait", made.text("/name"));
    var id = made.text("/id");
    var note = "{\"delta\":1,\"reason\":\"counted\",\"note\":\"\u00A0Cafe\u0301 \"}";
    var line = shop.manager.withKey(key()).post("/v1/stock/" + id + "/adjustments", note);
    assertEquals("Caf\u00E9", line.text("/note"), line::toString);
    var overridden = note.replace("Cafe", "\u202Eefac");
    assertEquals(
        "/note",
        shop.manager
            .post("/v1/stock/" + id + "/adjustments", overridden)
            .text("/errors/0/pointer"));
  }

  @Test
  void lengthsCountCodePoints() {
    var cherries = "\uD83C\uDF52".repeat(200);
    assertEquals(cherries, shop.created(product(sku(), cherries, "things", 1, 1)).text("/name"));
    var longer = product(sku(), cherries + "x", "things", 1, 1);
    assertEquals(400, shop.manager.post("/v1/products", longer).status());
  }
}
