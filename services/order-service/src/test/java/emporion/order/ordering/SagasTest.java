package emporion.order.ordering;

import static emporion.order.ordering.Neighbourhood.Trouble.NO_ANSWER;
import static emporion.order.ordering.Neighbourhood.Trouble.SLOW;
import static emporion.order.ordering.Shop.NEIGHBOURS;
import static emporion.order.ordering.Shop.order;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import emporion.chassis.data.Ids;
import emporion.chassis.messaging.Event;
import emporion.chassis.telemetry.Trace;
import emporion.contracts.Events;
import emporion.order.ordering.control.Refunds;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** What operators see of sagas, in both versions, and what goes on behind it. */
class SagasTest extends StuckSagas {
  @Test
  void aSagaIsShownWithAllThatItsWorkersKnow() {
    var id = stuckIn("charging");
    var saga = saga(id);

    assertEquals("\"saga-v1-1\"", saga.header("ETag"));
    assertEquals(1, saga.at("/version").asInt());
    assertFalse(saga.text("/last_error").isEmpty(), saga::toString);
    for (var time : List.of("next_attempt", "lease_until", "deadline", "opened_at")) {
      Instant.parse(saga.text("/" + time));
    }
    assertFalse(saga.at("/needs_operator").asBoolean());
    assertEquals(List.of("place", "reserve"), all(saga, "/timeline", "/step"));
    assertEquals(0, saga.at("/actions").size());
    assertFalse(saga.body().contains("tok_visa"), saga::toString);
  }

  @Test
  void sagasAreListedByStateAndFlagTheNewestFirst() {
    var done = shopper.post("/v1/orders", order(1)).text("/order_id");
    var stuck = stuckIn("confirming");

    assertTrue(ids("open=true&state=confirming&limit=100").contains(stuck));
    assertFalse(ids("open=false&limit=100").contains(stuck));
    assertTrue(ids("open=false&state=done&limit=100").contains(done));
    assertFalse(ids("needs_operator=true&limit=100").contains(stuck));
    failed(stuck, 9);
    act(stuck, "");
    await().until(() -> ids("needs_operator=true&limit=100").contains(stuck));

    var paged = new ArrayList<String>();
    var cursor = "";
    do {
      var page = admin.get("/v1/admin/sagas?limit=2&cursor=" + cursor);
      paged.addAll(all(page, "/items", "/order_id"));
      cursor = page.text("/next");
    } while (!cursor.isEmpty() && !cursor.equals("null"));
    var sorted = new ArrayList<>(paged);
    sorted.sort(Collections.reverseOrder());
    assertEquals(sorted, paged);
    assertTrue(paged.containsAll(List.of(done, stuck)));
  }

  @Test
  void whoWaitsForANeighbourIsDueOnceThatOneAnswersSomebodyAgain() {
    var id = stuckIn("charging");
    failed(id, 7);
    NEIGHBOURS.mend();
    // The JDK's client asks once more by itself.
    NEIGHBOURS.upset("PUT charge", NO_ANSWER, NO_ANSWER, NO_ANSWER);

    patiently()
        .until(
            () -> {
              shopper.post("/v1/orders", order(1));
              return saga(id).text("/state").equals("done");
            });
    assertEquals(
        List.of("place", "reserve", "charge", "confirm"), all(saga(id), "/timeline", "/step"));
  }

  private List<String> ids(String filter) {
    return all(admin.get("/v1/admin/sagas?" + filter), "/items", "/order_id");
  }

  private double metric(String name) {
    return Shop.SERVICE
        .management()
        .get("/metrics")
        .body()
        .lines()
        .filter(line -> line.startsWith(name))
        .mapToDouble(line -> Double.parseDouble(line.substring(line.lastIndexOf(' '))))
        .sum();
  }

  @Test
  void openSagasAndThoseThatNeedSomebodyAreMetrics() {
    var before = metric("sagas_needing_operator");
    var id = stuckIn("confirming");
    failed(id, 9);
    act(id, "");

    await().untilAsserted(() -> assertEquals(before + 1, metric("sagas_needing_operator")));
    var confirming = "{mp_scope=\"application\",state=\"confirming\"} ";
    assertTrue(metric("sagas_open" + confirming) >= 1);
    assertTrue(metric("sagas_needing_operator" + confirming) >= 1);
    assertTrue(metric("saga_oldest_open_seconds" + confirming) > 0);
    NEIGHBOURS.mend();
    act(id, "");
    await().untilAsserted(() -> assertEquals(before, metric("sagas_needing_operator")));
    awaitState(id, "done");
    assertTrue(metric("orders_total") >= 1);
  }

  @TestFactory
  Stream<DynamicTest> queries() {
    return Stream.of(
            "state=lost", "state=DONE", "open=yes", "needs_operator=1", "limit=0", "cursor=x")
        .map(
            query ->
                DynamicTest.dynamicTest(
                    query,
                    () -> {
                      var answer = admin.get("/v1/admin/sagas?" + query);
                      assertEquals(400, answer.status(), answer::toString);
                      assertEquals("invalid-request", answer.problem());
                    }));
  }

  // --- version 2 -------------------------------------------------------------------------------

  @Test
  void aSagaHasTheNamesOfEachVersion() {
    var id = stuckIn("charging");
    var path = "/v2/admin/sagas/" + id;
    var seen = admin.get(path);
    assertEquals("\"saga-v2-1\"", seen.header("ETag"));
    assertTrue(seen.at("/attempts").asInt() > 0, seen::toString);
    Instant.parse(seen.text("/next_attempt_at"));
    assertTrue(seen.at("/cancellation").isMissingNode());

    var acted = admin.with("If-Match", seen.header("ETag")).post(path + "/resolve", CANCEL);
    assertEquals(200, acted.status(), acted::toString);
    assertEquals("cancelled_by_operator", acted.text("/cancellation/reason"));
    awaitState(id, "cancelled");
    var ended = admin.get(path);
    assertEquals("cancelled_by_operator", ended.text("/cancellation/reason"));
    assertTrue(ended.at("/next_attempt_at").isMissingNode());
    var action = ended.at("/actions/0");
    Instant.parse(action.at("/acted_at").asText());
    assertEquals(36, action.at("/operator/id").asText().length());
    assertFalse(action.at("/operator/name").asText().isEmpty());
    assertEquals("cancel", action.at("/action").asText());
    assertEquals("The bank is down", action.at("/note").asText());
    assertEquals(1, action.at("/version/before").asInt());
    assertEquals(2, action.at("/version/after").asInt());
    assertEquals("charging", action.at("/state/before").asText());
    assertEquals("comp_pay", action.at("/state/after").asText());

    var listed = admin.get("/v2/admin/sagas?state=cancelled&open=false&limit=100");
    assertTrue(all(listed, "/items", "/order_id").contains(id));
    assertTrue(listed.at("/items/0/actions").isMissingNode());
    var first = saga(id);
    assertEquals("cancelled_by_operator", first.text("/reason"));
    assertEquals(action.at("/operator/id"), first.at("/actions/0/operator_id"));
    assertEquals(first.at("/timeline"), ended.at("/timeline"));
  }

  @Test
  void aKeyOfAnActionHoldsForOneVersion() {
    var id = stuckIn("confirming");
    failed(id, 3);
    var path = "/v2/admin/sagas/" + id;
    var keyed = admin.withKey("act-" + id);
    assertEquals(428, keyed.post(path + "/retry", null).status());
    var old = keyed.with("If-Match", saga(id).header("ETag"));
    assertEquals(412, old.post(path + "/retry", null).status());

    var seen = keyed.with("If-Match", admin.get(path).header("ETag"));
    var retried = seen.post(path + "/retry", null);
    assertEquals(200, retried.status(), retried::toString);
    var again = seen.post(path + "/retry", null);
    assertEquals("true", again.header("Idempotent-Replayed"), again::toString);
    assertEquals(retried.body(), again.body());
    var other = seen.post("/v1/admin/sagas/" + id + "/retry", null);
    assertEquals(422, other.status(), other::toString);
    assertEquals("idempotency-key-reused", other.problem());
    assertEquals(1, admin.get(path).at("/actions").size());
  }

  @TestFactory
  Stream<DynamicTest> theRestOfHttp() {
    return Stream.of("v1", "v2")
        .map(version -> DynamicTest.dynamicTest(version, () -> http(version)));
  }

  private void http(String version) {
    var all = "/" + version + "/admin/sagas";
    var one = all + "/" + shopper.post("/v1/orders", order(1)).text("/order_id");
    assertEquals(200, admin.send("HEAD", all, null).status());
    var head = admin.send("HEAD", one, null);
    assertEquals(version.equals("v1"), !head.header("Deprecation").isEmpty());
    assertEquals(admin.get(one).header("ETag"), head.header("ETag"));
    assertEquals("", head.body());
    assertEquals(200, admin.with("If-None-Match", head.header("ETag")).get(one).status());
    var page = admin.get(all + "?limit=1");
    assertEquals(
        page.text("/next").isEmpty(),
        page.response().headers().allValues("Link").stream()
            .noneMatch(link -> link.endsWith("rel=\"next\"")));
    for (var stranger : List.of(shopper, Shop.SERVICE.user("support"))) {
      assertEquals(403, stranger.get(all).status());
      assertEquals(403, stranger.get(one).status());
      assertEquals(403, stranger.post(one + "/retry", null).status());
    }
    assertEquals(401, Shop.SERVICE.anonymous().get(all).status());
  }

  // --- the machinery behind it -----------------------------------------------------------------

  @Test
  void aRefundDisturbsNobodyWhoWorksOnTheOrder() {
    var id = stuckIn("confirming");
    var saga = saga(id).header("ETag");
    var order = shopper.get("/v1/orders/" + id).header("ETag");
    var refund = Events.example("payment_refunded").put("order_id", id);
    refund.withObject("/amount").put("amount", 10);
    for (int i = 0; i < 2; i++) {
      refund.withObject("/refunded_total").put("amount", 10 * (i + 1));
      var data = refund.toString();
      var event =
          new Event(Ids.next(), "payment_refunded", id, i, Instant.now(), Trace.begun(), data);
      Shop.SERVICE.bean(Refunds.class).on(event);
      Shop.SERVICE.bean(Refunds.class).on(event);
    }

    var refunded = shopper.get("/v1/orders/" + id);
    assertEquals(20, refunded.at("/refunded/amount").asInt());
    assertEquals(2, Collections.frequency(all(refunded, "/timeline", "/step"), "refund"));
    assertNotEquals(order, refunded.header("ETag"));
    assertEquals(saga, saga(id).header("ETag"));
  }

  @Test
  void whatWentBackCountsOnceWhoeverTellsItAndWhen() {
    var id = shopper.post("/v1/orders", order(1)).text("/order_id");
    paidBack("payment_refunded", id, 1, 300, 300);
    shopper.post("/v1/orders/" + id + "/cancel", "");
    var cancelled = shopper.get("/v1/orders/" + id);
    assertEquals(1_250, cancelled.at("/refunded/amount").asInt(), cancelled::toString);
    assertEquals(1_250, Shop.event("order_cancelled", id).at("/refunded/amount").asInt());

    paidBack("payment_voided", id, 3, 950, 1_250);
    assertEquals(cancelled.header("ETag"), shopper.get("/v1/orders/" + id).header("ETag"));
    paidBack("payment_refunded", id, 2, 200, 500);
    var late = shopper.get("/v1/orders/" + id);
    assertEquals(1_250, late.at("/refunded/amount").asInt(), late::toString);
    assertEquals(2, Collections.frequency(all(late, "/timeline", "/step"), "refund"));
    var refund = late.at("/timeline/4");
    assertEquals("3.00 EUR: A scratch", refund.at("/detail").asText(), late::toString);
    assertTrue(refund.at("/by").isTextual(), late::toString);
  }

  @Test
  void aVoidThatNoSagaAskedForIsToldToo() {
    var id = shopper.post("/v1/orders", order(1)).text("/order_id");
    paidBack("payment_voided", id, 2, 1_250, 1_250);
    var order = shopper.get("/v1/orders/" + id);
    assertEquals(1_250, order.at("/refunded/amount").asInt(), order::toString);
    assertEquals("void", order.text("/timeline/4/step"), order::toString);
  }

  private static void paidBack(String type, String orderId, int version, int part, int all) {
    var data = Events.example(type).put("order_id", orderId);
    data.withObject(type.equals("payment_voided") ? "/given_back" : "/amount").put("amount", part);
    data.withObject("/refunded_total").put("amount", all);
    Shop.SERVICE
        .bean(Refunds.class)
        .on(
            new Event(
                Ids.next(), type, orderId, version, Instant.now(), Trace.begun(), data.toString()));
  }

  @Test
  void ofTwoWorkersOfWhomOneIsSlowEachStepCountsOnce() {
    NEIGHBOURS.upset("PUT reserve", SLOW, SLOW);
    var keyed = shopper.withKey("slow-" + UUID.randomUUID());
    var body = order(1);
    Thread.startVirtualThread(() -> keyed.post("/v1/orders", body));
    await().until(() -> NEIGHBOURS.troubles("PUT reserve") == 1);
    var id = shopper.get("/v1/orders").text("/items/0/order_id");
    Shop.sql(
        "update saga set lease_until = current_timestamp - interval '1' second where order_id = '%s'"
            .formatted(id));

    var placed = keyed.post("/v1/orders", body);
    assertEquals("confirmed", placed.text("/status"), placed::toString);
    assertEquals(0, NEIGHBOURS.troubles("PUT reserve"), "the second worker has come");
    assertEquals(
        List.of("place", "reserve", "charge", "confirm"),
        all(shopper.get("/v1/orders/" + id), "/timeline", "/step"));
  }
}
