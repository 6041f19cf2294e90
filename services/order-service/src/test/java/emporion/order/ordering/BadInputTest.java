package emporion.order.ordering;

import static emporion.order.ordering.Shop.order;
import static emporion.order.ordering.Shop.product;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import emporion.chassis.testkit.Http;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** Whatever is wrong with an order is a 4xx problem that says where, and makes no order. */
class BadInputTest {
  private static final String QUANTITY = "/items/0/quantity";
  private static final String PRODUCT = "/items/0/product_id";
  private static final String TOKEN = "/payment/token";

  /** Twice, however divided: four digits alone stand in a trace's id now and then. */
  private static final Pattern CARD = Pattern.compile("4242\\D?4242");

  private final Http shopper = Shop.shopper();

  private record Case(String name, String body, String pointer) {}

  private static String pay(String token) {
    return "{\"items\":[{\"product_id\":\""
        + product()
        + "\",\"quantity\":1}],\"payment\":{\"token\":"
        + token
        + "}}";
  }

  private static String items(String items) {
    return "{\"items\":" + items + ",\"payment\":{\"token\":\"tok_visa\"}}";
  }

  private static String item(String product) {
    return "{\"product_id\":\"" + product + "\",\"quantity\":1}";
  }

  @TestFactory
  Stream<DynamicTest> placing() {
    var p = product();
    var many =
        IntStream.range(0, 101).mapToObj(i -> item(product())).collect(Collectors.joining(","));
    return Stream.of(
            new Case("no body", "", ""),
            new Case("null", "null", ""),
            new Case("an array", "[]", ""),
            new Case("cut off", "{\"items\":[", "/items"),
            new Case("an empty object", "{}", "/items"),
            new Case("null items", items("null"), "/items"),
            new Case("no items", items("[]"), "/items"),
            new Case("items that are none", items("{}"), "/items"),
            new Case("a null item", items("[null]"), "/items/0"),
            new Case("101 items", items("[" + many + "]"), "/items"),
            new Case("quantity 0", order(p, "0"), QUANTITY),
            new Case("quantity -1", order(p, "-1"), QUANTITY),
            new Case("quantity 1.5", order(p, "1.5"), QUANTITY),
            new Case("quantity 1e2", order(p, "1e2"), QUANTITY),
            new Case("quantity 2^31", order(p, "2147483648"), QUANTITY),
            new Case("quantity 2^63", order(p, "9223372036854775808"), QUANTITY),
            new Case("quantity 10001", order(p, "10001"), QUANTITY),
            new Case("quantity as text", order(p, "\"1\""), QUANTITY),
            new Case("quantity null", order(p, "null"), QUANTITY),
            new Case("quantity true", order(p, "true"), QUANTITY),
            new Case("a bad id", order("x", "1"), PRODUCT),
            new Case("an empty id", order("", "1"), PRODUCT),
            new Case("an unknown product", order("00000000" + p.substring(8), "1"), PRODUCT),
            new Case("a sum over 2^63", order("ffffffff" + p.substring(8), "2"), "/items"),
            new Case(
                "two currencies",
                items("[" + item(p) + "," + item("eeeeeeee" + p.substring(8)) + "]"),
                "/items"),
            new Case(
                "a product twice",
                items("[" + item(p) + "," + item(p) + "]"),
                "/items/1/product_id"),
            new Case("no payment", "{\"items\":[" + item(p) + "]}", "/payment"),
            new Case("no token", "{\"items\":[" + item(p) + "],\"payment\":{}}", TOKEN),
            new Case("an empty token", pay("\"\""), TOKEN),
            new Case("a card number", pay("\"4242424242424242\""), TOKEN),
            new Case("a card number with spaces", pay("\"4242 4242 4242 4242\""), TOKEN),
            new Case("a card number with dashes", pay("\"4242-4242-4242-4242\""), TOKEN),
            new Case("a card number as a token", pay("\"tok_4242424242424242\""), TOKEN),
            new Case("the same in groups", pay("\"tok_4242_4242_4242_4242\""), TOKEN),
            new Case("a token of nobody", pay("\"tok_nobody\""), TOKEN),
            new Case("a token in capitals", pay("\"TOK_VISA\""), TOKEN),
            new Case("half a token", pay("\"tok_vis\""), TOKEN),
            new Case("a number as token", pay("4242424242424242"), TOKEN),
            new Case("an overlong token", pay("\"tok_" + "x".repeat(61) + "\""), TOKEN),
            new Case(
                "a price of one's own",
                items("[{\"product_id\":\"" + p + "\",\"quantity\":1,\"price\":1}]"),
                "/items/0/price"),
            new Case("a total of one's own", "{\"items\":[" + item(p) + "],\"total\":1}", "/total"),
            new Case(
                "a status of one's own",
                "{\"status\":\"confirmed\",\"items\":[" + item(p) + "]}",
                "/status"),
            new Case(
                "another's order",
                "{\"user_id\":\"" + p + "\",\"items\":[" + item(p) + "]}",
                "/user_id"))
        .map(bad -> DynamicTest.dynamicTest(bad.name, () -> refused(bad)));
  }

  private void refused(Case bad) {
    var answer = shopper.post("/v1/orders", bad.body);
    assertEquals(400, answer.status(), answer::toString);
    assertEquals("invalid-request", answer.problem());
    assertTrue(answer.body().contains("\"pointer\":\"" + bad.pointer + "\""), answer::toString);
    assertFalse(CARD.matcher(answer.body()).find(), answer::toString);
    assertEquals(0, shopper.get("/v1/orders").at("/items").size());
  }

  @TestFactory
  Stream<DynamicTest> queries() {
    return Stream.of(
            "limit=0",
            "limit=-1",
            "limit=101",
            "limit=1.5",
            "limit=2147483648",
            "limit=x",
            "cursor=x",
            "cursor=bm8",
            "status=lost",
            "created_from=yesterday",
            "created_to=0")
        .map(
            query ->
                DynamicTest.dynamicTest(
                    query,
                    () -> {
                      var answer = shopper.get("/v1/orders?" + query);
                      assertEquals(400, answer.status(), answer::toString);
                      assertEquals("invalid-request", answer.problem());
                    }));
  }

  @Test
  void aBadKeyIsRefused() {
    for (var key : new String[] {"a b", "x".repeat(256)}) {
      var answer = shopper.withKey(key).post("/v1/orders", order(1));
      assertEquals(400, answer.status(), answer::toString);
    }
  }

  @Test
  void aBadIdIsNoOrder() {
    for (var id : new String[] {"1", "x", "00000000-0000-0000-0000-000000000000"}) {
      assertEquals(404, shopper.get("/v1/orders/" + id).status());
      assertEquals(404, shopper.post("/v1/orders/" + id + "/cancel", "").status());
    }
  }

  @Test
  void otherMediaTypesAndMethodsAreRefused() {
    assertEquals(
        415,
        shopper.with("Content-Type", "text/plain").send("POST", "/v1/orders", order(1)).status());
    assertEquals(405, shopper.put("/v1/orders", order(1)).status());
    assertEquals(405, shopper.delete("/v1/orders").status());
  }
}
