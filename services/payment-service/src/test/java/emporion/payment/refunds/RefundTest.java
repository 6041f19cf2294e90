package emporion.payment.refunds;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import emporion.chassis.testkit.Http.Answer;
import emporion.payment.Till;
import emporion.payment.charges.entity.Money;
import emporion.payment.refunds.control.RefundTransactions;
import emporion.payment.refunds.control.RefundTransactions.RefundRequest;
import emporion.payment.sandbox.SandboxNetwork;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** What is given back is never more than what was taken, and what was promised is given back. */
class RefundTest {
  private final Till till = new Till();

  @Test
  void partsAddUpToThePaymentAndNoFurther() {
    var payment = till.captured("tok_visa");
    var first = till.refund(payment, "{\"amount\":300,\"reason\":\"A scratch\"}");
    assertEquals(201, first.status(), first::toString);
    assertEquals("succeeded", first.text("/status"));
    assertEquals("300", first.text("/amount/amount"));
    assertEquals("A scratch", first.text("/reason"));
    assertEquals(payment, first.text("/payment_id"));
    assertEquals(201, till.refund(payment, "{\"amount\":600}").status());

    var tooMuch = till.refund(payment, "{\"amount\":101}");
    assertEquals(409, tooMuch.status());
    assertEquals("refund-exceeds-payment", tooMuch.problem());
    assertTrue(tooMuch.text("/detail").contains("At most 100 EUR"), tooMuch::toString);

    var rest = till.refund(payment, "{}");
    assertEquals("100", rest.text("/amount/amount"));
    var nothing = till.refund(payment, "{}");
    assertEquals("refund-exceeds-payment", nothing.problem());
    assertEquals("1000", refunded(payment));
    assertEquals(3, till.admin.get("/v1/payments/" + payment + "/refunds").at("/items").size());
    assertEquals(
        List.of("payment_captured", "payment_refunded", "payment_refunded", "payment_refunded"),
        till.events(payment));
  }

  /** Whose answer the network owes for too long is promised (202), and given back later. */
  @Test
  void parallelRefundsNeverExceedThePayment() {
    var payment = till.captured("tok_visa");
    var answers = Till.atOnce(16, () -> till.refund(payment, "{\"amount\":150}"));
    var promised = answers.stream().map(Answer::status).filter(List.of(201, 202)::contains);
    assertEquals(6, promised.count(), answers::toString);
    assertEquals(10, answers.stream().filter(a -> a.status() == 409).count(), answers::toString);
    await().untilAsserted(() -> assertEquals("900", refunded(payment)));
  }

  @Test
  void theSameKeyRefundsOnce() {
    var payment = till.captured("tok_visa");
    var admin = till.admin.withKey(UUID.randomUUID().toString());
    var path = "/v1/payments/" + payment + "/refunds";
    var first = admin.post(path, "{\"amount\":10}");
    var second = admin.post(path, "{\"amount\":10}");
    assertEquals(first.body(), second.body());
    assertEquals(201, second.status());
    assertEquals("true", second.header("Idempotent-Replayed"));
    assertEquals(422, admin.post(path, "{\"amount\":11}").status());
    assertEquals("10", refunded(payment));

    var atOnce = till.admin.withKey(UUID.randomUUID().toString());
    Till.atOnce(8, () -> atOnce.post(path, "{\"amount\":10}"));
    assertEquals("20", refunded(payment));
  }

  @Test
  void whatTheNetworkDoesNotConfirmIsAskedForAgain() {
    var payment = till.captured("tok_refund_fails");
    var promised = till.refund(payment, "{\"amount\":400}");
    assertEquals(202, promised.status(), promised::toString);
    assertEquals("pending", promised.text("/status"));
    assertEquals("0", refunded(payment));
    assertEquals("refund-exceeds-payment", till.refund(payment, "{\"amount\":601}").problem());
    await().until(() -> refunded(payment).equals("400"));
    assertEquals("succeeded", refunds(payment).text("/items/0/status"));
  }

  @Test
  void aRefundOutlivesFailedCommits() {
    var payment = till.captured("tok_refund_fails");
    till.failNextCommits(5);
    assertTrue(till.refund(payment, "{\"amount\":400}").status() >= 500);
    await().until(till::commitsAgain);
    await().until(() -> refunded(payment).equals("400"));
    assertEquals("succeeded", refunds(payment).text("/items/0/status"));
  }

  @Test
  void whatAVoidGaveBackStandsWithTheRefunds() {
    var key = Till.key();
    var payment = till.put(key, Till.charge("tok_visa")).text("/payment_id");
    till.refund(payment, "{\"amount\":300,\"reason\":\"A scratch\"}");
    var voided =
        till.orders.delete(
            "/v1/charges/" + key + "?reason=cancelled_by_customer&requested_by=ariadne");
    assertEquals("voided", voided.text("/status"));
    assertEquals("1000", voided.text("/refunded/amount"), voided::toString);

    var refunds = refunds(payment);
    assertEquals(2, refunds.at("/items").size(), refunds::toString);
    assertEquals("refund", refunds.text("/items/0/method"));
    assertEquals("A scratch", refunds.text("/items/0/reason"));
    assertEquals(36, refunds.text("/items/0/requested_by").length(), refunds::toString);
    assertEquals("void", refunds.text("/items/1/method"));
    assertEquals("700", refunds.text("/items/1/amount/amount"));
    assertEquals("cancelled_by_customer", refunds.text("/items/1/reason"));
    assertEquals("ariadne", refunds.text("/items/1/requested_by"));
    assertEquals("succeeded", refunds.text("/items/1/status"));
    assertAddsUp(payment, key);
    var v2 = till.admin.get("/v2/payments/" + payment + "/refunds");
    assertEquals("void", v2.text("/items/1/method"), v2::toString);

    assertEquals(200, till.undo(key).status());
    assertEquals("payment-not-captured", till.refund(payment, "{\"amount\":1}").problem());
    assertEquals(2, refunds(payment).at("/items").size(), "nothing more went back");
    assertEquals(
        List.of("payment_captured", "payment_refunded", "payment_voided"), till.events(payment));
  }

  @Test
  void aVoidOfWhatWasNeverTakenGivesNothingBack() {
    var key = Till.key();
    var payment = till.put(key, Till.charge("tok_visa_declined"));
    assertEquals("payment-declined", payment.problem());
    var voided = till.undo(key);
    assertEquals("0", voided.text("/refunded/amount"), voided::toString);
    var buried = till.undo(Till.key());
    assertTrue(buried.at("/refunded").isMissingNode(), buried::toString);
  }

  @Test
  void aVoidSettlesWhatIsPending() {
    var key = Till.key();
    var payment = till.put(key, Till.charge("tok_refund_fails")).text("/payment_id");
    assertEquals(202, till.refund(payment, "{\"amount\":400}").status());
    await().until(() -> till.undo(key).status() == 200);
    assertAddsUp(payment, key);
  }

  @Test
  void aRefundThatTheNetworkHasMadeAndDidNotConfirmIsNoPartOfTheVoid() {
    var key = Till.key();
    var payment = UUID.fromString(till.put(key, Till.charge("tok_visa")).text("/payment_id"));
    var lost =
        till.service
            .bean(RefundTransactions.class)
            .open(payment, new RefundRequest(400L, null, null), "somebody");
    till.service
        .bean(SandboxNetwork.class)
        .refund(lost.id().toString(), key, new Money(400, "EUR"));
    assertEquals(200, till.undo(key).status());

    var refunds = refunds(payment.toString());
    assertEquals("succeeded", refunds.text("/items/0/status"), refunds::toString);
    assertEquals("600", refunds.text("/items/1/amount/amount"), refunds::toString);
    assertAddsUp(payment.toString(), key);
  }

  @Test
  void aVoidAndRefundsThatMeetAddUp() {
    for (int i = 0; i < 5; i++) {
      var key = Till.key();
      var payment = till.put(key, Till.charge("tok_visa")).text("/payment_id");
      var turn = new AtomicInteger();
      Till.atOnce(
          12,
          () ->
              turn.getAndIncrement() == 4
                  ? till.undo(key)
                  : till.refund(payment, "{\"amount\":70}"));
      await().until(() -> till.undo(key).status() == 200);
      assertAddsUp(payment, key);
    }
  }

  /** All is back, and the list says by which ways. */
  private void assertAddsUp(String payment, String key) {
    var refunds = refunds(payment);
    long sum = 0;
    for (var refund : refunds.at("/items")) {
      assertNotEquals("pending", refund.at("/status").asText(), refunds::toString);
      var succeeded = refund.at("/status").asText().equals("succeeded");
      sum += succeeded ? refund.at("/amount/amount").asLong() : 0;
    }
    assertEquals(Till.AMOUNT, sum, refunds::toString);
    assertEquals("1000", refunded(payment));
    assertEquals("1000-1000", till.held(key));
  }

  @Test
  void aReasonIsKeptAsPeopleReadIt() {
    var payment = till.captured("tok_visa");
    var kept = till.refund(payment, "{\"amount\":1,\"reason\":\" \\u00a0Kratzer u\\u0308ber \"}");
    assertEquals("Kratzer \u00fcber", kept.text("/reason"), kept::toString);
    for (var bad : List.of("\\u200b", "a\\u202eb", "\\u00a0", "a\\u0007b")) {
      var refused = till.refund(payment, "{\"amount\":1,\"reason\":\"" + bad + "\"}");
      assertEquals(400, refused.status(), refused::toString);
      assertEquals("/reason", refused.text("/errors/0/pointer"));
    }
    var longest = "\ud83d\ude00".repeat(200);
    var emoji = till.refund(payment, "{\"amount\":1,\"reason\":\"" + longest + "\"}");
    assertEquals(201, emoji.status(), emoji::toString);
  }

  @Test
  void onlyWhatWasCapturedIsRefunded() {
    var key = Till.key();
    till.put(key, Till.charge("tok_timeout"));
    var pending = till.orders.get("/v1/charges/" + key).text("/payment_id");
    assertEquals("payment-not-captured", till.refund(pending, "{}").problem());
    assertEquals(404, till.refund(UUID.randomUUID().toString(), "{}").status());
  }

  @Test
  void shoppersDoNotRefund() {
    var payment = till.captured("tok_visa");
    var path = "/v1/payments/" + payment + "/refunds";
    assertEquals(403, till.service.user("shopper").post(path, "{}").status());
    assertEquals(403, till.orders.post(path, "{}").status());
    assertEquals(401, till.service.anonymous().post(path, "{}").status());
    assertEquals(201, till.service.user("support").post(path, "{\"amount\":1}").status());
  }

  private String refunded(String payment) {
    return till.admin.get("/v1/payments/" + payment).text("/refunded/amount");
  }

  private Answer refunds(String payment) {
    return till.admin.get("/v1/payments/" + payment + "/refunds");
  }
}
