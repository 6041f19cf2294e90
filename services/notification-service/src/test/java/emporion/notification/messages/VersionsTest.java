package emporion.notification.messages;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import emporion.chassis.testkit.Http.Answer;
import emporion.notification.Shop;
import emporion.notification.Shop.Somebody;
import java.util.HashSet;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** Both versions of notifications: each under its own names, over the same mails. */
class VersionsTest {
  private final Shop shop = Shop.open();

  private String welcome(Somebody user) {
    shop.awaitStatuses(user, "sent");
    return shop.as(user).get("/v2/notifications").text("/items/0/notification_id");
  }

  @Test
  void aNotificationIsShownInBothVersionsUnderTheirOwnNames() {
    var user = shop.registered();
    var order = shop.confirmed(user, "Cup");
    shop.mail(user, 2);
    shop.awaitStatuses(user, "sent", "sent");

    var one = shop.as(user).get("/v1/notifications");
    var two = shop.as(user).get("/v2/notifications");
    var id = two.text("/items/0/notification_id");
    var whole = shop.as(user).get("/v2/notifications/" + id);

    assertEquals(one.text("/items/0/id"), id);
    assertEquals(user.id().toString(), two.text("/items/0/user_id"));
    assertEquals("order_confirmed", two.text("/items/0/kind"));
    assertEquals("email", two.text("/items/0/channel"));
    assertEquals(order.toString(), two.text("/items/0/order_id"));
    assertEquals("Order confirmed: Cup and 1 more", two.text("/items/0/message/subject"));
    assertTrue(two.at("/items/0/message/text").isMissingNode());
    assertTrue(two.at("/items/1/order_id").isMissingNode());
    assertEquals(one.text("/items/0/sent_at"), two.text("/items/0/sent_at"));
    assertEquals(user.id().toString(), whole.text("/user_id"));
    assertTrue(whole.text("/message/text").contains("Cup"), whole::toString);
    assertEquals(
        shop.as(user).get("/v1/notifications/" + id).text("/text"), whole.text("/message/text"));
  }

  @Test
  void ofAnErasedUserNoWordIsShown() {
    var user = shop.registered();
    var id = welcome(user);
    shop.erase(user);
    var marker = shop.registered(); // behind it in the same queue
    shop.awaitStatuses(marker, "sent");

    var whole = shop.as(user).get("/v2/notifications/" + id);

    assertEquals("{\"subject\":\"\"}", whole.at("/message").toString());
    assertFalse(whole.body().contains(user.username()), whole::toString);
  }

  @Test
  void aKeySendsAgainOnceAndInOneVersion() {
    var user = shop.registered();
    var path = "/notifications/" + welcome(user) + "/redeliveries";
    var support = shop.service().user("support").withKey("again-" + user.id());

    var first = support.post("/v2" + path, "");
    var second = support.post("/v2" + path, "");

    assertEquals(202, first.status(), first::toString);
    assertEquals("queued", first.text("/status"));
    assertEquals("/v2" + path.replace("/redeliveries", ""), first.header("Location"));
    assertEquals(first.body(), second.body());
    assertEquals("true", second.header("Idempotent-Replayed"));
    assertEquals(422, support.post("/v1" + path, "").status());
    shop.mail(user, 2);
    shop.awaitStatuses(user, "sent");
    assertEquals(2, shop.mailbox().to(user.email()).size());
  }

  @Test
  void onlyVersion1AnnouncesItsEnd() {
    var user = shop.registered();
    for (var path : List.of("", "/" + welcome(user))) {
      var one = shop.as(user).get("/v1/notifications" + path);
      assertTrue(one.header("Deprecation").startsWith("@"), one::toString);
      assertFalse(one.header("Sunset").isEmpty());
      assertTrue(
          one.header("Link")
              .contains("</v2/notifications" + path + ">; rel=\"successor-version\""));
      var two = shop.as(user).get("/v2/notifications" + path);
      assertEquals("", two.header("Deprecation"));
      assertEquals("", two.header("Link"));
    }
  }

  @TestFactory
  Stream<DynamicTest> conventions() {
    var user = shop.registered();
    return Stream.of("/v1/notifications", "/v2/notifications")
        .flatMap(
            path ->
                Stream.of(
                    DynamicTest.dynamicTest(path + " tags", () -> tags(user, path)),
                    DynamicTest.dynamicTest(path + " pages", () -> pages(path)),
                    DynamicTest.dynamicTest(path + " head", () -> head(user, path)),
                    DynamicTest.dynamicTest(path + " roles", () -> roles(user, path))));
  }

  private void tags(Somebody user, String path) {
    var one = path + "/" + welcome(user);
    var tag = shop.as(user).get(one).header("ETag");
    var unchanged = shop.as(user).with("If-None-Match", tag).get(one);
    assertEquals(304, unchanged.status());
    assertEquals(tag, unchanged.header("ETag"));
    var other = path.contains("v1") ? one.replace("v1", "v2") : one.replace("v2", "v1");
    assertNotEquals(tag, shop.as(user).get(other).header("ETag"));
    assertEquals(200, shop.as(user).with("If-None-Match", "\"x\"").get(one).status());
  }

  private void pages(String path) {
    var user = shop.registered();
    for (int i = 0; i < 2; i++) {
      shop.confirmed(user, "Cup " + i);
      shop.mail(user, i + 2);
    }
    var first = shop.as(user).get(path + "?limit=2");
    var second = shop.as(user).get(next(first));
    assertTrue(second.at("/next").isMissingNode());
    var name = path.contains("v1") ? "id" : "notification_id";
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

  private void head(Somebody user, String path) {
    var caller = shop.service().user(user.id(), "shopper", "admin");
    var one = path + "/" + welcome(user);
    var head = caller.send("HEAD", one, null);
    assertEquals(200, head.status());
    assertEquals("", head.body());
    assertEquals(caller.get(one).header("ETag"), head.header("ETag"));
  }

  private void roles(Somebody user, String path) {
    var one = path + "/" + welcome(user);
    var stranger = shop.service().user("shopper");
    assertEquals(401, shop.service().anonymous().get(path).status());
    assertEquals(401, shop.service().anonymous().get(one).status());
    assertEquals(404, stranger.get(one).status());
    assertEquals(404, stranger.get(path + "?user_id=" + user.id()).status());
    assertEquals(0, stranger.get(path).at("/items").size());
    assertEquals(403, shop.service().service().get(path).status());
    assertEquals(403, shop.as(user).post(one + "/redeliveries", "").status());
    for (var role : List.of("support", "admin")) {
      var caller = shop.service().user(role);
      assertEquals(1, caller.get(path + "?user_id=" + user.id()).at("/items").size());
      assertEquals(200, caller.get(one).status());
    }
  }
}
