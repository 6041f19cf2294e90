package emporion.order.ordering;

import static emporion.order.ordering.Shop.NEIGHBOURS;
import static emporion.order.ordering.Shop.PRODUCTS;
import static emporion.order.ordering.Shop.product;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import emporion.chassis.testkit.Http;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** Nobody pays another price than the one they saw, and what costs nothing is not charged. */
class PricesTest {
  private final Http shopper = Shop.shopper();
  private final String product = product();

  private static String v1(String product, String linePrice, String rest) {
    return """
    {"items":[{"product_id":"%s","quantity":2%s}],"payment":{"token":"tok_visa"}%s}\
    """
        .formatted(product, linePrice, rest);
  }

  private static String total(String amount, String currency) {
    return ",\"expected_total\":{\"amount\":%s,\"currency\":\"%s\"}".formatted(amount, currency);
  }

  private static String price(String amount, String currency) {
    return ",\"expected_price\":{\"amount\":%s,\"currency\":\"%s\"}".formatted(amount, currency);
  }

  @Test
  void anOrderAtThePricesThatWereSeenIsPlaced() {
    var placed =
        shopper.post("/v1/orders", v1(product, price("1250", "EUR"), total("2500", "EUR")));

    assertEquals(201, placed.status(), placed::toString);
    assertEquals(2_500, placed.at("/total/amount").asLong());
  }

  @Test
  void anotherTotalThanTheOneSeenPlacesNothingAndTellsWhatChanged() {
    PRODUCTS.price(product, 9_900);
    var key = shopper.withKey("seen-" + UUID.randomUUID());
    var refused = key.post("/v1/orders", v1(product, price("1000", "EUR"), total("2000", "EUR")));

    assertEquals(409, refused.status(), refused::toString);
    assertEquals("price-changed", refused.problem());
    assertEquals(2_000, refused.at("/expected_total/amount").asLong());
    assertEquals(19_800, refused.at("/total/amount").asLong());
    assertEquals(product, refused.text("/lines/0/product_id"));
    assertEquals("Amphora", refused.text("/lines/0/name"));
    assertEquals(2, refused.at("/lines/0/quantity").asInt());
    assertEquals(9_900, refused.at("/lines/0/price/amount").asLong());
    assertEquals(1_000, refused.at("/lines/0/expected_price/amount").asLong());
    assertTrue(refused.text("/detail").contains("198.00 EUR"), refused::toString);
    assertEquals(0, shopper.get("/v1/orders?status=cancelled").at("/items").size());

    var agreed = key.post("/v1/orders", v1(product, "", total("19800", "EUR")));
    assertEquals(201, agreed.status(), agreed::toString);
    assertEquals("", agreed.header("Idempotent-Replayed"), "the refusal has not used the key up");
    assertEquals(19_800, agreed.at("/total/amount").asLong());
  }

  @Test
  void version2TellsTheSame() {
    PRODUCTS.price(product, 9_900);
    var body =
        """
        {"lines":[{"product_id":"%s","quantity":1}],"payment":{"token":"tok_visa"},\
        "expected_total":{"amount":1000,"currency":"EUR"}}\
        """
            .formatted(product);
    var refused = shopper.post("/v2/orders", body);
    assertEquals(409, refused.status(), refused::toString);
    assertEquals("price-changed", refused.problem());
    assertTrue(refused.at("/lines/0/expected_price").isMissingNode(), refused::toString);

    var agreed = shopper.post("/v2/orders", body.replace("1000", "9900"));
    assertEquals(201, agreed.status(), agreed::toString);
  }

  @TestFactory
  Stream<DynamicTest> whatIsSeenOtherwise() {
    return Stream.of(
            List.of("a lower total", "", total("2499", "EUR")),
            List.of("a higher total", "", total("2501", "EUR")),
            List.of("another currency", "", total("2500", "USD")),
            List.of("nothing", "", total("0", "EUR")),
            List.of("the most", "", total("9223372036854775807", "EUR")),
            List.of("another price of one", price("1249", "EUR"), ""),
            List.of("a price in another currency", price("1250", "USD"), ""),
            List.of(
                "another price of one, the same total", price("1", "EUR"), total("2500", "EUR")))
        .map(
            seen ->
                DynamicTest.dynamicTest(
                    seen.getFirst(),
                    () -> {
                      var refused =
                          shopper.post("/v1/orders", v1(product(), seen.get(1), seen.get(2)));
                      assertEquals(409, refused.status(), refused::toString);
                      assertEquals("price-changed", refused.problem());
                    }));
  }

  @TestFactory
  Stream<DynamicTest> whatNobodyCanHaveSeen() {
    return Stream.of(
            List.of("less than nothing", total("-1", "EUR"), "/expected_total/amount"),
            List.of("a fraction", total("10.5", "EUR"), "/expected_total/amount"),
            List.of("a text", total("\"10\"", "EUR"), "/expected_total/amount"),
            List.of("2^63", total("9223372036854775808", "EUR"), "/expected_total/amount"),
            List.of("no amount", total("null", "EUR"), "/expected_total/amount"),
            List.of("no code", total("2500", "euro"), "/expected_total/currency"),
            List.of("a small code", total("2500", "eur"), "/expected_total/currency"),
            List.of("a number alone", ",\"expected_total\":2500", "/expected_total"))
        .map(
            bad ->
                DynamicTest.dynamicTest(
                    bad.getFirst(),
                    () -> {
                      var refused = shopper.post("/v1/orders", v1(product(), "", bad.get(1)));
                      assertEquals(400, refused.status(), refused::toString);
                      assertTrue(refused.body().contains(bad.getLast()), refused::toString);
                    }));
  }

  @Test
  void aBadPriceOfALineIsPointedAt() {
    var refused = shopper.post("/v1/orders", v1(product, price("-1", "EUR"), ""));
    assertEquals(400, refused.status(), refused::toString);
    assertEquals("/items/0/expected_price/amount", refused.text("/errors/0/pointer"));
  }

  @Test
  void anOrderThatTheKeyHasMadeIsItsAnswerWhateverItWouldCostNow() {
    var keyed = shopper.withKey("kept-" + UUID.randomUUID());
    var body = v1(product, "", total("2500", "EUR"));
    var placed = keyed.post("/v1/orders", body);
    PRODUCTS.price(product, 9_900);
    var replay = keyed.post("/v1/orders", body);

    assertEquals(201, replay.status(), replay::toString);
    assertEquals("true", replay.header("Idempotent-Replayed"));
    assertEquals(placed.text("/order_id"), replay.text("/order_id"));
    assertEquals(2_500, replay.at("/total/amount").asLong());

    var inAnotherVersion = keyed.post("/v2/orders", body.replace("\"items\"", "\"lines\""));
    assertEquals(placed.text("/order_id"), inAnotherVersion.text("/order_id"));
    var other = keyed.post("/v1/orders", v1(product, "", total("19800", "EUR")));
    assertEquals(422, other.status(), other::toString);
  }

  @Test
  void whatCostsNothingIsConfirmedWithoutACharge() {
    PRODUCTS.price(product, 0);
    var placed = shopper.post("/v1/orders", v1(product, "", total("0", "EUR")));

    assertEquals(201, placed.status(), placed::toString);
    assertEquals("confirmed", placed.text("/status"), placed::toString);
    assertEquals(0, placed.at("/total/amount").asLong());
    var id = placed.text("/order_id");
    assertEquals(List.of("PUT reserve", "POST commit"), NEIGHBOURS.callsFor(id));

    var cancelled = shopper.post("/v1/orders/" + id + "/cancel", "");
    assertEquals("cancelled", cancelled.text("/status"), cancelled::toString);
    assertEquals(List.of("PUT reserve", "POST commit", "POST return"), NEIGHBOURS.callsFor(id));
  }

  @Test
  void moreThanCanBeChargedIsRefusedBeforeAnythingIsReserved() {
    PRODUCTS.price(product, 500_000_000_000L);
    assertEquals(201, shopper.post("/v1/orders", v1(product, "", "")).status());

    PRODUCTS.price(product, 500_000_000_001L);
    var refused = shopper.post("/v1/orders", v1(product, "", ""));
    assertEquals(400, refused.status(), refused::toString);
    assertEquals("/items", refused.text("/errors/0/pointer"));
  }
}
