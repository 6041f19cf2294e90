package emporion.payment;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import emporion.chassis.testkit.Http.Answer;
import java.util.HashSet;
import java.util.List;
import java.util.UUID;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** Both versions of payments and refunds: each under its own names, over the same money. */
class VersionsTest {
  private static final String SOME = "{\"amount\":{\"amount\":300,\"currency\":\"EUR\"}}";

  private final Till till = new Till();

  private Answer refund(String payment, String json) {
    return till.admin.post("/v2/payments/" + payment + "/refunds", json);
  }

  private Answer payment(String id) {
    return till.admin.get("/v2/payments/" + id);
  }

  private static String refundable(Answer payment) {
    return payment.text("/amounts/refundable/amount");
  }

  @Test
  void aPaymentIsShownInBothVersionsUnderTheirOwnNames() {
    var order = UUID.randomUUID();
    var user = UUID.randomUUID();
    var id = till.put(Till.key(), Till.charge(order, user, "tok_visa")).text("/payment_id");

    var one = till.admin.get("/v1/payments/" + id);
    var two = payment(id);

    assertEquals(id, one.text("/id"));
    assertEquals(id, two.text("/payment_id"));
    assertEquals(order.toString(), two.text("/order_id"));
    assertEquals(user.toString(), two.text("/customer_id"));
    assertEquals("captured", two.text("/status"));
    assertEquals("visa", two.text("/card/brand"));
    assertEquals(
        "{\"charged\":{\"amount\":1000,\"currency\":\"EUR\"},"
            + "\"refunded\":{\"amount\":0,\"currency\":\"EUR\"},"
            + "\"refundable\":{\"amount\":1000,\"currency\":\"EUR\"}}",
        two.at("/amounts").toString());
    assertEquals(one.text("/created_at"), two.text("/created_at"));
    assertEquals(one.text("/changed_at"), two.text("/changed_at"));
    assertTrue(two.at("/decline").isMissingNode());
    assertEquals(
        two.body(), till.admin.get("/v2/payments?order_id=" + order).at("/items/0").toString());
  }

  @Test
  void aDeclineSaysWhyAndNothingCanBeRefunded() {
    var order = UUID.randomUUID();
    till.put(Till.key(), Till.charge(order, UUID.randomUUID(), "tok_insufficient_funds"));

    var declined = till.admin.get("/v2/payments?order_id=" + order);

    assertEquals("declined", declined.text("/items/0/status"));
    assertEquals("insufficient_funds", declined.text("/items/0/decline/reason"));
    assertEquals("0", declined.text("/items/0/amounts/refundable/amount"));
    assertTrue(declined.at("/items/0/card").isMissingNode());
  }

  @Test
  void aRefundIsAskedForAsMoney() {
    var id = till.captured("tok_visa");

    var part = refund(id, SOME.replace("}}", "},\"reason\":\"A scratch\"}"));
    assertEquals(201, part.status(), part::toString);
    assertEquals("/v2/payments/" + id + "/refunds", part.header("Location"));
    assertEquals("succeeded", part.text("/status"));
    assertEquals("300", part.text("/amount/amount"));
    assertEquals("A scratch", part.text("/reason"));
    assertEquals("700", refundable(payment(id)));

    assertEquals("700", refund(id, "{}").text("/amount/amount"));
    assertEquals("0", refundable(payment(id)));
    assertEquals("1000", payment(id).text("/amounts/refunded/amount"));
    assertEquals("refund-exceeds-payment", refund(id, "{}").problem());
    var list = till.admin.get("/v2/payments/" + id + "/refunds");
    assertEquals(part.text("/refund_id"), list.text("/items/0/refund_id"));
    assertEquals(2, list.at("/items").size());
  }

  @Test
  void whatIsPromisedToARefundCantBeRefundedAgain() {
    var id = till.captured("tok_refund_fails");
    assertEquals(202, refund(id, SOME).status());
    assertEquals("0", payment(id).text("/amounts/refunded/amount"));
    assertEquals("700", refundable(payment(id)));
    await().until(() -> payment(id).text("/amounts/refunded/amount").equals("300"));
    assertEquals("700", refundable(payment(id)));
  }

  @TestFactory
  Stream<DynamicTest> refundsThatAreNotMoneyOfThePayment() {
    var id = till.captured("tok_visa");
    record Case(String body, String pointer) {}
    return Stream.of(
            new Case("", ""),
            new Case("null", ""),
            new Case("{\"amount\":300}", "/amount"),
            new Case("{\"amount\":{\"amount\":300}}", "/amount/currency"),
            new Case("{\"amount\":{\"currency\":\"EUR\"}}", "/amount/amount"),
            new Case(SOME.replace("300", "0"), "/amount/amount"),
            new Case(SOME.replace("300", "1.5"), "/amount/amount"),
            new Case(SOME.replace("300", "1000000000001"), "/amount/amount"),
            new Case(SOME.replace("EUR", "euro"), "/amount/currency"),
            new Case(SOME.replace("EUR", "USD"), "/amount/currency"),
            new Case(SOME.replace("}}", ",\"x\":1}}"), "/amount/x"),
            new Case("{\"currency\":\"EUR\"}", "/currency"),
            new Case("{\"reason\":\"\"}", "/reason"))
        .map(
            bad ->
                DynamicTest.dynamicTest(
                    "body " + bad.body,
                    () -> {
                      var answer = refund(id, bad.body);
                      assertEquals(400, answer.status(), answer::toString);
                      assertEquals("invalid-request", answer.problem());
                      assertEquals(bad.pointer, answer.text("/errors/0/pointer"));
                      assertEquals("1000", refundable(payment(id)));
                    }));
  }

  @Test
  void aKeyStandsForOneRefundInBothVersions() {
    var id = till.captured("tok_visa");
    var keyed = till.admin.withKey(UUID.randomUUID().toString());
    var first = keyed.post("/v1/payments/" + id + "/refunds", "{\"reason\":\"All of it\"}");
    var second = keyed.post("/v2/payments/" + id + "/refunds", "{\"reason\":\"All of it\"}");
    assertEquals(201, second.status(), second::toString);
    assertEquals(first.text("/id"), second.text("/refund_id"));
    assertEquals("true", second.header("Idempotent-Replayed"));
    assertEquals(422, keyed.post("/v2/payments/" + id + "/refunds", SOME).status());
    assertEquals(1, till.admin.get("/v2/payments/" + id + "/refunds").at("/items").size());
  }

  @Test
  void onlyVersion1AnnouncesItsEnd() {
    var id = till.captured("tok_visa");
    for (var path : List.of("", "/" + id, "/" + id + "/refunds")) {
      var one = till.admin.get("/v1/payments" + path);
      assertTrue(one.header("Deprecation").startsWith("@"), one::toString);
      assertFalse(one.header("Sunset").isEmpty());
      assertTrue(
          one.header("Link").contains("</v2/payments" + path + ">; rel=\"successor-version\""));
      var two = till.admin.get("/v2/payments" + path);
      assertEquals("", two.header("Deprecation"));
      assertEquals("", two.header("Sunset"));
      assertFalse(two.header("Link").contains("successor-version"));
    }
    assertEquals("", till.orders.get("/v1/charges/" + charged()).header("Deprecation"));
  }

  private String charged() {
    var key = Till.key();
    till.put(key, Till.charge("tok_visa"));
    return key;
  }

  @TestFactory
  Stream<DynamicTest> conventions() {
    return Stream.of("v1", "v2")
        .flatMap(
            version ->
                Stream.of(
                    DynamicTest.dynamicTest(version + " tags", () -> tags(version)),
                    DynamicTest.dynamicTest(version + " pages", () -> pages(version)),
                    DynamicTest.dynamicTest(version + " head", () -> head(version)),
                    DynamicTest.dynamicTest(version + " roles", () -> roles(version))));
  }

  private void tags(String version) {
    var path = "/" + version + "/payments/" + till.captured("tok_visa");
    var tag = till.admin.get(path).header("ETag");
    var unchanged = till.admin.with("If-None-Match", tag).get(path);
    assertEquals(304, unchanged.status());
    assertEquals(tag, unchanged.header("ETag"));
    var other = path.replace(version, version.equals("v1") ? "v2" : "v1");
    assertNotEquals(tag, till.admin.get(other).header("ETag"));
    assertEquals(201, till.admin.post(path + "/refunds", "{}").status());
    assertEquals(200, till.admin.with("If-None-Match", tag).get(path).status());
  }

  private void pages(String version) {
    var user = UUID.randomUUID();
    for (int i = 0; i < 3; i++) {
      till.put(Till.key(), Till.charge(UUID.randomUUID(), user, "tok_visa"));
    }
    var shopper = till.service.user(user, "shopper");
    var first = shopper.get("/" + version + "/payments?limit=2");
    var second = shopper.get(next(first));
    assertTrue(second.at("/next").isMissingNode());
    var name = version.equals("v1") ? "id" : "payment_id";
    var seen = new HashSet<>(first.at("/items").findValuesAsText(name));
    seen.addAll(second.at("/items").findValuesAsText(name));
    assertEquals(3, seen.size());
  }

  private static String next(Answer page) {
    var link = Pattern.compile("<([^>]*)>; rel=\"next\"").matcher(page.header("Link"));
    assertTrue(link.find(), () -> page.header("Link"));
    assertTrue(link.group(1).contains("cursor=" + page.text("/next")), link.group(1));
    return link.group(1);
  }

  private void head(String version) {
    var one = "/" + version + "/payments/" + till.captured("tok_visa");
    var head = till.admin.send("HEAD", one, null);
    assertEquals(200, head.status());
    assertEquals("", head.body());
    assertEquals(till.admin.get(one).header("ETag"), head.header("ETag"));
  }

  private void roles(String version) {
    var all = "/" + version + "/payments";
    var one = all + "/" + till.captured("tok_visa");
    var shopper = till.service.user("shopper");
    assertEquals(401, till.service.anonymous().get(one).status());
    assertEquals(401, till.service.anonymous().get(all).status());
    assertEquals(0, shopper.get(all).at("/items").size());
    assertEquals(404, shopper.get(one).status());
    assertEquals(404, shopper.get(one + "/refunds").status());
    assertEquals(403, shopper.post(one + "/refunds", "{}").status());
    assertEquals(200, till.orders.get(one).status());
    assertEquals(403, till.orders.post(one + "/refunds", "{}").status());
    assertEquals(201, till.service.user("support").post(one + "/refunds", "{}").status());
  }
}
