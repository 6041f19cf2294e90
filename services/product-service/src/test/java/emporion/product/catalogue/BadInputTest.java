package emporion.product.catalogue;

import static emporion.product.Shop.key;
import static emporion.product.Shop.sku;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import emporion.chassis.testkit.Http;
import emporion.chassis.testkit.Http.Answer;
import emporion.product.Shop;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** Whatever is wrong with a request is a 4xx problem that says where, and changes nothing. */
class BadInputTest {
  private static final String LONG = "x".repeat(300);
  private static final String NO_ID = "01a20c67-7ab7-718c-acb6-a97a006d7e9";

  private final Shop shop = new Shop();
  private final String target = shop.stocked(5);

  private record Case(String name, String body, String pointer) {}

  private static Case bad(String name, String body, String pointer) {
    return new Case(name, body, pointer);
  }

  private DynamicTest refused(Case bad, String method, String path, Http client) {
    return DynamicTest.dynamicTest(
        bad.name,
        () -> {
          var before = state();
          var answer = client.with("Content-Type", "application/json").send(method, path, bad.body);
          assertEquals(400, answer.status(), answer::toString);
          assertEquals("invalid-request", answer.problem(), answer::toString);
          assertTrue(
              answer.body().contains("\"pointer\":\"" + bad.pointer + "\""), answer::toString);
          assertEquals(before, state());
        });
  }

  private String state() {
    return shop.level(target)
        + shop.anonymous.get("/v1/products/" + target).body()
        + shop.anonymous.get("/v1/products?sort=newest&limit=1").body();
  }

  private static Stream<Case> broken() {
    return Stream.of(
        bad("no body", "", ""),
        bad("null", "null", ""),
        bad("an array", "[]", ""),
        bad("a string", "\"x\"", ""),
        bad("a number", "1", ""),
        bad("cut off", "{\"sku\":", ""),
        bad("nested too deeply", "[".repeat(1_000), ""),
        bad("an unknown field", "{\"colour\":1}", "/colour"));
  }

  private static String product(String field, String value) {
    var good =
        """
        {"sku":"%s","name":"N","description":"D","category":"C",\
        "price":{"amount":1,"currency":"EUR"},"on_hand":1,"status":"published"}\
        """
            .formatted(sku());
    var replaced =
        good.replaceFirst(
            "\"" + field + "\":(\"[^\"]*\"|[0-9]+|\\{[^}]*})",
            "\"" + field + "\":" + value.replace("\\", "\\\\"));
    assertTrue(!replaced.equals(good), field);
    return replaced;
  }

  private static Case product(String field, String value, String pointer) {
    var shown = value.length() > 30 ? value.substring(0, 30) : value;
    return bad(field + " " + shown, product(field, value), pointer);
  }

  @TestFactory
  Stream<DynamicTest> creating() {
    var cases =
        Stream.of(
            product("sku", "null", "/sku"),
            product("sku", "\"\"", "/sku"),
            product("sku", "7", "/sku"),
            product("sku", "\"a b\"", "/sku"),
            product("sku", "\"../x\"", "/sku"),
            product("sku", "\"" + LONG + "\"", "/sku"),
            product("name", "null", "/name"),
            product("name", "\"  \"", "/name"),
            product("name", "true", "/name"),
            product("name", "[]", "/name"),
            product("name", "\"a\\u0000b\"", "/name"),
            product("name", "\"a\\nb\"", "/name"),
            product("name", "\"a\\ud800b\"", "/name"),
            product("name", "\"" + LONG + "\"", "/name"),
            product("description", "\"a\\u0000b\"", "/description"),
            product("description", "\"" + "x".repeat(4_001) + "\"", "/description"),
            product("description", "{}", "/description"),
            product("category", "null", "/category"),
            product("category", "\"\"", "/category"),
            product("category", "\"" + LONG + "\"", "/category"),
            product("price", "null", "/price"),
            product("price", "12", "/price"),
            product("price", "{\"amount\":1}", "/price/currency"),
            product("price", "{\"currency\":\"EUR\"}", "/price/amount"),
            product("price", "{\"amount\":-1,\"currency\":\"EUR\"}", "/price/amount"),
            product("price", "{\"amount\":1.5,\"currency\":\"EUR\"}", "/price/amount"),
            product("price", "{\"amount\":\"1\",\"currency\":\"EUR\"}", "/price/amount"),
            product("price", "{\"amount\":1000000000001,\"currency\":\"EUR\"}", "/price/amount"),
            product(
                "price", "{\"amount\":9223372036854775808,\"currency\":\"EUR\"}", "/price/amount"),
            product("price", "{\"amount\":1,\"currency\":\"eur\"}", "/price/currency"),
            product("price", "{\"amount\":1,\"currency\":\"EURO\"}", "/price/currency"),
            product("price", "{\"amount\":1,\"currency\":\"QQQ\"}", "/price/currency"),
            product("price", "{\"amount\":1,\"currency\":\"XXX\"}", "/price/currency"),
            product("price", "{\"amount\":1,\"currency\":\"EUR\",\"x\":1}", "/price/x"),
            product("on_hand", "-1", "/on_hand"),
            product("on_hand", "1.5", "/on_hand"),
            product("on_hand", "1000000001", "/on_hand"),
            product("on_hand", "\"1\"", "/on_hand"),
            product("on_hand", "\"\"", "/on_hand"),
            product("on_hand", "\" \"", "/on_hand"),
            product("on_hand", "\"\\u0000\"", "/on_hand"),
            product("status", "\"retired\"", "/status"),
            product("status", "\"gone\"", "/status"),
            product("status", "1", "/status"));
    return Stream.concat(broken(), cases)
        .map(bad -> refused(bad, "POST", "/v1/products", shop.manager));
  }

  @TestFactory
  Stream<DynamicTest> changing() {
    var cases =
        Stream.of(
            bad("a SKU", "{\"sku\":\"NEW\"}", "/sku"),
            bad("an empty name", "{\"name\":\"\"}", "/name"),
            bad("an overlong name", "{\"name\":\"" + LONG + "\"}", "/name"),
            bad("a number as name", "{\"name\":5}", "/name"),
            bad("a blank category", "{\"category\":\" \"}", "/category"),
            bad("half a price", "{\"price\":{\"amount\":1}}", "/price/currency"),
            bad(
                "a negative price",
                "{\"price\":{\"amount\":-1,\"currency\":\"EUR\"}}",
                "/price/amount"));
    return Stream.concat(broken(), cases)
        .map(
            bad ->
                refused(
                    bad, "PATCH", "/v1/products/" + target, shop.manager.with("If-Match", "*")));
  }

  private static Case adjustment(String delta, String reason, String pointer) {
    return bad(
        delta + " " + reason, "{\"delta\":" + delta + ",\"reason\":" + reason + "}", pointer);
  }

  @TestFactory
  Stream<DynamicTest> adjusting() {
    var good = "\"received\"";
    var cases =
        Stream.of(
            adjustment("0", good, "/delta"),
            adjustment("null", good, "/delta"),
            adjustment("1.5", good, "/delta"),
            adjustment("\"1\"", good, "/delta"),
            adjustment("1000000001", good, "/delta"),
            adjustment("-1000000001", good, "/delta"),
            adjustment("9223372036854775808", good, "/delta"),
            adjustment("1", "null", "/reason"),
            adjustment("1", "\"\"", "/reason"),
            adjustment("1", "\"import\"", "/reason"),
            adjustment("1", "\"stolen\"", "/reason"),
            adjustment("1", "3", "/reason"),
            adjustment("1", good + ",\"note\":\"" + "x".repeat(501) + "\"", "/note"),
            adjustment("1", good + ",\"note\":\"a\\u0000\"", "/note"),
            adjustment("1", good + ",\"by\":\"me\"", "/by"));
    return Stream.concat(broken(), cases)
        .map(bad -> refused(bad, "POST", "/v1/stock/" + target + "/adjustments", shop.manager));
  }

  private Case line(String quantity) {
    return bad("a quantity of " + quantity, Shop.lines(target, quantity), "/lines/0/quantity");
  }

  @TestFactory
  Stream<DynamicTest> reserving() {
    var order = "{\"order_id\":\"" + target + "\",\"lines\":";
    var cases =
        Stream.of(
            line("0"),
            line("-1"),
            line("1.5"),
            line("1000001"),
            line("2147483648"),
            line("9223372036854775808"),
            line("\"1\""),
            line("null"),
            bad("no order", "{\"lines\":[]}", "/order_id"),
            bad("a bad order", "{\"order_id\":\"" + NO_ID + "\",\"lines\":[]}", "/order_id"),
            bad("no lines", order + "[]}", "/lines"),
            bad("null lines", order + "null}", "/lines"),
            bad("a null line", order + "[null]}", "/lines/0"),
            bad("lines as text", order + "\"x\"}", "/lines"),
            bad("no product", order + "[{\"quantity\":1}]}", "/lines/0/product_id"),
            bad(
                "a bad product",
                order + "[{\"product_id\":\"x\",\"quantity\":1}]}",
                "/lines/0/product_id"),
            bad(
                "101 lines",
                order
                    + "["
                    + ("{\"product_id\":\"" + target + "\",\"quantity\":1},").repeat(100)
                    + "{\"product_id\":\""
                    + target
                    + "\",\"quantity\":1}]}",
                "/lines"));
    return Stream.concat(broken(), cases)
        .map(bad -> refused(bad, "PUT", "/v1/reservations/" + key(), shop.saga));
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
            "cursor=!!",
            "cursor=" + cursor("00000000", "a", target),
            "sort=best",
            "sort=NAME",
            "status=gone",
            "min_price=-1",
            "min_price=1.5",
            "max_price=1000000000001",
            "max_price=9223372036854775808",
            "q=" + LONG,
            "q=%00",
            "q=a+b+c+d+e+f+g+h+i",
            "category=" + LONG,
            "category=%00",
            "ids=",
            "ids=x",
            "ids=" + target + ",x",
            "ids=" + ids(101))
        .map(
            query ->
                DynamicTest.dynamicTest(
                    query.length() > 20 ? query.substring(0, 20) : query,
                    () -> {
                      var answer = shop.anonymous.get("/v1/products?" + query);
                      assertEquals(400, answer.status(), answer::toString);
                      assertEquals("invalid-request", answer.problem());
                    }));
  }

  private static String ids(int count) {
    return Stream.generate(() -> java.util.UUID.randomUUID().toString())
        .limit(count)
        .collect(java.util.stream.Collectors.joining(","));
  }

  private static String cursor(String... parts) {
    return Base64.getUrlEncoder()
        .withoutPadding()
        .encodeToString(String.join("\u001f", parts).getBytes(StandardCharsets.UTF_8));
  }

  @Test
  void aCursorThatSomebodyMadeUpIsRefused() {
    var next = shop.anonymous.get("/v1/products?limit=1").text("/next");
    var parts =
        new String(Base64.getUrlDecoder().decode(next), StandardCharsets.UTF_8).split("\u001f");
    for (var made :
        new String[] {
          cursor(parts[0], "a\u0000b", parts[2]),
          cursor(parts[0], parts[1], "x"),
          cursor(parts[0], parts[1])
        }) {
      assertEquals(400, shop.anonymous.get("/v1/products?limit=1&cursor=" + made).status());
    }
    var price = shop.anonymous.get("/v1/products?limit=1&sort=price").text("/next");
    var mark = new String(Base64.getUrlDecoder().decode(price), StandardCharsets.UTF_8);
    var made = cursor(mark.split("\u001f")[0], "cheap", target);
    assertEquals(400, shop.anonymous.get("/v1/products?sort=price&cursor=" + made).status());
  }

  @Test
  void aBadIdIsNoProduct() {
    for (var id : new String[] {"1", "x", "%20", LONG, NO_ID, "..%2f"}) {
      for (var path : new String[] {"/v1/products/", "/v1/stock/"}) {
        var answer = shop.manager.get(path + id);
        assertEquals(404, answer.status(), answer::toString);
        assertEquals("not-found", answer.problem());
      }
    }
    for (var key : new String[] {"a%20b", "a.b", "a%2Fb", "%00", "x".repeat(101)}) {
      assertEquals(404, shop.saga.get("/v1/reservations/" + key).status());
      assertEquals(404, shop.saga.delete("/v1/reservations/" + key).status());
    }
  }

  @Test
  void aBadIdempotencyKeyIsRefused() {
    var body = product("name", "\"Key\"");
    for (var key :
        new String[] {LONG, "a b", URLEncoder.encode("é", StandardCharsets.UTF_8) + " "}) {
      if (!key.endsWith(" ")) {
        assertEquals(400, shop.manager.withKey(key).post("/v1/products", body).status());
      }
    }
  }

  @Test
  void otherMediaTypesAndMethodsAreRefused() {
    var text = shop.manager.with("Content-Type", "text/plain");
    assertEquals(415, text.send("POST", "/v1/products", product("name", "\"T\"")).status());
    assertEquals(415, text.send("POST", "/v1/products/imports", "sku").status());
    assertEquals(415, shop.manager.post("/v1/products/imports", "{}").status());
    var put = shop.manager.put("/v1/products", "{}");
    assertEquals(405, put.status());
    assertEquals("method-not-allowed", put.problem());
    assertTrue(put.header("Allow").contains("POST"));
    assertEquals(405, shop.manager.delete("/v1/products/" + target).status());
    assertEquals(
        406, shop.anonymous.with("Accept", "application/xml").get("/v1/products").status());
  }

  @Test
  void aBodyThatIsTooLargeIsRefused() {
    var large = product("description", "\"" + "x".repeat(1_100_000) + "\"");
    Answer answer = shop.manager.post("/v1/products", large);
    assertEquals(413, answer.status(), answer::toString);
    assertEquals("too-large", answer.problem());
  }

  @Test
  void aBodyOfUnannouncedLengthIsCounted() throws Exception {
    var large = product("description", "\"" + "x".repeat(1_100_000) + "\"");
    assertEquals(413, chunked("/v1/products", "application/json", large));
  }

  @Test
  void aFileThatIsTooLargeIsRefused() throws Exception {
    var row = "a,b," + "x".repeat(4_000) + ",d,x,EUR,1\n";
    var large =
        "sku,name,description,category,price_amount,price_currency,on_hand\n"
            + row.repeat(17 * 256);
    assertEquals(413, chunked("/v1/products/imports", "text/csv", large));
  }

  private int chunked(String path, String type, String body) throws Exception {
    var bytes = body.getBytes(StandardCharsets.UTF_8);
    var request =
        HttpRequest.newBuilder(URI.create(shop.service.uri() + path))
            .header("Authorization", "Bearer " + shop.manager.token())
            .header("Content-Type", type)
            .POST(BodyPublishers.fromPublisher(BodyPublishers.ofByteArray(bytes)))
            .build();
    try (var client = HttpClient.newHttpClient()) {
      return client.send(request, HttpResponse.BodyHandlers.ofString()).statusCode();
    }
  }
}
