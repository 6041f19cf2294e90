package emporion.order.ordering;

import static emporion.order.ordering.Neighbourhood.Trouble.BROKEN;
import static emporion.order.ordering.Neighbourhood.Trouble.DECLINED;
import static emporion.order.ordering.Neighbourhood.Trouble.NO_ANSWER;
import static emporion.order.ordering.Neighbourhood.Trouble.OUT_OF_STOCK;
import static emporion.order.ordering.Neighbourhood.Trouble.SLOW_AND_GONE;
import static emporion.order.ordering.Neighbourhood.Trouble.SOLD_BY_EVENT;
import static emporion.order.ordering.Neighbourhood.Trouble.TURNED_AWAY;
import static emporion.order.ordering.Shop.NEIGHBOURS;
import static emporion.order.ordering.Shop.order;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import emporion.chassis.testkit.Http;
import emporion.order.ordering.Neighbourhood.Trouble;
import io.grpc.Status;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;

/** The path of an order as a dialogue with its neighbours. */
class OrderPathTest {
  private static final int MOST_UNPAID = 20;

  private final Http shopper = Shop.shopper();

  @Test
  void anOrderIsReservedChargedAndConfirmed() {
    var placed = shopper.post("/v1/orders", order(2));

    assertEquals(201, placed.status(), placed::toString);
    assertEquals("confirmed", placed.text("/status"));
    assertEquals(2_500, placed.at("/total/amount").asLong());
    assertEquals("EUR", placed.text("/total/currency"));
    var id = placed.text("/order_id");
    assertEquals("/v1/orders/" + id, placed.header("Location").replaceFirst("^http://[^/]+", ""));
    assertEquals(List.of("PUT reserve", "PUT charge", "POST commit"), NEIGHBOURS.callsFor(id));
    assertEquals(List.of("place", "reserve", "charge", "confirm"), timeline(id));
  }

  @Test
  void whereTheEventSellsNobodyAsksForTheSale() {
    NEIGHBOURS.upset("PUT reserve", SOLD_BY_EVENT);
    var placed = shopper.post("/v1/orders", order(2));

    assertEquals("confirmed", placed.text("/status"), placed::toString);
    var id = placed.text("/order_id");
    assertEquals(List.of("PUT reserve", "PUT charge"), NEIGHBOURS.callsFor(id));
    assertEquals(List.of("place", "reserve", "charge", "confirm"), timeline(id));
    var told =
        "select count(*) from outbox where type = 'order_confirmed' and aggregate_version = 3"
            + " and aggregate_id = '%s'";
    assertEquals(1, Shop.number(told.formatted(id)));
    var cancelled = shopper.post("/v1/orders/" + id + "/cancel", "");
    assertEquals("cancelled", cancelled.text("/status"), cancelled::toString);
    assertEquals(
        List.of("PUT reserve", "PUT charge", "DELETE charge", "POST return"),
        NEIGHBOURS.callsFor(id));
  }

  /** What a worker was told is its own: who takes an order up asks for the sale, which is safe. */
  @Test
  void whoHasNotReservedAsksForTheSale() {
    NEIGHBOURS.upset("PUT reserve", SOLD_BY_EVENT);
    NEIGHBOURS.upset("PUT charge", BROKEN);
    var placed = shopper.post("/v1/orders", order(1));

    assertEquals("confirmed", placed.text("/status"), placed::toString);
    assertEquals(
        List.of("PUT reserve", "PUT charge", "PUT charge", "POST commit"),
        NEIGHBOURS.callsFor(placed.text("/order_id")));
  }

  private List<String> timeline(String id) {
    var entries = shopper.get("/v1/orders/" + id).at("/timeline");
    return StreamSupport.stream(entries.spliterator(), false)
        .map(entry -> entry.at("/step").asText())
        .toList();
  }

  @Test
  void aDeclineGivesTheStockBackAndVoidsNothing() {
    NEIGHBOURS.upset("PUT charge", DECLINED);
    var placed = shopper.post("/v1/orders", order(1));

    assertEquals(201, placed.status(), placed::toString);
    assertEquals("cancelled", placed.text("/status"));
    assertEquals("payment_declined", placed.text("/reason"));
    assertEquals(
        List.of("PUT reserve", "PUT charge", "DELETE reserve"),
        NEIGHBOURS.callsFor(placed.text("/order_id")));
  }

  @Test
  void aChargeThatIsTurnedAwayIsOurDefectAndNoDecline() {
    NEIGHBOURS.upset("PUT charge", TURNED_AWAY);
    var placed = shopper.post("/v1/orders", order(1));

    assertEquals("confirmed", placed.text("/status"), placed::toString);
    assertEquals(
        List.of("PUT reserve", "PUT charge", "PUT charge", "POST commit"),
        NEIGHBOURS.callsFor(placed.text("/order_id")));
  }

  @Test
  void aStockOutChargesNobody() {
    NEIGHBOURS.upset("PUT reserve", OUT_OF_STOCK);
    var placed = shopper.post("/v1/orders", order(1));

    assertEquals(201, placed.status(), placed::toString);
    assertEquals("cancelled", placed.text("/status"));
    assertEquals("out_of_stock", placed.text("/reason"));
    assertEquals(List.of("PUT reserve"), NEIGHBOURS.callsFor(placed.text("/order_id")));
  }

  @Test
  void anAnswerThatIsLostIsAskedForAgainWithTheSameKey() {
    NEIGHBOURS.upset("PUT charge", NO_ANSWER);
    NEIGHBOURS.upset("POST commit", BROKEN);
    var placed = shopper.post("/v1/orders", order(1));

    assertEquals(201, placed.status(), placed::toString);
    assertEquals("confirmed", placed.text("/status"));
    assertEquals(
        List.of("PUT reserve", "PUT charge", "PUT charge", "POST commit", "POST commit"),
        NEIGHBOURS.callsFor(placed.text("/order_id")));
  }

  @Test
  void aConfirmedOrderIsCalledOffByPayingBackAndTakingBack() {
    var placed = shopper.post("/v1/orders", order(1));
    var id = placed.text("/order_id");
    var cancelled = shopper.post("/v1/orders/" + id + "/cancel", "");

    assertEquals(200, cancelled.status(), cancelled::toString);
    assertEquals("cancelled", cancelled.text("/status"));
    assertEquals("cancelled_by_customer", cancelled.text("/reason"));
    var calls = NEIGHBOURS.callsFor(id);
    assertEquals(
        List.of("PUT reserve", "PUT charge", "POST commit", "DELETE charge", "POST return"), calls);
    assertEquals(
        "reason=cancelled_by_customer&requested_by=" + placed.text("/user_id"),
        NEIGHBOURS.query("DELETE charge", id));
    assertEquals(1_250, cancelled.at("/refunded/amount").asLong(), cancelled::toString);
    var timeline = shopper.get("/v1/orders/" + id).at("/timeline");
    assertEquals(placed.text("/user_id"), timeline.at("/4/by").asText(), timeline::toString);
    assertEquals("12.50 EUR went back in all", timeline.at("/5/detail").asText());
    var totals = shopper.get("/v2/orders/" + id).at("/totals");
    assertEquals(1_250, totals.at("/charged/amount").asLong(), totals::toString);
    assertEquals(1_250, totals.at("/refunded/amount").asLong(), totals::toString);
    assertEquals(0, totals.at("/kept/amount").asLong(), totals::toString);

    var again = shopper.post("/v1/orders/" + id + "/cancel", "");
    assertEquals(200, again.status(), again::toString);
    assertEquals(calls, NEIGHBOURS.callsFor(id));
  }

  @Test
  void theSameKeyMakesOneOrderHoweverOftenItComes() throws Exception {
    var keyed = shopper.withKey("once-" + UUID.randomUUID());
    var body = order(1);
    try (var shoppers = Executors.newVirtualThreadPerTaskExecutor()) {
      var answers =
          shoppers.invokeAll(
              IntStream.range(0, 50)
                  .<java.util.concurrent.Callable<Http.Answer>>mapToObj(
                      i -> () -> keyed.post("/v1/orders", body))
                  .toList());
      var orders = new HashSet<String>();
      int replayed = 0;
      for (var answer : answers) {
        assertEquals(201, answer.get().status(), answer.get()::toString);
        assertEquals("confirmed", answer.get().text("/status"));
        orders.add(answer.get().text("/order_id"));
        replayed += answer.get().header("Idempotent-Replayed").equals("true") ? 1 : 0;
      }
      assertEquals(1, orders.size(), "equal keys make one order");
      assertEquals(49, replayed);
    }
    assertEquals(1, shopper.get("/v1/orders").at("/items").size());
    var replay = keyed.post("/v1/orders", body);
    assertEquals("true", replay.header("Idempotent-Replayed"));
    assertEquals(3, NEIGHBOURS.callsFor(replay.text("/order_id")).size());

    var other = keyed.post("/v1/orders", order(2));
    assertEquals(422, other.status(), other::toString);
    assertEquals("idempotency-key-reused", other.problem());
    var somebodyElse = Shop.shopper().withKey(keyed.headers().get(1)).post("/v1/orders", body);
    assertNotEquals(replay.text("/order_id"), somebodyElse.text("/order_id"));
  }

  @Test
  void whoLosesTheRaceForAKeyGetsTheOrderWhateverItRanInto() throws Exception {
    NEIGHBOURS.upset("GET products", SLOW_AND_GONE);
    var keyed = shopper.withKey("race-" + UUID.randomUUID());
    var body = order(1);
    try (var slow = Executors.newVirtualThreadPerTaskExecutor()) {
      var loser = slow.submit(() -> keyed.post("/v1/orders", body));
      await().until(() -> NEIGHBOURS.troubles("GET products") == 0);
      var winner = keyed.post("/v1/orders", body);

      assertEquals("", winner.header("Idempotent-Replayed"), winner::toString);
      assertEquals(201, loser.get().status(), loser.get()::toString);
      assertEquals("true", loser.get().header("Idempotent-Replayed"));
      assertEquals(winner.text("/order_id"), loser.get().text("/order_id"));
    }
  }

  @Test
  void whoeverDoesNotOwnAnOrderFindsNone() {
    var id = shopper.post("/v1/orders", order(1)).text("/order_id");
    var stranger = Shop.shopper();

    assertEquals(404, stranger.get("/v1/orders/" + id).status());
    assertEquals(404, stranger.post("/v1/orders/" + id + "/cancel", "").status());
    assertEquals(0, stranger.get("/v1/orders").at("/items").size());
    assertEquals(403, stranger.get("/v1/admin/orders").status());
    assertEquals(401, Shop.SERVICE.anonymous().get("/v1/orders/" + id).status());
    assertEquals(200, Shop.SERVICE.user("support").get("/v1/orders/" + id).status());
  }

  @Test
  void anAccountThatUserServiceDoesNotKnowOrHasDeactivatedOrdersNothing() {
    var unknown = UUID.randomUUID();
    Shop.USERS.forget(unknown);
    assertEquals(403, Shop.SERVICE.user(unknown, "shopper").post("/v1/orders", order(1)).status());
    var inactive = UUID.randomUUID();
    Shop.USERS.deactivate(inactive);
    assertEquals(403, Shop.SERVICE.user(inactive, "shopper").post("/v1/orders", order(1)).status());
  }

  @Test
  void whatUserServiceAnswersIsNoOutage() {
    var revoked = UUID.randomUUID();
    Shop.USERS.refuse(revoked, Status.UNAUTHENTICATED);
    int before = Shop.USERS.calls();
    var unauthenticated = Shop.SERVICE.user(revoked, "shopper").post("/v1/orders", order(1));
    assertEquals(401, unauthenticated.status(), unauthenticated::toString);
    assertEquals(1, Shop.USERS.calls() - before, "a no is not asked for twice");

    var stranger = UUID.randomUUID();
    Shop.USERS.refuse(stranger, Status.PERMISSION_DENIED);
    var forbidden = Shop.SERVICE.user(stranger, "shopper").post("/v1/orders", order(1));
    assertEquals(403, forbidden.status(), forbidden::toString);

    before = Shop.USERS.calls();
    for (int i = 0; i < 40; i++) {
      Shop.SERVICE.user(stranger, "shopper").post("/v1/orders", order(1));
    }
    assertEquals(40, Shop.USERS.calls() - before, "no breaker counts it");

    var unlucky = UUID.randomUUID();
    Shop.USERS.refuse(unlucky, Status.UNAVAILABLE);
    var alone = Shop.SERVICE.user(unlucky, "shopper").post("/v1/orders", order(1));
    assertEquals(201, alone.status(), "while user-service is away, the token counts alone");
  }

  @Test
  void whoKeepsStockFromOthersWithoutPayingHasToWait() {
    var hoarder = Shop.shopper();
    for (int i = 0; i < MOST_UNPAID; i++) {
      NEIGHBOURS.upset("PUT charge", DECLINED);
      assertEquals("cancelled", hoarder.post("/v1/orders", order(1)).text("/status"));
    }
    var refused = hoarder.post("/v1/orders", order(1));
    assertEquals(429, refused.status(), refused::toString);
    assertEquals("rate-limited", refused.problem());
    assertEquals("300", refused.header("Retry-After"));
    var attempts = hoarder.get("/v1/orders?status=cancelled&limit=100");
    assertEquals(MOST_UNPAID, attempts.at("/items").size());
    assertEquals(201, Shop.shopper().post("/v1/orders", order(1)).status(), "somebody else");
  }

  @Test
  void theBoundOnUnpaidOrdersHoldsForThoseThatArePlacedAtOnce() throws Exception {
    var hoarder = Shop.shopper();
    int attempts = MOST_UNPAID + 30;
    NEIGHBOURS.upset("PUT charge", Collections.nCopies(attempts, DECLINED).toArray(Trouble[]::new));
    try (var tabs = Executors.newVirtualThreadPerTaskExecutor()) {
      var answers =
          tabs.invokeAll(
              Collections.<java.util.concurrent.Callable<Http.Answer>>nCopies(
                  attempts, () -> onceThereIsRoom(hoarder)));
      var statuses = new ArrayList<Integer>();
      for (var answer : answers) {
        statuses.add(answer.get().status());
      }
      assertEquals(MOST_UNPAID, Collections.frequency(statuses, 201), statuses::toString);
      assertTrue(statuses.contains(429), statuses::toString);
    } finally {
      NEIGHBOURS.calm("PUT charge");
    }
  }

  /**
   * A slow machine may have no connection in time for each of so many at once. The order may have
   * been placed all the same, so that it is asked for again with its key.
   */
  private static Http.Answer onceThereIsRoom(Http hoarder) {
    var again = hoarder.withKey(UUID.randomUUID().toString());
    var order = order(1);
    return await()
        .atMost(Duration.ofMinutes(1))
        .until(() -> again.post("/v1/orders", order), answer -> answer.status() != 503);
  }

  @Test
  void theHistoryIsFilteredAndPaged() {
    for (int i = 0; i < 5; i++) {
      shopper.post("/v1/orders", order(1));
    }
    var off = shopper.post("/v1/orders", order(1)).text("/order_id");
    shopper.post("/v1/orders/" + off + "/cancel", "");

    assertEquals(1, shopper.get("/v1/orders?status=cancelled").at("/items").size());
    assertEquals(0, shopper.get("/v1/orders?created_to=2000-01-01T00:00:00Z").at("/items").size());
    var seen = new java.util.LinkedHashSet<String>();
    var cursor = "";
    do {
      var page = shopper.get("/v1/orders?limit=2&cursor=" + cursor);
      page.at("/items").forEach(item -> seen.add(item.at("/order_id").asText()));
      cursor = page.text("/next");
      assertEquals(!cursor.isEmpty(), page.header("Link").contains("rel=\"next\""));
    } while (!cursor.isEmpty());
    assertEquals(6, seen.size());
    assertEquals(
        seen.stream().sorted(java.util.Comparator.reverseOrder()).toList(), List.copyOf(seen));
  }

  @Test
  void anOrderThatHasNotChangedIsNotSentAgain() {
    var id = shopper.post("/v1/orders", order(1)).text("/order_id");
    var first = shopper.get("/v1/orders/" + id);
    var second = shopper.with("If-None-Match", first.header("ETag")).get("/v1/orders/" + id);

    assertEquals(304, second.status());
    assertTrue(second.body().isEmpty());
  }
}
