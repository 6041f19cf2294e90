package emporion.notification.messages;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import emporion.notification.Shop;
import emporion.notification.Shop.Somebody;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** The notifications' paths: to read what one was sent, and nobody else. */
class NotificationsTest {
  private static final String PATH = "/v1/notifications";

  private final Shop shop = Shop.open();

  @Test
  void usersListTheirOwnNewestFirstPageByPage() {
    var user = shop.registered();
    var orders = new ArrayList<String>();
    for (int i = 0; i < 3; i++) {
      orders.addFirst(shop.confirmed(user, "Cup " + i).toString());
      shop.mail(user, i + 2);
    }
    shop.awaitStatuses(user, "sent", "sent", "sent", "sent");

    var first = shop.as(user).get(PATH + "?limit=3");
    var second = shop.as(user).get(PATH + "?limit=3&cursor=" + first.text("/next"));

    assertEquals(orders, first.at("/items").findValuesAsText("order_id"));
    assertTrue(first.header("Link").contains("rel=\"next\""));
    assertEquals("user_registered", second.text("/items/0/kind"));
    assertEquals("email", second.text("/items/0/channel"));
    assertEquals(1, second.at("/items").size());
    assertTrue(second.at("/next").isMissingNode());
    assertFalse(first.text("/items/0/sent_at").isEmpty());
    assertTrue(first.at("/items/0/text").isMissingNode());
  }

  @Test
  void usersReadTheirOwn() {
    var user = shop.registered();
    var id = only(user);

    var answer = shop.as(user).get(PATH + "/" + id);

    assertEquals(200, answer.status());
    assertTrue(answer.text("/text").contains("Your account is ready"), answer::toString);
    assertTrue(answer.at("/order_id").isMissingNode());
    assertEquals(
        304,
        shop.as(user).with("If-None-Match", answer.header("ETag")).get(PATH + "/" + id).status());
  }

  @Test
  void othersDoNotExist() {
    var user = shop.registered();
    var stranger = shop.service().user("shopper");

    assertEquals("not-found", stranger.get(PATH + "/" + only(user)).problem());
    assertEquals("not-found", stranger.get(PATH + "?user_id=" + user.id()).problem());
    assertEquals(0, stranger.get(PATH).at("/items").size());
    assertEquals(403, shop.service().service().get(PATH).status());
  }

  @Test
  void supportAndAdministratorsReadEverybodys() {
    var user = shop.registered();
    for (var role : List.of("support", "admin")) {
      var caller = shop.service().user(role);
      assertEquals(1, caller.get(PATH + "?user_id=" + user.id()).at("/items").size());
      assertEquals(200, caller.get(PATH + "/" + only(user)).status());
    }
  }

  @Test
  void strangersSignInFirst() {
    for (var path : List.of(PATH, PATH + "/" + UUID.randomUUID())) {
      assertEquals(401, shop.service().anonymous().get(path).status());
    }
  }

  @Test
  void supportSendsAgainOnceForEachKeyAsAMessageOfItsOwn() {
    var user = shop.registered();
    var path = PATH + "/" + only(user) + "/redeliveries";
    var support = shop.service().user("support").withKey("again-" + user.id());

    var first = support.post(path, "");
    shop.mail(user, 2);
    shop.awaitStatuses(user, "sent");
    var second = support.post(path, "");

    assertEquals(202, first.status(), first::toString);
    assertEquals("queued", first.text("/status"));
    assertTrue(first.header("Location").endsWith(PATH + "/" + only(user)), first::toString);
    assertEquals("true", second.header("Idempotent-Replayed"));
    var mails = shop.mailbox().to(user.email());
    assertEquals(2, mails.size());
    assertEquals(
        List.of("<" + only(user) + "@emporion.example>"), mails.get(0).header("Message-ID"));
    assertNotEquals(mails.get(0).header("Message-ID"), mails.get(1).header("Message-ID"));
  }

  @Test
  void aGivenUpMailCanBeSentAgain() {
    var user = Somebody.any();
    shop.mailbox().refuse(user.email(), 550, 1);
    shop.register(user);
    shop.awaitStatuses(user, "failed");

    var path = PATH + "/" + only(user) + "/redeliveries";
    assertEquals(202, shop.service().user("admin").post(path, "").status());

    shop.mail(user, 1);
    shop.awaitStatuses(user, "sent");
  }

  @Test
  void shoppersSendNothingAgain() {
    var user = shop.registered();
    var path = PATH + "/" + only(user) + "/redeliveries";

    assertEquals(403, shop.as(user).post(path, "").status());
    assertEquals(401, shop.service().anonymous().post(path, "").status());
    assertEquals(
        404,
        shop.service()
            .user("admin")
            .post(PATH + "/" + UUID.randomUUID() + "/redeliveries", "")
            .status());
  }

  @TestFactory
  Stream<DynamicTest> badQueries() {
    return Stream.of(
            "limit=0",
            "limit=-1",
            "limit=101",
            "limit=1.5",
            "limit=2147483648",
            "limit=x",
            "cursor=x",
            "cursor=!!",
            "cursor=YWJj",
            "user_id=1",
            "user_id=" + "x".repeat(300))
        .map(
            query ->
                DynamicTest.dynamicTest(
                    query.length() > 20 ? query.substring(0, 20) : query,
                    () -> {
                      var answer = shop.service().user("admin").get(PATH + "?" + query);
                      assertEquals(400, answer.status(), answer::toString);
                      assertEquals("invalid-request", answer.problem());
                      var name = query.substring(0, query.indexOf('='));
                      assertEquals(name, answer.text("/errors/0/pointer"));
                    }));
  }

  @TestFactory
  Stream<DynamicTest> badRequests() {
    var id = UUID.randomUUID();
    var admin = shop.service().user("admin");
    record Case(String method, String path, int status) {}
    return Stream.of(
            new Case("GET", PATH + "/1", 404),
            new Case("GET", PATH + "/" + "x".repeat(300), 404),
            new Case("GET", PATH + "/" + id + "0", 404),
            new Case("GET", PATH + "/%20", 404),
            new Case("POST", PATH, 405),
            new Case("DELETE", PATH + "/" + id, 405),
            new Case("GET", PATH + "/" + id + "/redeliveries", 405),
            new Case("BREW", PATH, 405),
            new Case("POST", PATH + "/x/redeliveries", 404))
        .map(
            bad ->
                DynamicTest.dynamicTest(
                    bad.method + " " + bad.path.substring(0, Math.min(60, bad.path.length())),
                    () -> {
                      var answer = admin.send(bad.method, bad.path, null);
                      assertEquals(bad.status, answer.status(), answer::toString);
                      assertFalse(answer.problem().isEmpty(), answer::toString);
                    }));
  }

  @Test
  void badKeysAreRefused() {
    var user = shop.registered();
    var path = PATH + "/" + only(user) + "/redeliveries";

    var answer = shop.service().user("admin").withKey("x".repeat(256)).post(path, "");

    assertEquals(400, answer.status());
    assertEquals("sent", shop.statuses(user).getFirst());
  }

  @Test
  void operatorsCount() {
    shop.registered();

    await()
        .atMost(Shop.PATIENCE)
        .until(
            () -> {
              var metrics =
                  shop.service().management().with("Accept", "text/plain").get("/metrics").body();
              return metrics
                      .lines()
                      .anyMatch(
                          line ->
                              line.startsWith("notifications_total{")
                                  && line.contains("kind=\"user_registered\"")
                                  && line.contains("status=\"sent\""))
                  && metrics
                      .lines()
                      .anyMatch(
                          line ->
                              line.startsWith("notifications_pending{")
                                  && line.contains("status=\"waiting\""));
            });
  }

  private String only(Somebody user) {
    return shop.service().user("admin").get(PATH + "?user_id=" + user.id()).text("/items/0/id");
  }
}
