package emporion.order.ordering;

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
import emporion.chassis.problem.Problem;
import emporion.chassis.testkit.Http;
import emporion.chassis.testkit.Http.Answer;
import emporion.contracts.Events;
import emporion.order.ordering.control.Interventions;
import emporion.order.ordering.control.Interventions.Operator;
import emporion.order.ordering.control.Refunds;
import emporion.order.ordering.entity.OperatorAction;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.awaitility.core.ConditionFactory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** What operators see of sagas that can't go on by themselves, and what they may do. */
class SagasTest {
  private static final String BY_HAND =
      "{\"action\":\"compensated_by_hand\",\"note\":\"Paid back by transfer 4711\"}";
  private static final String ACKNOWLEDGE = "{\"action\":\"acknowledge\"}";
  private static final String CANCEL = "{\"action\":\"cancel\",\"note\":\"The bank is down\"}";

  private final Http shopper = Shop.shopper();
  private final Http admin = Shop.SERVICE.user("admin");

  @AfterEach
  void mend() {
    NEIGHBOURS.mend();
  }

  // --- fixtures --------------------------------------------------------------------------------

  /** An order that comes no further than this state, and has failed there. */
  private String stuckIn(String state) {
    return switch (state) {
      case "reserving" -> stuck("PUT reserve", state, this::place);
      case "charging" -> stuck("PUT charge", state, this::place);
      case "confirming" -> stuck("POST commit", state, this::place);
      case "comp_pay" -> stuck("DELETE charge", state, this::placeAndCancel);
      case "comp_stock" -> stuck("POST return", state, this::placeAndCancel);
      default -> throw new IllegalArgumentException(state);
    };
  }

  private String stuck(String call, String state, Runnable way) {
    NEIGHBOURS.breakDown(call);
    Thread.startVirtualThread(way);
    patiently().until(() -> !shopper.get("/v1/orders").at("/items/0/order_id").isMissingNode());
    var id = shopper.get("/v1/orders").text("/items/0/order_id");
    patiently().until(() -> saga(id).text("/state").equals(state) && attempt(id) > 0);
    return id;
  }

  /** The trouble of earlier tests may have opened a circuit breaker, and pauses grow. */
  private static ConditionFactory patiently() {
    return await().atMost(Duration.ofSeconds(50));
  }

  private void place() {
    shopper.post("/v1/orders", order(1));
  }

  private void placeAndCancel() {
    var id = shopper.post("/v1/orders", order(1)).text("/order_id");
    shopper.post("/v1/orders/" + id + "/cancel", "");
  }

  private Answer saga(String id) {
    return admin.get("/v1/admin/sagas/" + id);
  }

  private int attempt(String id) {
    return saga(id).at("/attempt").asInt();
  }

  /** Has failed so often; the next attempt is due in a minute, and no earlier one is under way. */
  private void failed(String id, int attempts) {
    var change =
        "update saga set attempt = %d, next_attempt = current_timestamp + interval '60' second"
                .formatted(attempts)
            + " where order_id = '%s' and lease_until <= current_timestamp".formatted(id);
    patiently().until(() -> Shop.sql(change) == 1);
  }

  private Answer act(String id, String tag, String action) {
    var seen = admin.with("If-Match", tag);
    return action.isEmpty()
        ? seen.post("/v1/admin/sagas/" + id + "/retry", null)
        : seen.post("/v1/admin/sagas/" + id + "/resolve", action);
  }

  /** Acts on the saga as it is now. */
  private Answer act(String id, String action) {
    return act(id, saga(id).header("ETag"), action);
  }

  private static List<String> all(Answer answer, String list, String field) {
    return StreamSupport.stream(answer.at(list).spliterator(), false)
        .map(entry -> entry.at(field).asText())
        .toList();
  }

  private void awaitState(String id, String state) {
    await()
        .atMost(Duration.ofSeconds(20))
        .untilAsserted(() -> assertEquals(state, saga(id).text("/state")));
  }

  private double metric(String name) {
    return Shop.SERVICE
        .management()
        .get("/metrics")
        .body()
        .lines()
        .filter(line -> line.startsWith(name + "{") || line.startsWith(name + " "))
        .mapToDouble(line -> Double.parseDouble(line.substring(line.lastIndexOf(' '))))
        .findFirst()
        .orElse(0);
  }

  // --- reading ---------------------------------------------------------------------------------

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

  private List<String> ids(String filter) {
    return all(admin.get("/v1/admin/sagas?" + filter), "/items", "/order_id");
  }

  @Test
  void openSagasAndThoseThatNeedSomebodyAreMetrics() {
    var before = metric("sagas_needing_operator");
    var id = stuckIn("confirming");
    failed(id, 9);
    act(id, "");

    await().untilAsserted(() -> assertEquals(before + 1, metric("sagas_needing_operator")));
    assertTrue(metric("sagas_open") >= 1);
    assertTrue(metric("saga_oldest_open_seconds") > 0);
    NEIGHBOURS.mend();
    act(id, "");
    await().untilAsserted(() -> assertEquals(before, metric("sagas_needing_operator")));
    awaitState(id, "done");
    assertTrue(metric("orders_total") >= 1);
  }

  // --- acting ----------------------------------------------------------------------------------

  @Test
  void aRetryIsDueAtOnceAndTheAttemptsGoOn() {
    var id = stuckIn("confirming");
    failed(id, 7);

    var retried = act(id, "");
    assertEquals(200, retried.status(), retried::toString);
    var attempts = retried.at("/attempt").asInt();
    assertTrue(attempts == 7 || attempts == 8, "the next one may have failed already");
    await().until(() -> attempt(id) == 8);
    NEIGHBOURS.mend();
    failed(id, 8);
    act(id, "");
    awaitState(id, "done");
    assertEquals(
        List.of("place", "reserve", "charge", "retry", "retry", "confirm"),
        all(saga(id), "/timeline", "/step"));
    assertEquals(List.of("retry", "retry"), all(saga(id), "/actions", "/action"));
    assertEquals("confirmed", shopper.get("/v1/orders/" + id).text("/status"));
  }

  @Test
  void anAcknowledgementSilencesTheFlagForTenMoreAttempts() {
    var id = stuckIn("comp_pay");
    failed(id, 9);
    act(id, "");
    await().until(() -> saga(id).at("/needs_operator").asBoolean());

    var acknowledged = act(id, ACKNOWLEDGE);
    assertEquals(200, acknowledged.status(), acknowledged::toString);
    assertFalse(acknowledged.at("/needs_operator").asBoolean());
    act(id, "");
    await().until(() -> attempt(id) == 11);
    assertFalse(saga(id).at("/needs_operator").asBoolean());
    failed(id, 19);
    act(id, "");
    await().until(() -> attempt(id) == 20);
    assertTrue(saga(id).at("/needs_operator").asBoolean());

    NEIGHBOURS.breakDown("POST return");
    NEIGHBOURS.mend("DELETE charge");
    act(id, "");
    awaitState(id, "comp_stock");
    assertFalse(saga(id).at("/needs_operator").asBoolean(), "it did what it could not do");
  }

  @Test
  void anOrderIsCalledOffBeforeItIsPaidAndWhatMayHaveBeenChargedIsUndone() {
    var id = stuckIn("charging");
    var seen = saga(id);

    var cancelled = act(id, seen.header("ETag"), CANCEL);
    assertEquals(200, cancelled.status(), cancelled::toString);
    assertEquals("cancelled_by_operator", cancelled.text("/reason"));
    awaitState(id, "cancelled");
    var calls = NEIGHBOURS.callsFor(id);
    assertEquals(
        List.of("DELETE charge", "DELETE reserve"), calls.subList(calls.size() - 2, calls.size()));
    var action = saga(id).at("/actions/0");
    assertEquals("cancel", action.at("/action").asText());
    assertEquals("The bank is down", action.at("/note").asText());
    assertEquals(1, action.at("/version_before").asInt());
    assertEquals(2, action.at("/version_after").asInt());
    assertEquals("charging", action.at("/state_before").asText());
    assertEquals("comp_pay", action.at("/state_after").asText());
    assertEquals(36, action.at("/operator_id").asText().length());
    Instant.parse(action.at("/at").asText());
    var order = shopper.get("/v1/orders/" + id);
    assertEquals("cancelled_by_operator", order.text("/reason"));
    assertFalse(order.body().contains("The bank is down"), "the note is the operators' own");
  }

  @Test
  void whatAnOperatorVouchesForIsNotAskedForAgain() {
    var id = stuckIn("comp_pay");
    failed(id, 10);
    int voids = Collections.frequency(NEIGHBOURS.callsFor(id), "DELETE charge");

    var resolved = act(id, BY_HAND);
    assertEquals(200, resolved.status(), resolved::toString);
    awaitState(id, "cancelled");
    var calls = NEIGHBOURS.callsFor(id);
    assertEquals(voids, Collections.frequency(calls, "DELETE charge"));
    assertEquals("POST return", calls.getLast());
    var last = saga(id);
    assertTrue(all(last, "/timeline", "/outcome").contains("by_hand"), last::toString);
    assertEquals("Paid back by transfer 4711", last.text("/actions/0/note"));
  }

  @Test
  void aReturnThatWasDoneByHandEndsTheOrder() {
    var id = stuckIn("comp_stock");
    failed(id, 10);

    var resolved = act(id, BY_HAND);
    assertEquals(200, resolved.status(), resolved::toString);
    assertEquals("cancelled", resolved.text("/state"));
    assertEquals("cancelled", shopper.get("/v1/orders/" + id).text("/status"));
  }

  /** Behind the boundary, where no reading before the change tells the later ones. */
  @Test
  void ofManyOperatorsWhoSawTheSameOneActs() throws Exception {
    var id = stuckIn("confirming");
    failed(id, 3);
    var interventions = Shop.SERVICE.bean(Interventions.class);
    var seen = interventions.find(UUID.fromString(id)).orElseThrow();
    Callable<Integer> action =
        () -> {
          try {
            interventions.act(seen, OperatorAction.RETRY, null, new Operator("id", "name"));
            return 200;
          } catch (Problem refusal) {
            return refusal.status();
          }
        };
    var statuses = new ArrayList<Integer>();
    try (var operators = Executors.newVirtualThreadPerTaskExecutor()) {
      for (var status : operators.invokeAll(Collections.nCopies(16, action))) {
        statuses.add(status.get());
      }
    }
    assertEquals(1, Collections.frequency(statuses, 200), statuses::toString);
    assertEquals(15, Collections.frequency(statuses, 412), statuses::toString);
    assertEquals(1, saga(id).at("/actions").size());
  }

  @Test
  void aRepeatedActionWithItsKeyIsTakenOnce() {
    var id = stuckIn("confirming");
    var keyed = admin.withKey("act-" + id).with("If-Match", saga(id).header("ETag"));
    var path = "/v1/admin/sagas/" + id;

    assertEquals(200, keyed.post(path + "/retry", null).status());
    var again = keyed.post(path + "/retry", null);
    assertEquals(200, again.status(), again::toString);
    assertEquals("true", again.header("Idempotent-Replayed"));
    assertEquals(1, saga(id).at("/actions").size());
    var other = keyed.post(path + "/resolve", ACKNOWLEDGE);
    assertEquals(422, other.status(), other::toString);
  }

  // --- refusals --------------------------------------------------------------------------------

  private record Case(String state, int attempts, String action, String problem) {}

  @TestFactory
  Stream<DynamicTest> whatWouldBreakAnOrderIsRefused() {
    return Stream.of(
            new Case("reserving", 10, BY_HAND, "nothing-to-compensate"),
            new Case("charging", 10, BY_HAND, "nothing-to-compensate"),
            new Case("charging", 1, ACKNOWLEDGE, "nothing-to-acknowledge"),
            new Case("confirming", 10, BY_HAND, "nothing-to-compensate"),
            new Case("confirming", 10, CANCEL, "past-the-pivot"),
            new Case("comp_pay", 9, BY_HAND, "still-trying"),
            new Case("comp_pay", 10, CANCEL, "already-cancelled"),
            new Case("comp_stock", 9, BY_HAND, "still-trying"),
            new Case("comp_stock", 10, CANCEL, "already-cancelled"))
        .map(c -> DynamicTest.dynamicTest(c.state + " " + c.problem, () -> refused(c)));
  }

  private void refused(Case bad) {
    var test = new SagasTest();
    var id = test.stuckIn(bad.state);
    failed(id, bad.attempts);
    var before = saga(id);
    var answer = act(id, bad.action);

    assertEquals(409, answer.status(), answer::toString);
    assertEquals(bad.problem, answer.problem());
    assertEquals(before.text("/version"), saga(id).text("/version"));
    assertEquals(0, saga(id).at("/actions").size());
    NEIGHBOURS.mend();
  }

  @Test
  void whatHasEndedStaysAsItIs() {
    var id = shopper.post("/v1/orders", order(1)).text("/order_id");
    for (var action : List.of("", CANCEL, ACKNOWLEDGE, BY_HAND)) {
      var answer = act(id, action);
      assertEquals(409, answer.status(), answer::toString);
      assertEquals("saga-ended", answer.problem());
    }
  }

  @Test
  void whoHasNotSeenTheSagaChangesNothing() {
    var id = stuckIn("confirming");
    var path = "/v1/admin/sagas/" + id + "/retry";

    assertEquals(428, admin.post(path, null).status());
    assertEquals(412, admin.with("If-Match", "\"saga-v1-0\"").post(path, null).status());
    assertEquals(412, admin.with("If-Match", "\"v1-2\"").post(path, null).status());
    assertEquals(0, saga(id).at("/actions").size());
  }

  @TestFactory
  Stream<DynamicTest> bodies() {
    return Stream.of(
            "",
            "null",
            "[]",
            "{}",
            "{\"action\":null}",
            "{\"action\":\"\"}",
            "{\"action\":\"confirm\"}",
            "{\"action\":\"retry\"}",
            "{\"action\":\"CANCEL\"}",
            "{\"action\":\"compensated_by_hand\"}",
            "{\"action\":\"compensated_by_hand\",\"note\":\" \"}",
            "{\"action\":\"cancel\",\"note\":7}",
            "{\"action\":\"cancel\",\"state\":\"done\"}",
            "{\"action\":\"cancel\",\"note\":\"" + "x".repeat(501) + "\"}")
        .map(
            body ->
                DynamicTest.dynamicTest(
                    body.length() < 60 ? "<" + body + ">" : "a long note",
                    () -> {
                      var answer = act(UUID.randomUUID().toString(), "\"saga-v1-0\"", body + " ");
                      assertEquals(400, answer.status(), answer::toString);
                      assertEquals("invalid-request", answer.problem());
                    }));
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

  @Test
  void onlyAdministratorsComeIn() {
    var id = shopper.post("/v1/orders", order(1)).text("/order_id");
    var one = "/v1/admin/sagas/" + id;
    for (var stranger :
        List.of(shopper, Shop.SERVICE.user("support"), Shop.SERVICE.user("manager"))) {
      assertEquals(403, stranger.get("/v1/admin/sagas").status());
      assertEquals(403, stranger.get(one).status());
      assertEquals(403, stranger.post(one + "/retry", null).status());
      assertEquals(403, stranger.post(one + "/resolve", CANCEL).status());
    }
    var anonymous = Shop.SERVICE.anonymous();
    assertEquals(401, anonymous.get("/v1/admin/sagas").status());
    assertEquals(401, anonymous.post(one + "/resolve", CANCEL).status());
  }

  @Test
  void anUnknownSagaIsNotFound() {
    for (var id : List.of("1", "x", UUID.randomUUID().toString())) {
      assertEquals(404, saga(id).status());
      assertEquals(404, act(id, "\"saga-v1-0\"", "").status());
      assertEquals(404, act(id, "\"saga-v1-0\"", CANCEL).status());
    }
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
    var data = refund.toString();
    for (int i = 0; i < 2; i++) {
      var event = new Event(Ids.next(), "payment_refunded", id, i, Instant.now(), "", data);
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
