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
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;

/** What another service is told of a charge, from its beginning to what went back. */
class ChargeHistoryTest {
  private static final String TRACE = "4bf92f3577b34da6a3ce929d0e0e4736";

  private final Till till = new Till();

  private Answer history(String key) {
    return till.orders.get("/v1/charges/" + key + "/history");
  }

  private static List<String> all(Answer answer, String list, String field) {
    return StreamSupport.stream(answer.at(list).spliterator(), false)
        .map(entry -> entry.at(field).asText())
        .toList();
  }

  @Test
  void aChargeWithWhatWentBackAndWhatWasToldOfIt() {
    var key = key();
    var traced = till.orders.with("traceparent", "00-" + TRACE + "-00f067aa0ba902b7-00");
    var payment = traced.put("/v1/charges/" + key, charge("tok_visa")).text("/payment_id");
    till.refund(payment, "{\"amount\":300,\"reason\":\"A chipped handle\"}");
    till.orders.delete("/v1/charges/" + key + "?reason=cancelled_by_customer&requested_by=me");

    var history = history(key);
    assertEquals(200, history.status(), history::toString);
    assertEquals(payment, history.text("/payment/payment_id"));
    assertEquals("voided", history.text("/payment/status"));
    assertEquals("visa", history.text("/payment/card"));
    assertEquals(List.of("refund", "void"), all(history, "/refunds", "/method"));
    assertEquals(List.of("300", "700"), all(history, "/refunds", "/amount/amount"));
    assertEquals(
        List.of("A chipped handle", "cancelled_by_customer"), all(history, "/refunds", "/reason"));
    assertEquals("me", history.text("/refunds/1/requested_by"));
    assertEquals(
        List.of("payment_captured", "payment_refunded", "payment_voided"),
        all(history, "/events", "/type"));
    assertEquals(TRACE, history.text("/events/0/trace_id"));
    assertTrue(history.at("/events/0/published_at").isMissingNode(), "there is no broker");
  }

  @Test
  void aDeclineSaysWhy() {
    var key = key();
    till.put(key, charge("tok_insufficient_funds"));
    var history = history(key);
    assertEquals("declined", history.text("/payment/status"));
    assertEquals("insufficient_funds", history.text("/payment/reason"));
    assertEquals(List.of("payment_declined"), all(history, "/events", "/type"));
  }

  @Test
  void aRefundThatIsUnderWayTellsItsAttempts() {
    var key = key();
    var payment = till.put(key, charge("tok_refund_fails")).text("/payment_id");
    assertFalse(payment.isEmpty());
    till.refund(payment, "{\"amount\":300}");
    await().until(() -> history(key).at("/refunds/0/attempts").asInt() > 1);
  }

  @Test
  void aKeyThatWasVoidedBeforeItWasChargedHasNoPayment() {
    var key = key();
    assertEquals(404, history(key).status());
    till.undo(key);
    var history = history(key);
    assertEquals(200, history.status());
    assertTrue(history.at("/payment").isMissingNode());
    assertEquals(0, history.at("/events").size());
  }

  @Test
  void nothingThatCouldPayIsPartOfIt() {
    var key = key();
    till.put(key, charge("tok_visa"));
    assertFalse(history(key).body().contains("tok_"));
  }
}
