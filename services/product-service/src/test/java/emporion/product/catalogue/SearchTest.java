package emporion.product.catalogue;

import static emporion.product.Shop.key;
import static emporion.product.Shop.lines;
import static emporion.product.Shop.product;
import static emporion.product.Shop.sku;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import emporion.product.Shop;
import emporion.product.catalogue.control.Renewal;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** What shoppers type finds what they mean, the best first, whatever their keyboard has. */
class SearchTest {
  private static final Shop SHOP = new Shop();

  private final String category = "search-" + UUID.randomUUID();

  private String make(String name) {
    return make(name, "");
  }

  private String make(String name, String description) {
    return SHOP.created(
            """
            {"sku":"%s","name":"%s","description":"%s","category":"%s",\
            "price":{"amount":1,"currency":"EUR"},"on_hand":9}\
            """
                .formatted(sku(), name, description, category))
        .text("/id");
  }

  private static String encoded(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8);
  }

  private List<String> found(String words) {
    return names("/v1/products?limit=100&q=" + encoded(words) + "&category=" + category);
  }

  private static List<String> names(String path) {
    var page = SHOP.anonymous.get(path);
    assertEquals(200, page.status(), page::toString);
    return StreamSupport.stream(page.at("/items").spliterator(), false)
        .map(item -> item.at("/name").asText())
        .toList();
  }

  @TestFactory
  Stream<DynamicTest> isFoundByWhatIsTyped() {
    return Map.of(
            "Łódź candle", List.of("lodz", "LODZ", "łódź", "Lo\u0301dz\u0301", "ódź"),
            "Øresund map", List.of("oresund", "ØRESUND", "öresund"),
            "Straße sign", List.of("strasse", "STRASSE", "straße", "STRAẞE"),
            "Barn’s door", List.of("barn's", "barn’s", "BARN‘S", "barns"),
            "ΚΟΣ island", List.of("ΚΟΣ", "κος", "κοσ", "Κος"),
            "Iğdır ISPARTA", List.of("ığdır", "IGDIR", "iğdir", "isparta", "ısparta"),
            "Oﬃce ﬁle", List.of("office", "FILE", "oﬃce"),
            "Ｗｉｄｅ lamp", List.of("wide", "ｗｉｄｅ"),
            "Phở bò", List.of("pho", "PHỞ", "pho\u031B\u0309", "bo"),
            "日本酒 glass", List.of("日本", "本酒", "酒"))
        .entrySet()
        .stream()
        .flatMap(
            it -> {
              make(it.getKey());
              return it.getValue().stream()
                  .map(
                      typed ->
                          DynamicTest.dynamicTest(
                              it.getKey() + " by " + typed,
                              () -> assertEquals(List.of(it.getKey()), found(typed))));
            });
  }

  @Test
  void standsWhereOneLooksForIt() {
    for (var name : List.of("Zebra", "Łódź", "Øl", "Éclair", "apple", "ﬁg", "Oak", "Lamp")) {
      make(name);
    }
    var sorted = List.of("apple", "Éclair", "ﬁg", "Lamp", "Łódź", "Oak", "Øl", "Zebra");
    var path = "/v1/products?limit=100&category=" + category;
    assertEquals(sorted, names(path));
    assertEquals(sorted.reversed(), names(path + "&sort=-name"));
  }

  @Test
  void theBestComesFirst() {
    make("Scented soap", "With olive and thyme");
    make("Frolives", "");
    make("Green olives", "");
    make("Salt-olive mix", "");
    make("Olive oil", "olive");
    make("Olive", "");
    make("Brass lamp", "Nothing of it");
    var ranked =
        List.of("Olive", "Olive oil", "Green olives", "Salt-olive mix", "Frolives", "Scented soap");
    assertEquals(ranked, found("olive"));
    assertEquals(ranked, found("OLIVE"));
    assertEquals(List.of("Olive oil"), found("oil olive"));
    var sorted = names("/v2/products?sort=name&search=olive&category=" + category);
    assertEquals(ranked.stream().sorted().toList(), sorted);
    assertEquals(ranked, names("/v2/products?search=olive&category=" + category));
    assertEquals(ranked, names("/v2/products?sort=relevance&search=olive&category=" + category));
  }

  @Test
  void aSkuIsFoundFirst() {
    var sku = sku();
    make("About " + sku);
    SHOP.created(product(sku, "The thing", category, 1, 1));
    assertEquals(List.of("The thing", "About " + sku), found(sku.toLowerCase()));
  }

  @TestFactory
  Stream<DynamicTest> oneSlipStillFinds() {
    make("Olives of Kalamata");
    make("Lamp", "Its shade is of brass");
    return Stream.of("olvie", "ollives", "oives", "olifes", "olives kalamta", "kalamaat")
        .map(
            typed ->
                DynamicTest.dynamicTest(
                    typed, () -> assertEquals(List.of("Olives of Kalamata"), found(typed))));
  }

  @Test
  void twoSlipsDoNotFindAndOneIsNotLookedForWhereTheWordStands() {
    make("Olives");
    make("Alives", "");
    assertEquals(List.of("Olives"), found("olives"));
    assertEquals(List.of(), found("oviels"));
    assertEquals(List.of(), found("ols"));
    assertEquals(List.of(), found("olives absent"));
    assertEquals(List.of(), found("olives4"));
  }

  @TestFactory
  Stream<DynamicTest> pagesByRelevance() {
    for (int i = 0; i < 12; i++) {
      make(
          List.of("Candle", "Candle " + i, "Red candle " + i / 2, "Box").get(i % 4),
          i % 4 == 3 ? "for a candle" : "");
    }
    return Stream.of("candle", "cnadle", "a", "candle a")
        .flatMap(
            typed ->
                Stream.of(1, 2, 5, 12)
                    .map(
                        limit ->
                            DynamicTest.dynamicTest(
                                typed + " by " + limit, () -> walks(typed, limit))));
  }

  private void walks(String typed, int limit) {
    var path = "/v1/products?q=" + encoded(typed) + "&category=" + category + "&limit=";
    var whole = ids(SHOP.anonymous.get(path + 100).at("/items"));
    assertTrue(whole.size() >= 3, whole::toString);
    var seen = new ArrayList<String>();
    var cursor = "";
    do {
      var page = SHOP.anonymous.get(path + limit + "&cursor=" + cursor);
      assertEquals(200, page.status(), page::toString);
      seen.addAll(ids(page.at("/items")));
      cursor = page.text("/next");
    } while (!cursor.isEmpty());
    assertEquals(whole, seen);
    assertEquals(whole.size(), new HashSet<>(seen).size());
  }

  private static List<String> ids(JsonNode items) {
    return StreamSupport.stream(items.spliterator(), false).map(i -> i.at("/id").asText()).toList();
  }

  @Test
  void whatSellsIsRecommended() {
    var ids = Stream.of("One", "Two", "Three", "Four").map(this::make).toList();
    var path = "/v1/products?sort=recommended&category=" + category;
    assertEquals(List.of("Four", "Three", "Two", "One"), names(path));
    sell(ids.get(0), 2);
    var key = sell(ids.get(2), 3);
    SHOP.reserve(key(), lines(ids.get(3), 5));
    assertEquals(List.of("Three", "One", "Four", "Two"), names(path));
    var first = SHOP.anonymous.get(path + "&limit=2");
    assertEquals(List.of("Four", "Two"), names(path + "&cursor=" + first.text("/next")));
    SHOP.saga.send("POST", "/v1/reservations/" + key + "/return", null);
    assertEquals(List.of("One", "Four", "Three", "Two"), names(path));
    assertEquals(List.of("One"), names(path.replace("v1", "v2") + "&search=one"));
  }

  private String sell(String id, int quantity) {
    var key = key();
    SHOP.reserve(key, lines(id, quantity));
    var sold = SHOP.saga.send("POST", "/v1/reservations/" + key + "/commit", null);
    assertEquals(200, sold.status(), sold::toString);
    return key;
  }

  @Test
  void aChangedNameIsFoundAndTheOldOneNot() {
    var id = make("Amphora");
    var changed =
        SHOP.manager.with("If-Match", "*").patch("/v1/products/" + id, "{\"name\":\"Krater\"}");
    assertEquals(200, changed.status(), changed::toString);
    assertEquals(List.of("Krater"), found("krater"));
    assertEquals(List.of(), found("amphora"));
  }

  @Test
  void longWordsAreFoundByAnyPart() {
    var word = "x".repeat(90) + "needle" + "y".repeat(90);
    make("Long", word + " " + "\uD83C\uDF52".repeat(100));
    for (var typed : List.of("needle", "x".repeat(60) + "need", "xneedley", "\uD83C\uDF52")) {
      assertEquals(List.of("Long"), found(typed));
    }
  }

  /** As an older version left them: keys of its own, or none. */
  @Test
  void whatAnOlderVersionWroteIsRenewed() {
    make("Ärmel Øl");
    make("Zoll");
    SHOP.sql(
        """
        update product set name_key = 'zzz', search_text = '', category_key = null, sku_key = null,
        indexed_version = null where category = '%s'\
        """
            .formatted(category));
    SHOP.sql("delete from product_word where word = 'armel'");
    assertEquals(List.of(), found("armel"));
    while (SHOP.service.bean(Renewal.class).renew()) {}
    assertEquals(List.of("Ärmel Øl"), found("armel"));
    assertEquals(List.of("Ärmel Øl", "Zoll"), names("/v1/products?category=" + category));
    assertEquals(
        0,
        SHOP.number(
            """
            select count(*) from product
            where category = '%s' and (sku_key is null or category_key is null)\
            """
                .formatted(category)));
  }
}
