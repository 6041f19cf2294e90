package emporion.payment.refunds;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import emporion.chassis.testkit.Http.Answer;
import emporion.payment.Till;
import java.util.List;
import java.util.UUID;
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

  @Test
  void parallelRefundsNeverExceedThePayment() {
    var payment = till.captured("tok_visa");
    var answers = Till.atOnce(16, () -> till.refund(payment, "{\"amount\":150}"));
    assertEquals(6, answers.stream().filter(a -> a.status() == 201).count(), answers::toString);
    assertEquals(10, answers.stream().filter(a -> a.status() == 409).count());
    assertEquals("900", refunded(payment));
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
    assertEquals("succeeded", onlyRefund(payment).text("/items/0/status"));
  }

  @Test
  void aVoidSettlesWhatIsPending() {
    var key = Till.key();
    var payment = till.put(key, Till.charge("tok_refund_fails")).text("/payment_id");
    assertEquals(202, till.refund(payment, "{\"amount\":400}").status());
    await().until(() -> till.undo(key).status() == 200);
    await().until(() -> !onlyRefund(payment).text("/items/0/status").equals("pending"));
    assertEquals("1000-1000", till.held(key));
    assertEquals("1000", refunded(payment));
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

  private Answer onlyRefund(String payment) {
    return till.admin.get("/v1/payments/" + payment + "/refunds");
  }
}
