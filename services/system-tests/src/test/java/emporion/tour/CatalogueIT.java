package emporion.tour;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.extension.ExtendWith;

/** What anybody finds in the shop that has just been opened. */
@Order(1)
@ExtendWith(RunningShop.class)
class CatalogueIT {
  private final Shop shop;

  CatalogueIT(Shop shop) {
    this.shop = shop;
  }

  @Test
  void hasAtLeastTwoHundredProductsInSeveralCategories() {
    var categories = list("/v1/categories");
    var products = LongStream.builder();
    categories.forEach(category -> products.add(category.at("/products").asLong()));
    assertTrue(categories.size() >= 5, categories::toString);
    assertTrue(products.build().sum() >= 200, categories::toString);
  }

  @Test
  void showsAProductsNamePriceAndStock() {
    var product = list("/v1/products?limit=1").getFirst();
    assertFalse(product.at("/name").asText().isBlank(), product::toString);
    assertTrue(product.at("/price/amount").isIntegralNumber(), product::toString);
    assertEquals("EUR", product.at("/price/currency").asText());
    assertTrue(product.at("/available").isIntegralNumber(), product::toString);
    assertEquals(product, read("/v1/products/" + product.at("/id").asText()));
  }

  @TestFactory
  Stream<DynamicTest> pagesHaveNoDoublesAndNoGaps() {
    var all = list("/v1/products?limit=100").size();
    return Stream.of(
            "limit=7",
            "limit=100",
            "limit=50&sort=" + sorts().getFirst(),
            "limit=50&sort=" + sorts().getLast())
        .map(
            query ->
                DynamicTest.dynamicTest(
                    query,
                    () -> {
                      var items = list("/v1/products?" + query);
                      assertEquals(all, items.size());
                      assertEquals(
                          all, new HashSet<>(items.stream().map(Object::toString).toList()).size());
                    }));
  }

  private static List<String> sorts() {
    return List.of("price", "-price");
  }

  @Test
  void linksEachPageToTheNext() {
    var first = shop.anybody().get("/v1/products?limit=3");
    var links = String.join(", ", first.response().headers().allValues("Link"));
    var next = Pattern.compile("<(/v1/products\\?[^>]+)>; rel=\"next\"").matcher(links);
    assertTrue(next.find(), links);
    var second = shop.anybody().get(next.group(1));
    assertEquals(
        shop.anybody().get("/v1/products?limit=3&cursor=" + first.text("/next")).at("/items"),
        second.at("/items"));
  }

  @Test
  void findsWordsInAnyOrderAndCase() {
    var found = list("/v1/products?q=" + encoded("JUG aegina"));
    assertEquals(1, found.size(), found::toString);
    assertEquals("Aegina water jug", found.getFirst().at("/name").asText());
  }

  @Test
  void filtersByCategoryAndPrice() {
    for (var category : list("/v1/categories")) {
      var name = category.at("/name").asText();
      var found =
          list("/v1/products?limit=100&min_price=1000&max_price=3000&category=" + encoded(name));
      assertTrue(found.size() < category.at("/products").asInt(), name);
      for (var product : found) {
        var price = product.at("/price/amount").asLong();
        assertEquals(name, product.at("/category").asText());
        assertTrue(1_000 <= price && price <= 3_000, product::toString);
      }
    }
  }

  @Test
  void sortsByPrice() {
    var prices =
        list("/v1/products?limit=100&sort=price").stream()
            .map(product -> product.at("/price/amount").asLong())
            .toList();
    assertEquals(prices.stream().sorted().toList(), prices);
  }

  @Test
  void hasNothingForWordsThatNobodyWrote() {
    assertEquals(List.of(), list("/v1/products?q=flux-capacitor"));
  }

  /** The items of all pages. */
  private List<JsonNode> list(String path) {
    var items = new ArrayList<JsonNode>();
    var cursor = Optional.of("");
    while (cursor.isPresent()) {
      var page = read(path + cursor.get());
      page.at("/items").forEach(items::add);
      var separator = path.contains("?") ? "&cursor=" : "?cursor=";
      cursor =
          Optional.of(page.at("/next").asText(""))
              .filter(next -> !next.isEmpty() && !next.equals("null"))
              .map(next -> separator + encoded(next));
    }
    return items;
  }

  private JsonNode read(String path) {
    var answer = shop.anybody().get(path);
    assertEquals(200, answer.status(), answer::toString);
    return answer.at("");
  }

  private static String encoded(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8);
  }
}
