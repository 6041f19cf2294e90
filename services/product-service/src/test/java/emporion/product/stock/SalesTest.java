package emporion.product.stock;

import static emporion.product.Shop.key;
import static emporion.product.Shop.lines;
import static emporion.product.Shop.linesOf;
import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.databind.JsonNode;
import emporion.chassis.messaging.Event;
import emporion.chassis.telemetry.Trace;
import emporion.product.Shop;
import emporion.product.stock.boundary.ConfirmedOrders;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;

/** What the event that an order is confirmed does to its stock. */
class SalesTest {
  private final Shop shop = new Shop();
  private final ConfirmedOrders orders = shop.service.bean(ConfirmedOrders.class);

  /** An order that holds so many pieces. */
  static UUID reserved(Shop shop, String product, int pieces) {
    var order = UUID.randomUUID();
    var held = shop.reserve(order + ":reserve", linesOf(order, product, pieces));
    assertEquals(201, held.status(), held::toString);
    assertEquals(ConfirmedOrders.TYPE, held.text("/sold_by_event"));
    return order;
  }

  static Event confirmed(UUID order) {
    var trace = Trace.of(null, null, null);
    return new Event(
        UUID.randomUUID(), "order_confirmed", order.toString(), 3, Instant.now(), trace, "{}");
  }

  private String status(UUID order) {
    return shop.saga.get("/v1/reservations/" + order + ":reserve").text("/status");
  }

  private int sold(String product) {
    return (int) shop.number("select sold from stock where product_id = '" + product + "'");
  }

  @Test
  void itSellsWhatIsHeldOnceHoweverOftenItComes() {
    var product = shop.stocked(10);
    var order = reserved(shop, product, 3);
    assertEquals("10/3", shop.level(product));
    for (int times = 0; times < 2; times++) {
      orders.on(confirmed(order));
      assertEquals("7/0", shop.level(product));
      assertEquals("committed", status(order));
      assertEquals(3, sold(product));
    }
    assertEquals(List.of(), depletions(product));
  }

  private List<String> depletions(String product) {
    return shop.events(product).stream().filter(type -> type.startsWith("stock_")).toList();
  }

  @Test
  void manyOrdersOfSeveralProductsAreSoldAtOnce() {
    var one = shop.stocked(100);
    var other = shop.stocked(100);
    var placed =
        Stream.of(one, other, one, other, one).map(product -> reserved(shop, product, 2)).toList();
    var both = UUID.randomUUID();
    shop.reserve(both + ":reserve", linesOf(both, one, 1, other, 1, one, 1));
    var stranger = UUID.randomUUID();
    orders.on(
        Stream.concat(placed.stream(), Stream.of(both, stranger))
            .map(SalesTest::confirmed)
            .toList());
    assertEquals("92/0", shop.level(one));
    assertEquals("95/0", shop.level(other));
    placed.forEach(order -> assertEquals("committed", status(order)));
  }

  @Test
  void whatCameBackFirstIsNotSold() {
    var product = shop.stocked(10);
    var order = reserved(shop, product, 3);
    var back = shop.saga.send("POST", "/v1/reservations/" + order + ":reserve/return", null);
    assertEquals("returned", back.text("/status"), back::toString);
    orders.on(confirmed(order));
    assertEquals("10/0", shop.level(product));
    assertEquals("returned", status(order));
    assertEquals(0, sold(product));
    var trail = shop.manager.get("/v1/stock/" + product + "/adjustments");
    assertEquals(1, trail.at("/items").size(), "the pieces never left the shelf: " + trail);
  }

  @Test
  void whoAsksForTheSaleBesidesSellsNothingTwice() {
    var product = shop.stocked(10);
    var order = reserved(shop, product, 3);
    orders.on(confirmed(order));
    var asked = shop.saga.send("POST", "/v1/reservations/" + order + ":reserve/commit", null);
    assertEquals("committed", asked.text("/status"), asked::toString);
    assertEquals("7/0", shop.level(product));
  }

  @Test
  void theLastPieceIsSoldWithoutNews() {
    var product = shop.stocked(1);
    var order = reserved(shop, product, 1);
    assertEquals(List.of("stock_depleted"), depletions(product));
    orders.on(confirmed(order));
    assertEquals("0/0", shop.level(product));
    assertEquals(List.of("stock_depleted"), depletions(product));
    assertEquals(409, shop.reserve(key(), lines(product, 1)).status());
  }

  @Test
  void whatIsHeldForLongIsListedUntilItIsSold() {
    var product = shop.stocked(10);
    var older = reserved(shop, product, 1);
    var newer = reserved(shop, product, 2);
    assertEquals(List.of(), heldBefore(Instant.now().minusSeconds(3_600), older, newer));
    assertEquals(List.of(older, newer), heldBefore(Instant.now(), older, newer));
    assertEquals(List.of(older), heldBefore(since(newer), older, newer));
    orders.on(confirmed(older));
    assertEquals(List.of(newer), heldBefore(Instant.now(), older, newer));
    orders.on(confirmed(newer));
    assertEquals(List.of(), heldBefore(Instant.now(), older, newer));
  }

  /** Those of these orders that are held, in the order of the answer. */
  private List<UUID> heldBefore(Instant time, UUID... these) {
    return held(time)
        .map(held -> UUID.fromString(held.get("order_id").asText()))
        .filter(List.of(these)::contains)
        .toList();
  }

  private Stream<JsonNode> held(Instant time) {
    var answer = shop.saga.get("/v1/reservations?limit=100&held_before=" + time);
    assertEquals(200, answer.status(), answer::toString);
    return StreamSupport.stream(answer.at("/items").spliterator(), false);
  }

  private Instant since(UUID order) {
    return held(Instant.now())
        .filter(held -> held.get("order_id").asText().equals(order.toString()))
        .map(held -> Instant.parse(held.get("held_since").asText()))
        .findFirst()
        .orElseThrow();
  }

  @Test
  void onlyServicesAskForItAndWithATime() {
    assertEquals(403, shop.manager.get("/v1/reservations?held_before=" + Instant.now()).status());
    for (var query :
        List.of("", "?held_before=yesterday", "?held_before=2026-01-31T12:00:00Z&limit=0")) {
      assertEquals(400, shop.saga.get("/v1/reservations" + query).status(), query);
    }
  }
}
