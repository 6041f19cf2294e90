package emporion.notification;

import static org.awaitility.Awaitility.await;

import emporion.chassis.testkit.Http;
import emporion.chassis.testkit.TestService;
import emporion.notification.TestMailbox.Mail;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/** The service between a broker and a mail server, and what happens in the shop around it. */
public final class Shop {
  /** Longer than any pause between attempts that a test may meet. */
  public static final Duration PATIENCE = Duration.ofSeconds(20);

  private final TestBroker broker = TestBroker.start();
  private final TestMailbox mailbox = TestMailbox.start();
  private final TestService service;

  private Shop() {
    service =
        TestService.running(
            Map.of(
                "emporion.broker.uri",
                "amqp://127.0.0.1:" + broker.port(),
                "emporion.smtp.port",
                Integer.toString(mailbox.port())));
    await()
        .atMost(PATIENCE)
        .until(
            () ->
                broker.isRead("notification-service.users")
                    && broker.isRead("notification-service.orders"));
  }

  /** The one of this process; where it does not start, no test tries again. */
  public static Shop open() {
    return Holder.SHOP;
  }

  private static final class Holder {
    private static final Shop SHOP = new Shop();
  }

  public TestBroker broker() {
    return broker;
  }

  public TestMailbox mailbox() {
    return mailbox;
  }

  public TestService service() {
    return service;
  }

  /** A user of this test alone. */
  public record Somebody(UUID id, String username, String email) {
    public static Somebody any() {
      var id = UUID.randomUUID();
      return new Somebody(id, "user-" + id, id + "@shop.example");
    }
  }

  /** A user who has registered and has the welcome mail. */
  public Somebody registered() {
    var user = Somebody.any();
    register(user);
    mail(user, 1);
    return user;
  }

  /** Publishes that a user registered. */
  public void register(Somebody user) {
    broker.publish("user_registered", user.id, 0, registration(user));
  }

  public static String registration(Somebody user) {
    return """
    {"user_id": "%s", "username": %s, "email": %s, "registered_at": "2026-01-01T00:00:00Z"}
    """
        .formatted(user.id, quoted(user.username), quoted(user.email));
  }

  /** Publishes an order's news; returns the order's id. */
  public UUID order(String type, Somebody user, String product, String reason) {
    var order = UUID.randomUUID();
    broker.publish(type, order, 1, orderJson(order, user, product, reason));
    return order;
  }

  public UUID confirmed(Somebody user, String product) {
    return order("order_confirmed", user, product, null);
  }

  public static String orderJson(UUID order, Somebody user, String product, String reason) {
    return """
    {"order_id": "%s", "user_id": "%s", "status": "confirmed", "reason": %s,
     "items": [
       {"product_id": "%s", "name": %s, "quantity": 2,
        "unit_price": {"amount": 129950, "currency": "EUR"}},
       {"product_id": "%s", "name": "Teapot", "quantity": 1,
        "unit_price": {"amount": 2500, "currency": "EUR"}}],
     "total": {"amount": 262400, "currency": "EUR"}, "created_at": "2026-01-01T00:00:00Z"}
    """
        .formatted(
            order,
            user.id,
            reason == null ? "null" : quoted(reason),
            UUID.randomUUID(),
            quoted(product),
            UUID.randomUUID());
  }

  private static String quoted(String text) {
    return "\""
        + text.replace("\\", "\\\\").replace("\"", "\\\"").replace("\r", "\\r").replace("\n", "\\n")
        + "\"";
  }

  /** Waits for a user's mails; the last of so many. */
  public Mail mail(Somebody user, int count) {
    await().atMost(PATIENCE).until(() -> mailbox.to(user.email).size() >= count);
    return mailbox.to(user.email).get(count - 1);
  }

  public Http as(Somebody user) {
    return service.user(user.id, "shopper");
  }

  /** The statuses of a user's notifications, the newest first. */
  public List<String> statuses(Somebody user) {
    var list = as(user).get("/v1/notifications");
    return list.at("/items").findValuesAsText("status");
  }

  /** Waits until a user's notifications have these statuses, the newest first. */
  public void awaitStatuses(Somebody user, String... wanted) {
    await().atMost(PATIENCE).until(() -> statuses(user).equals(List.of(wanted)));
  }
}
