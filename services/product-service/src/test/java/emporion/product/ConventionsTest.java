package emporion.product;

import static emporion.product.Shop.product;
import static emporion.product.Shop.sku;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import emporion.chassis.testkit.Http.Answer;
import java.util.List;
import java.util.UUID;
import java.util.function.BiConsumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** What HTTP asks of every path, in both versions. */
class ConventionsTest {
  private final Shop shop = new Shop();

  private Stream<DynamicTest> inBoth(BiConsumer<String, String> test) {
    return Stream.of("/v1", "/v2")
        .map(
            version ->
                DynamicTest.dynamicTest(version, () -> test.accept(version, shop.stocked(5))));
  }

  private static List<String> readable(String version, String id) {
    return List.of(
        version + "/products",
        version + "/products/" + id,
        version + "/categories",
        version + "/stock/" + id,
        version + "/stock/" + id + "/adjustments");
  }

  @TestFactory
  Stream<DynamicTest> headIsGetWithoutABody() {
    return inBoth(
        (version, id) -> {
          for (var path : readable(version, id)) {
            var get = shop.manager.get(path);
            var head = shop.manager.send("HEAD", path, null);
            assertEquals(200, head.status(), path);
            assertEquals("", head.body());
            assertEquals(get.header("ETag"), head.header("ETag"));
            assertEquals(get.header("Content-Type"), head.header("Content-Type"));
          }
        });
  }

  @TestFactory
  Stream<DynamicTest> aParameterStandsInAQueryOnce() {
    return inBoth(
        (version, id) -> {
          for (var path : readable(version, id)) {
            var doubled = shop.manager.get(path + "?limit=1&limit=2");
            assertEquals(400, doubled.status(), path);
            assertEquals("limit", doubled.text("/errors/0/pointer"), doubled::toString);
          }
        });
  }

  @TestFactory
  Stream<DynamicTest> whatIsOfAnotherMediaTypeChangesNothing() {
    return inBoth(
        (version, id) -> {
          var text = shop.manager.with("Content-Type", "text/plain").with("If-Match", "*");
          for (var answer :
              List.of(
                  text.send("POST", version + "/products", "{}"),
                  text.send("PATCH", version + "/products/" + id, "{}"),
                  text.send("POST", version + "/products/imports", "sku"),
                  text.send("POST", version + "/stock/" + id + "/adjustments", "{}"))) {
            assertEquals(415, answer.status(), answer::toString);
          }
          assertEquals("5/0", shop.level(id));
        });
  }

  @TestFactory
  Stream<DynamicTest> readsAgainOnlyWhatChanged() {
    return inBoth(
        (version, id) -> {
          for (var path : List.of(version + "/products/" + id, version + "/stock/" + id)) {
            var tag = shop.manager.get(path).header("ETag");
            var again = shop.manager.with("If-None-Match", tag);
            assertTrue(tag.startsWith("\"" + version.substring(1) + "-"), tag);
            assertEquals(304, again.get(path).status());
            shop.manager.post(
                version + "/stock/" + id + "/adjustments", "{\"delta\":1,\"reason\":\"received\"}");
            assertEquals(200, again.get(path).status());
          }
        });
  }

  @TestFactory
  Stream<DynamicTest> whoChangesNamesTheVersionThatTheyHaveSeen() {
    return inBoth(
        (version, id) -> {
          var path = version + "/products/" + id;
          var change = "{\"name\":\"Better\"}";
          assertEquals("precondition-required", shop.manager.patch(path, change).problem());
          var tag = shop.manager.get(path).header("ETag");
          shop.reserve(Shop.key(), Shop.lines(id, 1)); // is nobody's change of the product
          var changed = shop.manager.with("If-Match", tag).patch(path, change);
          assertEquals(200, changed.status(), changed::toString);
          assertNotEquals(tag, changed.header("ETag"));
          assertEquals(shop.manager.get(path).header("ETag"), changed.header("ETag"));
          var late = shop.manager.with("If-Match", tag).patch(path, change);
          assertEquals("precondition-failed", late.problem(), late::toString);
          assertEquals(412, late.status());
        });
  }

  @TestFactory
  Stream<DynamicTest> aTagOfOneVersionIsNoneOfTheOther() {
    return inBoth(
        (version, id) -> {
          var other = version.equals("/v1") ? "/v2" : "/v1";
          var tag = shop.anonymous.get(other + "/products/" + id).header("ETag");
          var path = version + "/products/" + id;
          assertEquals(200, shop.anonymous.with("If-None-Match", tag).get(path).status());
          assertEquals(412, shop.manager.with("If-Match", tag).patch(path, "{}").status());
        });
  }

  @TestFactory
  Stream<DynamicTest> pagesLinkToTheNext() {
    return inBoth(
        (version, id) -> {
          var category = "linked-" + UUID.randomUUID();
          for (int i = 0; i < 3; i++) {
            shop.created(product(sku(), "Linked " + i, category, 1, 1));
          }
          var first = shop.anonymous.get(version + "/products?limit=2&category=" + category);
          assertEquals(2, first.at("/items").size());
          var second = shop.anonymous.get(next(first));
          assertEquals("Linked 2", second.text("/items/0/name"), second::toString);
          assertFalse(links(second).contains("rel=\"next\""));
        });
  }

  private static String links(Answer answer) {
    return String.join(",", answer.response().headers().allValues("Link"));
  }

  private static String next(Answer page) {
    var link = Stream.of(links(page).split(",")).filter(it -> it.contains("\"next\"")).findFirst();
    return link.orElseThrow().replaceFirst("^\\s*<([^>]+)>.*", "$1");
  }

  @TestFactory
  Stream<DynamicTest> onlyTheVersionThatRetiresSaysSo() {
    return inBoth(
        (version, id) -> {
          var retires = version.equals("/v1");
          for (var path : readable(version, id)) {
            var answer = shop.manager.get(path);
            assertEquals(retires, answer.header("Deprecation").startsWith("@"), path);
            assertEquals(retires, answer.header("Sunset").endsWith("GMT"), path);
            assertEquals(
                retires,
                links(answer)
                    .contains("<" + path.replace("/v1/", "/v2/") + ">; rel=\"successor-version\""),
                () -> links(answer));
          }
        });
  }

  @TestFactory
  Stream<DynamicTest> theSameRolesMay() {
    return inBoth(
        (version, id) -> {
          var products = version + "/products";
          var stock = version + "/stock/" + id;
          var support = shop.service.user("support");
          assertEquals(200, shop.anonymous.get(products + "/" + id).status());
          assertEquals(401, shop.anonymous.get(products + "?status=draft").status());
          assertEquals(403, shop.shopper.get(products + "?status=draft").status());
          assertEquals(200, support.get(products + "?status=draft").status());
          assertEquals(401, shop.anonymous.get(stock).status());
          assertEquals(403, shop.shopper.get(stock).status());
          assertEquals(200, support.get(stock).status());
          for (var may : List.of(support, shop.saga, shop.shopper)) {
            assertEquals(403, may.post(products, "{}").status());
            assertEquals(403, may.send("POST", products + "/" + id + "/retire", null).status());
            assertEquals(403, may.post(stock + "/adjustments", "{}").status());
          }
        });
  }
}
