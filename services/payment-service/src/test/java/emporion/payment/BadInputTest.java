package emporion.payment;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import emporion.chassis.testkit.Http.Answer;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** Whatever is wrong with a request is a 4xx problem that says where, and changes nothing. */
class BadInputTest {
  private static final String LONG = "x".repeat(300);
  private static final String MONEY = "{\"amount\":1000,\"currency\":\"EUR\"}";
  private static final String ID = "\"018f3c67-7ab7-718c-acb6-a97a006d7e90\"";
  private static final String TOKEN = "\"tok_visa\"";

  private final Till till = new Till();

  private record Case(String name, String body, String pointer) {}

  private static Case bad(String name, String body, String pointer) {
    return new Case(name, body, pointer);
  }

  private static String charge(String order, String user, String amount, String token) {
    return "{\"order_id\":%s,\"user_id\":%s,\"amount\":%s,\"token\":%s}"
        .formatted(order, user, amount, token);
  }

  private static Case amount(String amount) {
    var money = "{\"amount\":" + amount + ",\"currency\":\"EUR\"}";
    return bad("amount " + amount, charge(ID, ID, money, TOKEN), "/amount/amount");
  }

  private static Case currency(String currency) {
    var money = "{\"amount\":1,\"currency\":" + currency + "}";
    return bad("currency " + currency, charge(ID, ID, money, TOKEN), "/amount/currency");
  }

  private static Case token(String token) {
    return bad("token " + shortened(token), charge(ID, ID, MONEY, token), "/token");
  }

  private static String shortened(String text) {
    return text.length() > 30 ? text.substring(0, 30) : text;
  }

  @TestFactory
  Stream<DynamicTest> charging() {
    return Stream.of(
            bad("no body", "", ""),
            bad("null", "null", ""),
            bad("an array", "[]", ""),
            bad("cut off", "{\"order_id\":", ""),
            bad("two values", charge(ID, ID, MONEY, TOKEN) + "{}", ""),
            bad("no order", charge("null", ID, MONEY, TOKEN), "/order_id"),
            bad("a bad order", charge("\"x\"", ID, MONEY, TOKEN), "/order_id"),
            bad("a number as order", charge("17", ID, MONEY, TOKEN), "/order_id"),
            bad("no user", charge(ID, "null", MONEY, TOKEN), "/user_id"),
            bad("no amount", charge(ID, ID, "null", TOKEN), "/amount"),
            bad("a bare amount", charge(ID, ID, "1000", TOKEN), "/amount"),
            bad(
                "an unknown field",
                charge(ID, ID, "{\"amount\":1,\"currency\":\"EUR\",\"x\":1}", TOKEN),
                "/amount/x"),
            amount("null"),
            amount("0"),
            amount("-1"),
            amount("1.5"),
            amount("\"1\""),
            amount("1000000000001"),
            amount("9223372036854775808"),
            amount("1e30"),
            amount("true"),
            currency("null"),
            currency("\"\""),
            currency("\"eur\""),
            currency("\"EURO\""),
            currency("\"ZZZ\""),
            currency("978"),
            token("null"),
            token("\"\""),
            token("\"tok_gold\""),
            token("\"TOK_VISA\""),
            token("\"" + LONG + "\""),
            token("\"tok_visa\\u0000\""),
            token("4111111111111111"),
            token("{}"))
        .map(bad -> refused(bad, () -> till.put(Till.key(), bad.body)));
  }

  @TestFactory
  Stream<DynamicTest> refunding() {
    var payment = till.captured("tok_visa");
    return Stream.of(
            bad("no body", "", ""),
            bad("null", "null", ""),
            bad("money as an object", "{\"amount\":" + MONEY + "}", "/amount"),
            bad("0", "{\"amount\":0}", "/amount"),
            bad("-1", "{\"amount\":-1}", "/amount"),
            bad("1.5", "{\"amount\":1.5}", "/amount"),
            bad("text", "{\"amount\":\"1\"}", "/amount"),
            bad("2^63", "{\"amount\":9223372036854775808}", "/amount"),
            bad("2^63-1", "{\"amount\":9223372036854775807}", "/amount"),
            bad("an unknown field", "{\"amoumt\":1}", "/amoumt"),
            bad("an empty reason", "{\"reason\":\"\"}", "/reason"),
            bad("an overlong reason", "{\"reason\":\"" + LONG + "\"}", "/reason"),
            bad("a reason with NUL", "{\"reason\":\"a\\u0000\"}", "/reason"))
        .map(bad -> refused(bad, () -> till.refund(payment, bad.body)));
  }

  private static DynamicTest refused(Case bad, java.util.function.Supplier<Answer> request) {
    return DynamicTest.dynamicTest(
        bad.name,
        () -> {
          var before = rows();
          var answer = request.get();
          assertEquals(400, answer.status(), answer::toString);
          assertEquals("invalid-request", answer.problem());
          assertTrue(
              answer.body().contains("\"pointer\":\"" + bad.pointer + "\""), answer::toString);
          assertEquals(before, rows());
        });
  }

  private static List<String> rows() {
    return Till.column(
        "select (select count(*) from payment) + (select count(*) from charge_key)"
            + " + (select count(*) from refund) + (select count(*) from sandbox_charge)");
  }

  @TestFactory
  Stream<DynamicTest> queries() {
    return Stream.of(
            "limit=0",
            "limit=-1",
            "limit=101",
            "limit=1.5",
            "limit=2147483648",
            "limit=x",
            "cursor=x",
            "cursor=!!",
            "order_id=x",
            "order_id=1")
        .map(
            query ->
                DynamicTest.dynamicTest(
                    query,
                    () -> {
                      var answer = till.admin.get("/v1/payments?" + query);
                      assertEquals(400, answer.status(), answer::toString);
                      assertEquals("invalid-request", answer.problem());
                    }));
  }

  @Test
  void aBadIdIsNoPaymentAndABadKeyNoCharge() {
    for (var id : new String[] {"1", "x", "%20", LONG, "018f3c67-7ab7-718c-acb6-a97a006d7e9"}) {
      assertEquals(404, till.admin.get("/v1/payments/" + id).status());
      assertEquals(404, till.admin.post("/v1/payments/" + id + "/refunds", "{}").status());
    }
    for (var key : new String[] {"%20", "a%2Fb", LONG, "a.b", "%00"}) {
      var answer = till.put(key, Till.charge("tok_visa"));
      assertTrue(answer.status() == 404 || answer.status() == 400, answer::toString);
      assertTrue(till.undo(key).status() >= 400);
    }
  }

  @Test
  void cardNumbersAreRefusedAndNotRepeated() {
    for (var number :
        new String[] {
          "4111111111111111",
          "4111 1111 1111 1111",
          "3782-822463-10005",
          "4111\u00a01111\u20111111\u20131111",
          "41\u200b11111111111111",
          "\uff14\uff11\uff11\uff11 1111 1111 111\u0661"
        }) {
      var answer = till.put(Till.key(), Till.charge(number));
      assertEquals(400, answer.status(), answer::toString);
      assertEquals("card-number-refused", answer.problem());
      assertTrue(!answer.body().contains(number), answer::toString);
      var payment = till.captured("tok_visa");
      var refund = till.refund(payment, "{\"amount\":1,\"reason\":\"card " + number + "\"}");
      assertEquals("card-number-refused", refund.problem(), refund::toString);
    }
  }

  @Test
  void otherMediaTypesAndMethodsAreRefused() {
    var text =
        till.orders
            .with("Content-Type", "text/plain")
            .send("PUT", "/v1/charges/" + Till.key(), Till.charge("tok_visa"));
    assertEquals(415, text.status());
    assertEquals("unsupported-media-type", text.problem());
    var post = till.orders.post("/v1/charges/" + Till.key(), Till.charge("tok_visa"));
    assertEquals(405, post.status());
    assertTrue(post.header("Allow").contains("PUT"));
    assertEquals(405, till.admin.delete("/v1/payments/" + UUID.randomUUID()).status());
    assertEquals(405, till.admin.post("/v1/payments", "{}").status());
  }

  @Test
  void aBadIdempotencyKeyIsRefused() {
    var payment = till.captured("tok_visa");
    var answer =
        till.admin.withKey("x".repeat(256)).post("/v1/payments/" + payment + "/refunds", "{}");
    assertEquals(400, answer.status(), answer::toString);
  }
}
