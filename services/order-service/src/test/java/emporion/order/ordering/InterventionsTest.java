package emporion.order.ordering;

import static emporion.order.ordering.Shop.NEIGHBOURS;
import static emporion.order.ordering.Shop.order;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import emporion.order.ordering.control.Interventions;
import emporion.order.ordering.control.Interventions.Operator;
import emporion.order.ordering.entity.OperatorAction;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** What operators may do with sagas that can't go on by themselves, and what they may not. */
class InterventionsTest extends StuckSagas {
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
    Callable<Boolean> action =
        () -> interventions.act(seen, OperatorAction.RETRY, null, new Operator("id", "name"));
    var acted = new ArrayList<Boolean>();
    try (var operators = Executors.newVirtualThreadPerTaskExecutor()) {
      for (var one : operators.invokeAll(Collections.nCopies(16, action))) {
        acted.add(one.get());
      }
    }
    assertEquals(1, Collections.frequency(acted, true), acted::toString);
    assertEquals(1, saga(id).at("/actions").size());
  }

  @Test
  void aRetryOfWhatIsDueAlreadyChangesNothing() {
    var id = stuckIn("confirming");
    failed(id, 3);
    Shop.sql(
        "update saga set next_attempt = current_timestamp - interval '1' second,"
            + " lease_until = current_timestamp + interval '60' second where order_id = '%s'"
                .formatted(id));
    var before = saga(id);
    for (int i = 0; i < 2; i++) {
      var again = act(id, before.header("ETag"), "");
      assertEquals(200, again.status(), again::toString);
      assertEquals(before.header("ETag"), again.header("ETag"));
      assertEquals(before.body(), again.body());
    }
    assertEquals(412, act(id, "\"saga-v1-0\"", "").status());
  }

  @Test
  void theWordsOfOperatorsAreKeptInOneForm() {
    var id = stuckIn("charging");
    for (var bad : List.of("a\\u0007b", "a\u202Eb", "\uFE0F", "\uD83D\uDE00".repeat(501))) {
      var refused = act(id, CANCEL.replace("The bank is down", bad));
      assertEquals("/note", refused.text("/errors/0/pointer"), refused::toString);
    }
    var kept = "\uD83D\uDE00".repeat(490) + "\u00E9";
    var note = "\u00A0\u200B" + "\uD83D\uDE00".repeat(490) + "e\u0301\u3000";
    assertEquals(200, act(id, CANCEL.replace("The bank is down", note)).status());
    assertEquals(kept, saga(id).text("/actions/0/note"));
  }

  @Test
  void aCardNumberInANoteIsNeitherKeptNorRepeated() {
    var id = shopper.post("/v1/orders", order(1)).text("/order_id");
    for (var number : List.of("4242424242424242", "4242 4242 4242 4242", "4242-4242-4242-4242")) {
      var action = CANCEL.replace("The bank is down", "His card is " + number);
      for (var version : List.of("v1", "v2")) {
        var refused =
            admin
                .with("If-Match", "*")
                .post("/" + version + "/admin/sagas/" + id + "/resolve", action);
        assertEquals(400, refused.status(), refused::toString);
        assertEquals("card-number-refused", refused.problem());
        assertEquals("/note", refused.text("/errors/0/pointer"), refused::toString);
        assertFalse(refused.body().contains(number), refused::toString);
      }
    }
    assertEquals(0, saga(id).at("/actions").size());
  }

  @Test
  void aRepeatedActionWithItsKeyIsTakenOnce() {
    var id = stuckIn("confirming");
    failed(id, 1);
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
    var test = new InterventionsTest();
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
            "{\"action\":\"compensated_by_hand\",\"note\":\"\u00A0\u200B\"}",
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
}
