package emporion.notification;

import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.node.ObjectNode;
import emporion.chassis.testkit.Http;
import emporion.chassis.testkit.TestAuthority;
import emporion.chassis.testkit.TestService;
import emporion.contracts.Events;
import emporion.notification.TestMailbox.Mail;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/** The service between a broker and a mail server, and what happens in the shop around it. */
public final class Shop {
  /** Longer than any pause between attempts that a test may meet. */
  public static final Duration PATIENCE = Duration.ofSeconds(20);

  public static final String RESET_KEY = "a key of the tests, thirty-two at least";

  private final TestBroker broker = TestBroker.start();
  private final TestAuthority authority = TestAuthority.in(temporary());
  private final TestMailbox mailbox = TestMailbox.start(authority.issue("ip:127.0.0.1").context());
  private final TestService service;

  private Shop() {
    service =
        TestService.running(
            Map.of(
                "emporion.broker.uri",
                "amqp://127.0.0.1:" + broker.port(),
                "emporion.smtp.port",
                Integer.toString(mailbox.port()),
                "emporion.tls.ca",
                authority.certificate().toString(),
                "emporion.reset.key",
                RESET_KEY));
    await()
        .atMost(PATIENCE)
        .until(
            () ->
                broker.isRead("notification-service.users")
                    && broker.isRead("notification-service.orders"));
  }

  private static Path temporary() {
    try {
      return Files.createTempDirectory(Path.of("target"), "authority");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
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

  /** Whom the service trusts. */
  public TestAuthority authority() {
    return authority;
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
    publish("user_registered", user.id, 0, introduced("user_registered", user));
  }

  /** Publishes a user's new name and address. */
  public void change(Somebody user, long version) {
    publish("user_changed", user.id, version, introduced("user_changed", user));
  }

  /** Publishes that a user was erased. */
  public void erase(Somebody user) {
    var data = Events.example("user_erased").put("user_id", user.id.toString());
    publish("user_erased", user.id, 3, data);
  }

  /** Publishes that somebody asked for a new password; returns the request's id. */
  public UUID forgot(Somebody user) {
    var reset = UUID.randomUUID();
    var data =
        Events.example("password_reset_requested")
            .put("reset_id", reset.toString())
            .put("user_id", user.id.toString());
    publish("password_reset_requested", reset, 0, data);
    return reset;
  }

  private static ObjectNode introduced(String type, Somebody user) {
    return Events.example(type)
        .put("user_id", user.id.toString())
        .put("username", user.username)
        .put("email", user.email);
  }

  /**
   * Publishes an order's news; returns the order's id.
   *
   * @param reason null for none
   */
  public UUID order(String type, Somebody user, String product, String reason) {
    var order = UUID.randomUUID();
    publish(type, order, 1, orderData(type, order, user, product, reason));
    return order;
  }

  public UUID confirmed(Somebody user, String product) {
    return order("order_confirmed", user, product, null);
  }

  /**
   * Publishes that a card was declined.
   *
   * @param told whether the customer has seen it
   */
  public void refused(Somebody user, String decline, boolean told) {
    var order = UUID.randomUUID();
    var data = orderData("order_cancelled", order, user, "Cup", "payment_declined");
    data.put("decline_reason", decline).put("customer_told", told);
    publish("order_cancelled", order, 1, data);
  }

  /** The data of an order's news: two of the product for 1,299.50 euros, and a teapot for 25. */
  public static String orderJson(String type, UUID order, Somebody user, String product) {
    return orderData(type, order, user, product, null).toString();
  }

  private static ObjectNode orderData(
      String type, UUID order, Somebody user, String product, String reason) {
    var data =
        Events.example(type).put("order_id", order.toString()).put("user_id", user.id.toString());
    item(data, 0).put("name", product).put("quantity", 2);
    item(data, 0).withObject("/unit_price").put("amount", 129_950);
    item(data, 1).put("name", "Teapot").put("quantity", 1);
    item(data, 1).withObject("/unit_price").put("amount", 2_500);
    data.withObject("/total").put("amount", 262_400);
    data.remove("reason");
    return reason == null ? data : data.put("reason", reason);
  }

  private static ObjectNode item(ObjectNode order, int index) {
    return (ObjectNode) order.withArray("/items").get(index);
  }

  /** Publishes what a service could have published, and nothing else. */
  public UUID publish(String type, UUID subject, long version, ObjectNode data) {
    var violations = Events.violations(type, data.toString());
    if (!violations.isEmpty()) {
      throw new IllegalArgumentException(String.join("\n", violations));
    }
    return broker.publish(type, subject, version, data.toString());
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
