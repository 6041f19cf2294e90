package emporion.notification.messages;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import emporion.chassis.testkit.Http;
import emporion.notification.Shop;
import emporion.notification.Shop.Somebody;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What became of each notification, for those who look after all users'. */
class DeliveryLogTest {
  private static final String PATH = "/v2/admin/notifications";
  private static final int NO_SUCH_MAILBOX = 550;

  private final Shop shop = Shop.open();
  private final Http support = shop.service().user("support");

  @Test
  void aBadAddressIsNotTriedAgain() {
    var user = refused(NO_SUCH_MAILBOX);
    shop.awaitStatuses(user, "failed");

    var listed = support.get(PATH + "?status=failed&failure=bad_address&user_id=" + user.id());

    assertEquals(1, listed.at("/items").size(), listed::toString);
    assertEquals("email", listed.text("/items/0/channel"));
    assertEquals("user_registered", listed.text("/items/0/event_type"));
    assertEquals(user.email(), listed.text("/items/0/address"));
    assertTrue(listed.text("/items/0/last_error").contains("550 "), listed::toString);
    assertTrue(listed.at("/items/0/log").isMissingNode(), listed::toString);
    assertTrue(listed.at("/items/0/next_attempt_at").isMissingNode(), listed::toString);
    assertEquals(List.of("0.1 failed"), attempts(user));
  }

  @Test
  void eachAttemptIsOnRecord() {
    var user = refused(451);
    shop.awaitStatuses(user, "sent");

    assertEquals(List.of("0.1 postponed", "0.2 accepted"), attempts(user));
    var one = one(user);
    assertEquals("temporary", one.at("/log/0/failure").asText(), one::toString);
    assertFalse(one.at("/log/0/next_attempt_at").isMissingNode(), one::toString);
    assertEquals(one.at("/provider_id"), one.at("/log/1/provider_id"), one::toString);
    assertTrue(one.at("/provider_id").asText().contains(one.at("/notification_id").asText()));
    assertTrue(one.at("/failure").isMissingNode(), one::toString);
  }

  @Test
  void aFullMailboxIsGivenTime() {
    var user = refused(552);

    await().atMost(Shop.PATIENCE).until(() -> attempts(user).equals(List.of("0.1 postponed")));

    var next = Instant.parse(one(user).at("/next_attempt_at").asText());
    assertTrue(next.isAfter(Instant.now().plus(Duration.ofMinutes(8))), next::toString);
    shop.erase(user);
  }

  @Test
  void allThatFailedInAnOutageIsSentAgainAtOnce() {
    var from = Instant.now();
    var users = Stream.generate(() -> refused(554)).limit(3).toList();
    users.forEach(user -> shop.awaitStatuses(user, "failed"));
    var all = PATH + "/redeliveries?failure=refused&created_from=" + from;

    assertEquals(
        0, support.post(all + "&event_type=order_confirmed", "").at("/redelivered").asInt());
    var caller = support.withKey("outage-" + from);
    var answer = caller.post(all, "");
    users.forEach(user -> shop.awaitStatuses(user, "sent"));
    var again = caller.post(all, "");

    assertEquals(202, answer.status(), answer::toString);
    assertEquals(3, answer.at("/redelivered").asInt(), answer::toString);
    assertEquals("true", again.header("Idempotent-Replayed"));
    assertEquals(0, support.post(all, "").at("/redelivered").asInt());
    for (var user : users) {
      assertEquals(1, shop.mailbox().to(user.email()).size());
      assertEquals(List.of("0.1 failed", "1.1 accepted"), attempts(user));
    }
  }

  @Test
  void whatHadSucceededBeforeARedeliveryStaysOnRecord() {
    var user = shop.registered();
    shop.awaitStatuses(user, "sent");
    var first = one(user).at("/provider_id").asText();

    support.post("/v2/notifications/" + id(user) + "/redeliveries", "");
    shop.mail(user, 2);
    shop.awaitStatuses(user, "sent");

    assertEquals(List.of("0.1 accepted", "1.1 accepted"), attempts(user));
    assertEquals(first, one(user).at("/log/0/provider_id").asText());
  }

  @Test
  void anErasedUserLeavesNoWordOfAProvider() {
    var user = refused(NO_SUCH_MAILBOX);
    shop.awaitStatuses(user, "failed");
    var id = id(user);
    shop.erase(user);
    shop.awaitStatuses(user, "sent", "failed");

    var one = support.get(PATH + "/" + id);

    assertEquals("failed", one.text("/log/0/outcome"), one::toString);
    assertFalse(one.body().contains(user.email()), one::toString);
  }

  @Test
  void listsAreReadByPagesAndByOrder() {
    var user = shop.registered();
    var order = shop.confirmed(user, "Cup");
    shop.mail(user, 2);

    var about = support.get(PATH + "?order_id=" + order);
    var first = support.get(PATH + "?limit=1&user_id=" + user.id());
    var second =
        support.get(PATH + "?limit=1&user_id=" + user.id() + "&cursor=" + first.text("/next"));

    assertEquals(1, about.at("/items").size(), about::toString);
    assertEquals("order_confirmed", about.text("/items/0/event_type"));
    assertEquals("order_confirmed", first.text("/items/0/event_type"));
    assertEquals("user_registered", second.text("/items/0/event_type"));
    assertTrue(second.at("/next").isMissingNode(), second::toString);
    var none = support.get(PATH + "?user_id=" + user.id() + "&created_to=2026-01-01T00:00:00Z");
    assertEquals(0, none.at("/items").size());
  }

  @Test
  void whatIsNoFilterIsRefused() {
    for (var query :
        List.of(
            "status=lost",
            "channel=fax",
            "event_type=x",
            "failure=x",
            "order_id=1",
            "created_from=yesterday",
            "cursor=x")) {
      var answer = support.get(PATH + "?" + query);
      assertEquals(400, answer.status(), answer::toString);
      assertEquals("invalid-request", answer.problem(), answer::toString);
    }
    assertEquals(400, support.post(PATH + "/redeliveries?channel=fax", "").status());
  }

  @Test
  void nobodyElseLooksAfterThem() {
    var user = shop.registered();
    for (var other : List.of(shop.as(user), shop.service().user("catalogue_manager"))) {
      assertEquals(403, other.get(PATH).status());
      assertEquals(403, other.get(PATH + "/" + id(user)).status());
      assertEquals(403, other.post(PATH + "/redeliveries", "").status());
    }
    assertEquals(404, support.get(PATH + "/" + UUID.randomUUID()).status());
  }

  private Somebody refused(int code) {
    var user = Somebody.any();
    shop.mailbox().refuse(user.email(), code, 1);
    shop.register(user);
    return user;
  }

  private String id(Somebody user) {
    return support.get(PATH + "?user_id=" + user.id()).text("/items/0/notification_id");
  }

  private JsonNode one(Somebody user) {
    return support.get(PATH + "/" + id(user)).at("");
  }

  /** As delivery, number and outcome. */
  private List<String> attempts(Somebody user) {
    return one(user).at("/log").valueStream().map(DeliveryLogTest::shown).toList();
  }

  private static String shown(JsonNode attempt) {
    return attempt.at("/delivery").asText()
        + "."
        + attempt.at("/number").asText()
        + " "
        + attempt.at("/outcome").asText();
  }
}
