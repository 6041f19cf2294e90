package emporion.product.catalogue;

import static emporion.product.Shop.product;
import static emporion.product.Shop.sku;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import emporion.product.Shop;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** The list of products: each order, each filter, each page, nothing twice and nothing left out. */
class ListTest {
  private static final Shop SHOP = new Shop();

  /** Names and prices that stand there several times, so that pages end in the middle of a tie. */
  private static final String SHELF = shelf();

  private static String shelf() {
    var category = "shelf-" + UUID.randomUUID();
    var names =
        List.of("Alder", "alder", "Birch", "cedar", "Éclair", "Oak_1", "oak 100%", "Zelkova");
    for (int i = 0; i < 40; i++) {
      SHOP.created(product(sku(), names.get(i % 8), category, (i * 7) % 5 * 100, i % 3));
    }
    return category;
  }

  private static List<JsonNode> walk(String query) {
    var seen = new ArrayList<JsonNode>();
    var cursor = "";
    do {
      var page = SHOP.anonymous.get("/v1/products?" + query + "&cursor=" + cursor);
      assertEquals(200, page.status(), page::toString);
      page.at("/items").forEach(seen::add);
      cursor = page.text("/next");
      var links = page.response().headers().allValues("Link").toString();
      assertEquals(!cursor.isEmpty(), links.contains("rel=\"next\""), links);
    } while (!cursor.isEmpty());
    return seen;
  }

  private static final Map<String, Comparator<JsonNode>> ORDERS =
      Map.of(
          "name", Comparator.comparing(ListTest::nameKey),
          "-name", Comparator.comparing(ListTest::nameKey).reversed(),
          "price", Comparator.comparing(item -> item.at("/price/amount").asLong()),
          "-price",
              Comparator.<JsonNode, Long>comparing(item -> item.at("/price/amount").asLong())
                  .reversed(),
          "newest",
              Comparator.<JsonNode, String>comparing(item -> item.at("/id").asText()).reversed());

  private static String nameKey(JsonNode item) {
    return item.at("/name").asText().toLowerCase(java.util.Locale.ROOT).replace("é", "e");
  }

  @TestFactory
  Stream<DynamicTest> eachOrderInPagesOfEachSize() {
    return ORDERS.keySet().stream()
        .flatMap(
            order ->
                Stream.of(1, 3, 7, 39, 40, 100)
                    .map(
                        limit ->
                            DynamicTest.dynamicTest(
                                order + " by " + limit, () -> walksAll(order, limit))));
  }

  private void walksAll(String order, int limit) {
    var seen = walk("category=" + SHELF + "&sort=" + order + "&limit=" + limit);
    assertEquals(40, seen.size());
    assertEquals(40, new HashSet<>(seen.stream().map(i -> i.at("/id").asText()).toList()).size());
    assertEquals(seen.stream().sorted(ORDERS.get(order)).toList(), seen);
  }

  @Test
  void isByNameWhereNothingIsSaid() {
    assertEquals(
        walk("category=" + SHELF + "&sort=name&limit=9"), walk("category=" + SHELF + "&limit=9"));
  }

  @Test
  void aPageGoesOnWhereTheOneBeforeEndedThoughTheListChanged() {
    var category = "moving-" + UUID.randomUUID();
    for (var name : List.of("b", "d", "f", "h")) {
      SHOP.created(product(sku(), name, category, 1, 1));
    }
    var path = "/v1/products?limit=2&category=" + category;
    var first = SHOP.anonymous.get(path);
    SHOP.created(product(sku(), "a", category, 1, 1));
    SHOP.created(product(sku(), "e", category, 1, 1));
    var second = SHOP.anonymous.get(path + "&cursor=" + first.text("/next"));
    assertEquals("e", second.text("/items/0/name"));
    assertEquals("f", second.text("/items/1/name"));
  }

  @TestFactory
  Stream<DynamicTest> aCursorOfAnotherListIsRefused() {
    var next =
        SHOP.anonymous.get("/v1/products?limit=5&sort=price&category=" + SHELF).text("/next");
    return Stream.of(
            "sort=name&category=" + SHELF,
            "sort=-price&category=" + SHELF,
            "sort=price",
            "sort=price&category=" + SHELF + "&q=oak",
            "sort=price&category=" + SHELF + "&min_price=100",
            "sort=price&category=" + SHELF + "&max_price=100")
        .map(
            query ->
                DynamicTest.dynamicTest(
                    query,
                    () -> {
                      var answer = SHOP.anonymous.get("/v1/products?" + query + "&cursor=" + next);
                      assertEquals(400, answer.status(), answer::toString);
                      assertEquals("cursor", answer.text("/errors/0/pointer"));
                    }));
  }

  private static List<String> names(String query) {
    var found = SHOP.anonymous.get("/v1/products?limit=100&" + query);
    assertEquals(200, found.status(), found::toString);
    return StreamSupport.stream(found.at("/items").spliterator(), false)
        .map(item -> item.at("/name").asText())
        .distinct()
        .toList();
  }

  private static String q(String words) {
    return "category=" + SHELF + "&q=" + URLEncoder.encode(words, StandardCharsets.UTF_8);
  }

  @Test
  void searchesWordsWithoutCaseAndAccents() {
    assertEquals(List.of("Birch"), names(q("BIRCH")));
    assertEquals(List.of("Éclair"), names(q("eclair")));
    assertEquals(List.of("Éclair"), names(q("ÉCLAIR")));
    assertEquals(2, names(q("alder")).size());
    assertEquals(List.of(), names(q("birch oak")));
  }

  @Test
  void searchesTakePercentAndUnderscoreAsTheyAre() {
    assertEquals(List.of("oak 100%"), names(q("100%")));
    assertEquals(List.of("Oak_1"), names(q("k_1")));
    assertEquals(List.of(), names(q("b%h")));
    assertEquals(List.of(), names(q("b_rch")));
    assertEquals(List.of(), names(q("!")));
    assertEquals(List.of(), names(q("' or 1=1 --")));
  }

  @Test
  void everyWordMustStandSomewhereInTheProduct() {
    var sku = sku();
    SHOP.created(
        """
        {"sku":"%s","name":"Copper kettle","description":"Whistles in d minor",\
        "category":"Kitchen ware","price":{"amount":1,"currency":"EUR"}}\
        """
            .formatted(sku));
    var words = "kettle whist kitchen " + sku;
    assertEquals(
        List.of("Copper kettle"),
        names(
            "q="
                + URLEncoder.encode(
                    words.toUpperCase(java.util.Locale.ROOT), StandardCharsets.UTF_8)));
    assertEquals(
        List.of(), names("q=" + URLEncoder.encode(words + " tin", StandardCharsets.UTF_8)));
  }

  @Test
  void filtersByPrice() {
    var prices =
        walk("category=" + SHELF + "&min_price=100&max_price=300&sort=price").stream()
            .map(item -> item.at("/price/amount").asLong())
            .distinct()
            .toList();
    assertEquals(List.of(100L, 200L, 300L), prices);
  }

  @Test
  void countsTheCategories() {
    var answer = SHOP.anonymous.get("/v1/categories");
    assertEquals(200, answer.status());
    var shelf =
        StreamSupport.stream(answer.at("/items").spliterator(), false)
            .filter(item -> item.at("/name").asText().equals(SHELF))
            .toList();
    assertEquals(1, shelf.size());
    assertEquals(40, shelf.getFirst().at("/products").asInt());
    assertTrue(answer.text("/next").isEmpty());
  }
}
