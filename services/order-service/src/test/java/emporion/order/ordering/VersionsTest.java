package emporion.order.ordering;

import static emporion.order.ordering.Neighbourhood.Trouble.OUT_OF_STOCK;
import static emporion.order.ordering.Shop.NEIGHBOURS;
import static emporion.order.ordering.Shop.order;
import static emporion.order.ordering.Shop.product;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import emporion.chassis.data.Ids;
import emporion.chassis.messaging.Event;
import emporion.chassis.telemetry.Trace;
import emporion.chassis.testkit.Http;
import emporion.chassis.testkit.Http.Answer;
import emporion.contracts.Events;
import emporion.order.ordering.control.Refunds;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** Orders in both versions: one domain, under the names of each. */
class VersionsTest {
  private static final List<String> BOTH = List.of("v1", "v2");

  private final Http shopper = Shop.shopper();

  private static String lines(String product, String quantity) {
    return order(product, quantity).replace("\"items\"", "\"lines\"");
  }

  private static String wanted(String version, String product) {
    return version.equals("v1") ? order(product, "2") : lines(product, "2");
  }

  private Answer placed(String version) {
    return shopper.post("/" + version + "/orders", wanted(version, product()));
  }

  private static Set<String> names(Answer answer, String pointer) {
    var names = new TreeSet<String>();
    answer.at(pointer).fieldNames().forEachRemaining(names::add);
    return names;
  }

  private static List<String> links(Answer answer, String relation) {
    return answer.response().headers().allValues("Link").stream()
        .filter(link -> link.endsWith("rel=\"" + relation + "\""))
        .map(link -> link.replaceAll("^<|>.*$", ""))
        .toList();
  }

  // --- names -----------------------------------------------------------------------------------

  @Test
  void oneOrderHasTheNamesOfEachVersion() {
    var one = product();
    var other = product();
    var placed =
        shopper.post(
            "/v2/orders",
            """
            {"lines":[{"product_id":"%s","quantity":2},{"product_id":"%s","quantity":1}],\
            "payment":{"token":"tok_visa"}}\
            """
                .formatted(one, other));

    assertEquals(201, placed.status(), placed::toString);
    var id = placed.text("/order_id");
    assertEquals("/v2/orders/" + id, placed.header("Location"));
    assertTrue(placed.header("ETag").startsWith("\"v2-"), placed.header("ETag"));
    var second = shopper.get("/v2/orders/" + id);
    assertEquals(
        Set.of("order_id", "customer_id", "status", "lines", "totals", "placed_at", "timeline"),
        names(second, ""));
    assertEquals(1, second.at("/lines/0/line").asInt());
    assertEquals(one, second.text("/lines/0/product/product_id"));
    assertEquals("Amphora", second.text("/lines/0/product/name"));
    assertEquals(1_250, second.at("/lines/0/unit_price/amount").asInt());
    assertEquals(2_500, second.at("/lines/0/line_total/amount").asInt());
    assertEquals(2, second.at("/lines/1/line").asInt());
    assertEquals(other, second.text("/lines/1/product/product_id"));
    assertEquals(3_750, second.at("/totals/total/amount").asInt());
    assertEquals(0, second.at("/totals/refunded/amount").asInt());
    assertEquals(3_750, second.at("/totals/kept/amount").asInt());

    var first = shopper.get("/v1/orders/" + id);
    assertEquals(
        Set.of(
            "order_id",
            "user_id",
            "status",
            "items",
            "total",
            "refunded",
            "created_at",
            "timeline"),
        names(first, ""));
    assertEquals(
        Set.of("product_id", "name", "quantity", "unit_price", "total"), names(first, "/items/0"));
    assertEquals(first.text("/user_id"), second.text("/customer_id"));
    assertEquals(first.text("/created_at"), second.text("/placed_at"));
    assertEquals(first.at("/total"), second.at("/totals/total"));
    assertEquals(first.at("/timeline"), second.at("/timeline"));
  }

  @Test
  void whatIsKeptIsWhatWasNotPaidBack() {
    var id = placed("v2").text("/order_id");
    var data = Events.example("payment_refunded").put("order_id", id);
    data.withObject("/amount").put("amount", 500);
    Shop.SERVICE
        .bean(Refunds.class)
        .on(
            new Event(
                Ids.next(),
                "payment_refunded",
                id,
                0,
                Instant.now(),
                Trace.begun(),
                data.toString()));

    assertEquals(
        Map.of("total", 2_500, "charged", 2_500, "refunded", 500, "kept", 2_000), totals(id));
    assertEquals(500, shopper.get("/v1/orders/" + id).at("/refunded/amount").asInt());

    var cancelled = shopper.post("/v2/orders/" + id + "/cancel", "");
    assertEquals(200, cancelled.status(), cancelled::toString);
    assertEquals("/v2/orders/" + id, cancelled.header("Location"));
    assertEquals("cancelled_by_customer", cancelled.text("/cancellation/reason"));
    assertEquals(
        Map.of("total", 2_500, "charged", 2_500, "refunded", 2_500, "kept", 0), totals(id));
    assertEquals("cancelled_by_customer", shopper.get("/v1/orders/" + id).text("/reason"));
  }

  private Map<String, Integer> totals(String id) {
    var amounts = new HashMap<String, Integer>();
    shopper
        .get("/v2/orders/" + id)
        .at("/totals")
        .properties()
        .forEach(total -> amounts.put(total.getKey(), total.getValue().at("/amount").asInt()));
    return amounts;
  }

  @Test
  void anOrderThatWasRefusedTellsWhyAndKeepsNothing() {
    NEIGHBOURS.upset("PUT reserve", OUT_OF_STOCK);
    var placed = placed("v2");

    assertEquals(201, placed.status(), placed::toString);
    assertEquals("cancelled", placed.text("/status"));
    assertEquals("out_of_stock", placed.text("/cancellation/reason"));
    assertEquals(0, placed.at("/totals/kept/amount").asInt());
  }

  /** Waits out the patience of the service, in both versions at once. */
  @Test
  void anOrderThatTakesLongerIsPendingAndToBeAskedFor() throws Exception {
    NEIGHBOURS.breakDown("POST commit");
    try (var shoppers = Executors.newVirtualThreadPerTaskExecutor()) {
      var answers =
          shoppers.invokeAll(
              BOTH.stream().<Callable<Answer>>map(version -> () -> placed(version)).toList());
      for (var version : BOTH) {
        var answer = answers.get(BOTH.indexOf(version)).get();
        assertEquals(202, answer.status(), answer::toString);
        assertEquals("pending", answer.text("/status"));
        assertEquals("1", answer.header("Retry-After"));
        var path = "/" + version + "/orders/" + answer.text("/order_id");
        assertEquals(path, answer.header("Location"));
        assertEquals("order-being-confirmed", shopper.post(path + "/cancel", "").problem());
      }
      assertEquals(0, answers.getLast().get().at("/totals/kept/amount").asInt());
    } finally {
      NEIGHBOURS.mend();
    }
    await()
        .atMost(Duration.ofSeconds(50))
        .until(
            () -> {
              // The pauses have grown while nothing worked.
              Shop.sql(
                  "update saga set next_attempt = current_timestamp where next_attempt >"
                      + " current_timestamp");
              return shopper.get("/v2/orders?status=confirmed").at("/items").size() == 2;
            });
  }

  // --- keys ------------------------------------------------------------------------------------

  @TestFactory
  Stream<DynamicTest> aKeyMeansTheSameInBothVersions() {
    return Stream.of("v1", "v2")
        .map(first -> DynamicTest.dynamicTest(first + " first", () -> repeatedInTheOther(first)));
  }

  private void repeatedInTheOther(String first) {
    var second = first.equals("v1") ? "v2" : "v1";
    var keyed = shopper.withKey("both-" + UUID.randomUUID());
    var product = product();
    var placed = keyed.post("/" + first + "/orders", wanted(first, product));
    assertEquals("", placed.header("Idempotent-Replayed"), placed::toString);

    var repeated = keyed.post("/" + second + "/orders", wanted(second, product));
    assertEquals(201, repeated.status(), repeated::toString);
    assertEquals("true", repeated.header("Idempotent-Replayed"));
    var id = placed.text("/order_id");
    assertEquals(id, repeated.text("/order_id"));
    assertEquals("/" + second + "/orders/" + id, repeated.header("Location"));
    assertTrue(repeated.header("ETag").startsWith("\"" + second + "-"), repeated.header("ETag"));
    assertEquals(List.of("PUT reserve", "PUT charge", "POST commit"), NEIGHBOURS.callsFor(id));

    var other = keyed.post("/" + second + "/orders", wanted(second, product()));
    assertEquals(422, other.status(), other::toString);
    assertEquals("idempotency-key-reused", other.problem());
  }

  // --- bad input -------------------------------------------------------------------------------

  private record Case(String name, String body, String pointer) {}

  @TestFactory
  Stream<DynamicTest> whatIsWrongIsNamedAsItWasSent() {
    var p = product();
    return Stream.of(
            new Case("no lines", "{\"payment\":{\"token\":\"tok_visa\"}}", "/lines"),
            new Case("the lines of version 1", order(p, "1"), "/items"),
            new Case("quantity 0", lines(p, "0"), "/lines/0/quantity"),
            new Case("quantity 10001", lines(p, "10001"), "/lines/0/quantity"),
            new Case("a bad id", lines("x", "1"), "/lines/0/product_id"),
            new Case(
                "an unknown product",
                lines("00000000" + p.substring(8), "1"),
                "/lines/0/product_id"),
            new Case(
                "a product twice",
                lines(p, "1},{\"product_id\":\"" + p + "\",\"quantity\":1"),
                "/lines/1/product_id"),
            new Case("a sum over 2^63", lines("ffffffff" + p.substring(8), "2"), "/lines"),
            new Case(
                "two currencies",
                lines(p, "1},{\"product_id\":\"eeeeeeee" + p.substring(8) + "\",\"quantity\":1"),
                "/lines"),
            new Case(
                "a card number",
                lines(p, "1").replace("tok_visa", "4242424242424242"),
                "/payment/token"))
        .map(bad -> DynamicTest.dynamicTest(bad.name, () -> refused(bad)));
  }

  private void refused(Case bad) {
    var answer = shopper.post("/v2/orders", bad.body);
    assertEquals(400, answer.status(), answer::toString);
    assertEquals("invalid-request", answer.problem());
    assertTrue(answer.body().contains("\"pointer\":\"" + bad.pointer + "\""), answer::toString);
    assertTrue(!answer.body().contains("4242424242424242"), answer::toString);
    assertEquals(0, shopper.get("/v2/orders").at("/items").size());
  }

  @Test
  void listsAreFilteredUnderTheNamesOfEachVersion() {
    var customer = placed("v1").text("/user_id");
    var support = Shop.SERVICE.user("support");
    var names = Map.of("v1", List.of("created", "user_id"), "v2", List.of("placed", "customer_id"));
    names.forEach(
        (version, name) -> {
          var own = "/" + version + "/orders?" + name.getFirst();
          assertEquals(1, shopper.get(own + "_from=2000-01-01T00:00:00Z").at("/items").size());
          assertEquals(0, shopper.get(own + "_to=2000-01-01T00:00:00Z").at("/items").size());
          var bad = shopper.get(own + "_from=yesterday");
          assertEquals(name.getFirst() + "_from", bad.text("/errors/0/pointer"), bad::toString);

          var all = "/" + version + "/admin/orders?" + name.getLast() + "=";
          var found = support.get(all + customer);
          assertEquals(1, found.at("/items").size(), found::toString);
          assertEquals(customer, found.text("/items/0/" + name.getLast()));
          assertEquals(0, support.get(all + UUID.randomUUID()).at("/items").size());
          assertEquals(name.getLast(), support.get(all + "x").text("/errors/0/pointer"));
        });
  }

  // --- HTTP ------------------------------------------------------------------------------------

  @Test
  void onlyVersion1AnnouncesItsEnd() {
    var id = placed("v1").text("/order_id");
    var first = shopper.get("/v1/orders/" + id);
    assertTrue(first.header("Deprecation").startsWith("@"), first.header("Deprecation"));
    assertTrue(first.header("Sunset").endsWith(" GMT"), first.header("Sunset"));
    assertEquals(List.of("/v2/orders/" + id), links(first, "successor-version"));

    var second = shopper.get("/v2/orders/" + id);
    for (var name : List.of("Deprecation", "Sunset", "Link")) {
      assertEquals("", second.header(name), name);
    }
  }

  @TestFactory
  Stream<DynamicTest> linksLeadThroughAllPages() {
    for (int i = 0; i < 5; i++) {
      placed("v2");
    }
    return BOTH.stream().map(version -> DynamicTest.dynamicTest(version, () -> paged(version)));
  }

  private void paged(String version) {
    var seen = new HashSet<String>();
    var next = List.of("/" + version + "/orders?limit=2");
    int pages = 0;
    while (!next.isEmpty()) {
      var page = shopper.get(next.getFirst());
      page.at("/items").forEach(order -> assertTrue(seen.add(order.at("/order_id").asText())));
      next = links(page, "next");
      assertEquals(next.isEmpty(), page.at("/next").isMissingNode());
      pages++;
    }
    assertEquals(5, seen.size());
    assertEquals(3, pages);
  }

  @TestFactory
  Stream<DynamicTest> aTagHoldsForOneVersion() {
    var id = placed("v1").text("/order_id");
    var tags = new HashMap<String, String>();
    BOTH.forEach(v -> tags.put(v, shopper.get("/" + v + "/orders/" + id).header("ETag")));
    return BOTH.stream()
        .flatMap(
            version ->
                BOTH.stream()
                    .map(
                        tag ->
                            DynamicTest.dynamicTest(
                                tag + " at " + version,
                                () -> {
                                  var answer =
                                      shopper
                                          .with("If-None-Match", tags.get(tag))
                                          .get("/" + version + "/orders/" + id);
                                  assertEquals(tag.equals(version) ? 304 : 200, answer.status());
                                  assertEquals(tag.equals(version), answer.body().isEmpty());
                                  assertEquals(tags.get(version), answer.header("ETag"));
                                })));
  }

  @TestFactory
  Stream<DynamicTest> headIsGetWithoutABody() {
    return BOTH.stream().map(version -> DynamicTest.dynamicTest(version, () -> head(version)));
  }

  private void head(String version) {
    var all = "/" + version + "/orders";
    var one = all + "/" + placed(version).text("/order_id");
    for (var path : List.of(all, one)) {
      var head = shopper.send("HEAD", path, null);
      assertEquals(200, head.status());
      assertEquals("", head.body());
      assertEquals(shopper.get(path).header("ETag"), head.header("ETag"));
    }
  }

  @TestFactory
  Stream<DynamicTest> whatCannotBeReadOrAnsweredChangesNothing() {
    return BOTH.stream().map(version -> DynamicTest.dynamicTest(version, () -> refused(version)));
  }

  private void refused(String version) {
    var all = "/" + version + "/orders";
    var one = all + "/" + placed(version).text("/order_id");
    var orders = shopper.get(all).at("/items").size();
    var xml = shopper.with("Accept", "application/xml");
    assertEquals(406, xml.post(all, wanted(version, product())).status());
    assertEquals(406, xml.post(one + "/cancel", "").status());
    var text = shopper.with("Content-Type", "text/plain");
    assertEquals(415, text.send("POST", all, wanted(version, product())).status());
    assertEquals("confirmed", shopper.get(one).text("/status"));
    assertEquals(orders, shopper.get(all).at("/items").size());
  }

  @TestFactory
  Stream<DynamicTest> everybodySeesWhatIsTheirs() {
    return BOTH.stream().map(version -> DynamicTest.dynamicTest(version, () -> roles(version)));
  }

  private void roles(String version) {
    var all = "/" + version + "/orders";
    var one = all + "/" + placed(version).text("/order_id");
    var admin = "/" + version + "/admin/orders";
    var stranger = Shop.shopper();
    assertEquals(404, stranger.get(one).status());
    assertEquals(404, stranger.post(one + "/cancel", "").status());
    assertEquals(0, stranger.get(all).at("/items").size());
    assertEquals(403, stranger.get(admin).status());
    var anonymous = Shop.SERVICE.anonymous();
    for (var path : List.of(all, one, admin)) {
      assertEquals(401, anonymous.get(path).status());
    }
    assertEquals(401, anonymous.post(all, wanted(version, product())).status());
    var support = Shop.SERVICE.user("support");
    assertEquals(403, support.post(all, wanted(version, product())).status());
    assertEquals(200, support.get(one).status());
    assertEquals(200, support.get(admin).status());
    assertEquals(403, Shop.SERVICE.service().get(all).status());
    assertEquals(200, support.post(one + "/cancel", "").status());
  }
}
