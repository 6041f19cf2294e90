package emporion.payment.charges;

import static emporion.payment.Till.charge;
import static emporion.payment.Till.key;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import emporion.chassis.testkit.Http.Answer;
import emporion.payment.Till;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.Executors;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** A key is charged once and never after it was voided, whatever is repeated, lost or overtaken. */
class ChargeTest {
  private final Till till = new Till();

  @TestFactory
  Stream<DynamicTest> cardsThatWork() {
    return Stream.of("visa", "mastercard", "amex")
        .map(
            brand ->
                DynamicTest.dynamicTest(
                    brand,
                    () -> {
                      var key = key();
                      var answer = till.put(key, charge("tok_" + brand));
                      assertEquals(201, answer.status(), answer::toString);
                      assertEquals("captured", answer.text("/status"));
                      assertEquals(key, answer.text("/key"));
                      assertEquals(brand, answer.text("/card"));
                      assertEquals("1000-0", till.held(key));
                      assertEquals(
                          List.of("payment_captured"), till.events(answer.text("/payment_id")));
                    }));
  }

  @TestFactory
  Stream<DynamicTest> cardsThatAreDeclined() {
    return Stream.of("visa_declined=card_declined", "insufficient_funds", "expired_card")
        .map(
            scripted ->
                DynamicTest.dynamicTest(
                    scripted,
                    () -> {
                      var token = "tok_" + scripted.replaceAll("=.*", "");
                      var reason = scripted.replaceAll(".*=", "");
                      var key = key();
                      var charge = charge(token);
                      assertDeclined(reason, till.put(key, charge));
                      var again = till.put(key, charge);
                      assertDeclined(reason, again);
                      assertEquals("true", again.header("Idempotent-Replayed"));
                      assertEquals("declined", till.status(key));
                      assertEquals(200, till.undo(key).status());
                    }));
  }

  private static void assertDeclined(String reason, Answer answer) {
    assertEquals(402, answer.status(), answer::toString);
    assertEquals("payment-declined", answer.problem());
    assertEquals(reason, answer.text("/reason"));
    assertFalse(answer.text("/trace_id").isEmpty());
  }

  @Test
  void theSameRequestIsAnsweredAlikeAndChargedOnce() {
    var key = key();
    var charge = charge("tok_visa");
    var first = till.put(key, charge);
    var second = till.put(key, charge);
    assertEquals(201, second.status());
    assertEquals(first.body(), second.body());
    assertEquals("true", second.header("Idempotent-Replayed"));
    assertEquals("", first.header("Idempotent-Replayed"));
    assertEquals(List.of("payment_captured"), till.events(first.text("/payment_id")));
  }

  @Test
  void anotherRequestWithTheSameKeyIsRefused() {
    var key = key();
    till.put(key, charge("tok_visa"));
    var other = till.put(key, charge("tok_visa"));
    assertEquals(422, other.status());
    assertEquals("idempotency-key-reused", other.problem());
  }

  @Test
  void manyAtOnceAreOneCharge() {
    var key = key();
    var charge = charge("tok_visa");
    var answers = Till.atOnce(16, () -> till.put(key, charge));
    assertEquals(Set.of(201), answers.stream().map(Answer::status).collect(Collectors.toSet()));
    assertEquals(1, answers.stream().map(a -> a.text("/payment_id")).distinct().count());
    assertEquals(List.of("payment_captured"), till.events(answers.getFirst().text("/payment_id")));
  }

  @Test
  void aVoidGivesBackAllAndRefusesTheKeyForEver() {
    var key = key();
    var charge = charge("tok_visa");
    var payment = till.put(key, charge).text("/payment_id");
    for (int i = 0; i < 2; i++) {
      var undone = till.undo(key);
      assertEquals(200, undone.status(), undone::toString);
      assertEquals("voided", undone.text("/status"));
    }
    assertEquals("1000-1000", till.held(key));
    assertVoided(till.put(key, charge));
    assertEquals(List.of("payment_captured", "payment_voided"), till.events(payment));
  }

  @Test
  void aVoidAfterAPartialRefundGivesBackTheRest() {
    var key = key();
    var payment = till.put(key, charge("tok_visa")).text("/payment_id");
    assertEquals(201, till.refund(payment, "{\"amount\":300}").status());
    assertEquals(200, till.undo(key).status());
    assertEquals("1000-1000", till.held(key));
    assertEquals("1000", till.admin.get("/v1/payments/" + payment).text("/refunded/amount"));
    var told =
        Till.column(
            "select data from outbox where type = 'payment_voided' and aggregate_id = '"
                + payment
                + "'");
    assertTrue(told.getFirst().contains("\"given_back\":{\"amount\":700,"), told::toString);
  }

  @Test
  void aVoidThatComesFirstLeavesATombstone() {
    var key = key();
    assertEquals("voided", till.undo(key).text("/status"));
    assertEquals("voided", till.undo(key).text("/status"));
    assertEquals("voided", till.status(key));
    assertVoided(till.put(key, charge("tok_visa")));
    assertEquals("", till.held(key));
  }

  @Test
  void aVoidAndAChargeAtOnceNeverLeaveMoneyBehind() {
    for (int round = 0; round < 20; round++) {
      var key = key();
      var charge = charge("tok_visa");
      try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
        threads.execute(() -> till.put(key, charge));
        threads.execute(() -> till.undo(key));
      }
      assertEquals("voided", till.status(key));
      assertTrue(Set.of("", "0-0", "1000-1000").contains(till.held(key)), till.held(key));
    }
  }

  @Test
  void aSlowCardIsChargedOnceHoweverOftenItIsAsked() {
    var key = key();
    var charge = charge("tok_slow");
    assertUnknown(till.put(key, charge));
    assertEquals("pending", till.status(key));
    await().until(() -> till.put(key, charge).status() == 201);
    assertEquals("captured", till.status(key));
    assertEquals("1000-0", till.held(key));
  }

  @Test
  void aVoidOvertakesASlowCharge() {
    var key = key();
    var charge = charge("tok_slow");
    assertUnknown(till.put(key, charge));
    assertEquals(200, till.undo(key).status());
    assertVoided(till.put(key, charge));
    await().pollDelay(java.time.Duration.ofMillis(1_200)).until(() -> true);
    assertEquals("0-0", till.held(key));
    assertEquals("voided", till.status(key));
  }

  @Test
  void aLostAnswerIsFoundByRepeating() {
    var key = key();
    var charge = charge("tok_lost_answer");
    assertUnknown(till.put(key, charge));
    var again = till.put(key, charge);
    assertEquals(201, again.status(), again::toString);
    assertEquals("1000-0", till.held(key));
    assertEquals(List.of("payment_captured"), till.events(again.text("/payment_id")));
  }

  @Test
  void aLostAnswerIsVoidedByKey() {
    var key = key();
    assertUnknown(till.put(key, charge("tok_lost_answer")));
    assertEquals("1000-0", till.held(key));
    assertEquals(200, till.undo(key).status());
    assertEquals("1000-1000", till.held(key));
    assertEquals("voided", till.status(key));
  }

  @Test
  void aTimeOutChargesNothing() {
    var key = key();
    var charge = charge("tok_timeout");
    assertUnknown(till.put(key, charge));
    assertUnknown(till.put(key, charge));
    assertEquals("", till.held(key));
    assertEquals(200, till.undo(key).status());
    assertVoided(till.put(key, charge));
  }

  @Test
  void aVoidThatTheNetworkDoesNotConfirmIsToBeRepeated() {
    var key = key();
    till.put(key, charge("tok_refund_fails"));
    for (int i = 0; i < 2; i++) {
      var undone = till.undo(key);
      assertEquals(503, undone.status());
      assertFalse(undone.header("Retry-After").isEmpty());
      assertEquals("captured", till.status(key));
    }
    assertEquals(200, till.undo(key).status());
    assertEquals("1000-1000", till.held(key));
  }

  @Test
  void onlyServicesCharge() {
    for (var http : List.of(till.admin, till.service.user("shopper"))) {
      assertEquals(403, http.put("/v1/charges/" + key(), charge("tok_visa")).status());
      assertEquals(403, http.delete("/v1/charges/" + key()).status());
      assertEquals(403, http.get("/v1/charges/" + key()).status());
    }
    var anonymous = till.service.anonymous();
    assertEquals(401, anonymous.put("/v1/charges/" + key(), charge("tok_visa")).status());
    assertEquals(404, till.orders.get("/v1/charges/" + key()).status());
  }

  @Test
  void shoppersSeeTheirOwnPayments() {
    var user = UUID.randomUUID();
    var order = UUID.randomUUID();
    var mine = till.put(key(), charge(order, user, "tok_visa")).text("/payment_id");
    till.put(key(), charge(UUID.randomUUID(), user, "tok_visa_declined"));
    var theirs = till.captured("tok_visa");
    var shopper = till.service.user(user, "shopper");

    var list = shopper.get("/v1/payments");
    assertEquals(2, list.at("/items").size(), list::toString);
    assertEquals("card_declined", list.text("/items/0/reason"));
    var one = shopper.get("/v1/payments?order_id=" + order);
    assertEquals(1, one.at("/items").size());
    assertEquals(mine, one.text("/items/0/id"));
    assertEquals("1000", one.text("/items/0/amount/amount"));
    assertEquals("0", one.text("/items/0/refunded/amount"));
    assertEquals(200, shopper.get("/v1/payments/" + mine).status());
    assertEquals(404, shopper.get("/v1/payments/" + theirs).status());
    assertEquals(404, shopper.get("/v1/payments/" + theirs + "/refunds").status());
    assertEquals(404, shopper.get("/v1/payments/" + UUID.randomUUID()).status());
    assertEquals(401, till.service.anonymous().get("/v1/payments").status());
    for (var role : List.of("admin", "support")) {
      assertEquals(200, till.service.user(role).get("/v1/payments/" + theirs).status());
    }
  }

  @Test
  void aListIsReadPageByPage() {
    var user = UUID.randomUUID();
    for (int i = 0; i < 3; i++) {
      till.put(key(), charge(UUID.randomUUID(), user, "tok_visa"));
    }
    var shopper = till.service.user(user, "shopper");
    var first = shopper.get("/v1/payments?limit=2");
    assertEquals(2, first.at("/items").size());
    assertTrue(first.header("Link").contains("rel=\"next\""));
    var second = shopper.get("/v1/payments?limit=2&cursor=" + first.text("/next"));
    assertEquals(1, second.at("/items").size());
    assertTrue(second.at("/next").isMissingNode());
  }

  @Test
  void anUnchangedPaymentIsNotSentAgain() {
    var path = "/v1/payments/" + till.captured("tok_visa");
    var tag = till.admin.get(path).header("ETag");
    assertEquals(304, till.admin.with("If-None-Match", tag).get(path).status());
    assertEquals(201, till.admin.post(path + "/refunds", "{\"amount\":1}").status());
    assertEquals(200, till.admin.with("If-None-Match", tag).get(path).status());
  }

  @Test
  void moneyIsCounted() {
    var captured = figure("payments_total", "outcome=\"captured\"", "reason=\"none\"");
    var declined = figure("payments_total", "outcome=\"declined\"", "reason=\"expired_card\"");
    till.captured("tok_visa");
    till.put(key(), charge("tok_expired_card"));
    assertEquals(captured + 1, figure("payments_total", "outcome=\"captured\"", "reason=\"none\""));
    assertEquals(
        declined + 1, figure("payments_total", "outcome=\"declined\"", "reason=\"expired_card\""));
    assertTrue(figure("payment_revenue_total", "currency=\"EUR\"") > 0);
  }

  private double figure(String name, String... labels) {
    var metrics = till.service.management().get("/metrics").body();
    return metrics
        .lines()
        .filter(
            line ->
                line.startsWith(name + "{") && List.of(labels).stream().allMatch(line::contains))
        .mapToDouble(line -> Double.parseDouble(line.substring(line.lastIndexOf(' '))))
        .sum();
  }

  private static void assertUnknown(Answer answer) {
    assertEquals(504, answer.status(), answer::toString);
    assertEquals("charge-outcome-unknown", answer.problem());
  }

  private static void assertVoided(Answer answer) {
    assertEquals(409, answer.status(), answer::toString);
    assertEquals("voided", answer.problem());
  }
}
