package emporion.shopper;

import emporion.shopper.Shop.Answer;
import java.io.IOException;
import java.io.PrintStream;
import java.time.Duration;
import java.time.Instant;
import java.util.UUID;

/**
 * One customer's way through the shop: each outcome that an order can have, once, with the money
 * and the stock that belong to it.
 */
final class Tour {
  private static final long ON_HAND = 10;
  private static final Duration SETTLED = Duration.ofSeconds(60);

  private final Shop shop;
  private final PrintStream out;
  private boolean good = true;

  Tour(Shop shop, PrintStream out) {
    this.shop = shop;
    this.out = out;
  }

  /** Whether all was as promised. */
  boolean take() throws InterruptedException {
    try {
      var admin = shop.adminToken();
      var product = shop.newProduct(admin, ON_HAND);
      try {
        buy(admin, product);
      } finally {
        shop.post("/v1/products/" + product + "/retire", admin, "retire-" + product, "");
      }
    } catch (IOException e) {
      check("the shop answers", e.toString(), "as promised");
    }
    out.println(good ? "The shop works." : "The shop does not work.");
    return good;
  }

  private void buy(String admin, String product) throws IOException, InterruptedException {
    var me = shop.newcomer();
    check("the pages", shop.get("/", "").status(), 200);
    check("the catalogue", shop.get("/v1/products?limit=1", "").status(), 200);

    var key = UUID.randomUUID().toString();
    var bought = settled(me, shop.order(me, key, product, 2, "tok_visa"));
    check("an order", bought.text("status"), "confirmed");
    check(
        "the same key once more",
        shop.order(me, key, product, 2, "tok_visa").text("order_id"),
        id(bought));
    check("its payment", payment(me, bought), "captured 200, 0 given back");

    var declined =
        settled(me, shop.order(me, UUID.randomUUID().toString(), product, 1, "tok_visa_declined"));
    check("a declined card", declined.text("reason"), "payment_declined");
    var scarce = settled(me, shop.order(me, UUID.randomUUID().toString(), product, 99, "tok_visa"));
    check("more than there is", scarce.text("reason"), "out_of_stock");

    var regretted =
        settled(me, shop.order(me, UUID.randomUUID().toString(), product, 3, "tok_visa"));
    shop.post("/v1/orders/" + id(regretted) + "/cancel", me, UUID.randomUUID().toString(), "");
    await("an order called off", () -> order(me, id(regretted)).text("status"), "cancelled");
    await("its money", () -> given(me, regretted), "all given back");
    await("the stock", () -> shop.get("/v1/stock/" + product, admin).text("available"), "8");
    await("a mail about it", () -> notified(me), "sent");
  }

  private Answer settled(String me, Answer placed) throws IOException, InterruptedException {
    var end = Instant.now().plus(SETTLED);
    var order = placed;
    while (order.text("status").equals("pending") && Instant.now().isBefore(end)) {
      Thread.sleep(200);
      order = order(me, id(placed));
    }
    return order;
  }

  private Answer order(String me, String id) throws IOException {
    return shop.get("/v1/orders/" + id, me);
  }

  private static String id(Answer order) {
    return order.text("order_id");
  }

  private String payment(String me, Answer order) throws IOException {
    var payment = shop.get("/v1/payments?order_id=" + id(order), me).body().path("items").path(0);
    return "%s %d, %d given back"
        .formatted(
            payment.path("status").asText(),
            payment.path("amount").path("amount").asLong(),
            payment.path("refunded").path("amount").asLong());
  }

  private String given(String me, Answer order) throws IOException {
    var payment = payment(me, order);
    return payment.startsWith("voided") || payment.endsWith("300, 300 given back")
        ? "all given back"
        : payment;
  }

  private String notified(String me) throws IOException {
    var sent = shop.get("/v1/notifications", me).body().path("items");
    for (var notification : sent) {
      if (notification.path("status").asText().equals("sent")) {
        return "sent";
      }
    }
    return "none of " + sent.size() + " sent";
  }

  private interface Question {
    String ask() throws IOException;
  }

  private void await(String what, Question question, String wanted)
      throws IOException, InterruptedException {
    var end = Instant.now().plus(SETTLED);
    var found = question.ask();
    while (!found.equals(wanted) && Instant.now().isBefore(end)) {
      Thread.sleep(200);
      found = question.ask();
    }
    check(what, found, wanted);
  }

  private void check(String what, Object found, Object wanted) {
    boolean same = found.equals(wanted);
    good &= same;
    out.println(
        "%-6s %s: %s%s"
            .formatted(same ? "ok" : "WRONG", what, found, same ? "" : ", not " + wanted));
  }
}
