package emporion.notification.messages;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import emporion.contracts.Events;
import emporion.notification.Shop;
import emporion.notification.Shop.Somebody;
import java.util.Base64;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.Test;

/** What happens in the shop reaches the user's mailbox, once and unharmed. */
class MailsTest {
  private final Shop shop = Shop.open();

  @Test
  void aNewUserIsWelcomed() {
    var user = Somebody.any();
    shop.register(user);

    var mail = shop.mail(user, 1);

    assertEquals("Welcome to Emporion, " + user.username(), mail.subject());
    assertEquals(List.of("Emporion <shop@emporion.example>"), mail.header("From"));
    assertEquals(List.of(user.email()), mail.header("To"));
    assertEquals(List.of("auto-generated"), mail.header("Auto-Submitted"));
    assertTrue(mail.text().startsWith("Hello " + user.username() + ","), mail::text);
    assertTrue(mail.html().contains("<h1"), mail::html);
  }

  @Test
  void aLinkForANewPasswordStandsInTheMailAndNowhereElse() throws Exception {
    var user = shop.registered();
    var reset = shop.forgot(user);

    var mail = shop.mail(user, 2);

    var mac = Mac.getInstance("HmacSHA256");
    mac.init(new SecretKeySpec(Shop.RESET_KEY.getBytes(UTF_8), "HmacSHA256"));
    var signature = mac.doFinal(reset.toString().getBytes(UTF_8));
    var token = reset + "." + Base64.getUrlEncoder().withoutPadding().encodeToString(signature);
    assertEquals("Your new password at Emporion", mail.subject());
    assertTrue(mail.text().contains("http://127.0.0.1:8080/#/reset/" + token), mail::text);
    assertTrue(mail.html().contains("/#/reset/" + token), mail::html);
    var me = shop.service().user(user.id());
    var kept = me.get("/v2/notifications");
    assertEquals("password_reset_requested", kept.text("/items/0/kind"), kept::toString);
    var id = kept.text("/items/0/notification_id");
    var whole = me.get("/v2/notifications/" + id);
    assertEquals(200, whole.status(), whole::toString);
    assertFalse(whole.body().contains(token.substring(36)), whole::body);
  }

  @Test
  void aConfirmationShowsTheOrder() {
    var user = shop.registered();
    var order = shop.confirmed(user, "Grüne Kanne");

    var mail = shop.mail(user, 2);

    assertEquals("Order confirmed: Grüne Kanne and 1 more", mail.subject());
    for (var body : List.of(mail.text(), mail.html())) {
      for (var word : List.of(order.toString(), "Grüne Kanne", "€1,299.50", "€2,599.00")) {
        assertTrue(body.contains(word), () -> word + " is not in " + body);
      }
      assertTrue(body.contains("€2,624.00"), body);
    }
  }

  @Test
  void aConfirmationThatIsDeliveredTwiceIsMailedOnce() {
    var user = shop.registered();
    var event = UUID.randomUUID();
    var order = UUID.randomUUID();
    var json = Shop.orderJson("order_confirmed", order, user, "Cup");
    shop.broker().publish(event, "order_confirmed", order, 1, json);
    shop.broker().publish(event, "order_confirmed", order, 1, json);
    shop.confirmed(user, "Marker");

    shop.mail(user, 3);

    assertEquals(List.of("sent", "sent", "sent"), shop.statuses(user));
    assertEquals(3, shop.mailbox().to(user.email()).size());
  }

  @Test
  void aCancellationNamesItsReasonInWords() {
    var user = shop.registered();
    shop.order("order_cancelled", user, "Cup", "out_of_stock");

    var mail = shop.mail(user, 2);

    assertEquals("Order cancelled: Cup and 1 more", mail.subject());
    assertTrue(mail.text().contains("Reason: out of stock"), mail::text);
    assertTrue(mail.html().contains("<strong>out of stock</strong>"), mail::html);
  }

  @Test
  void aDeclineNamesWhatTheBankSaid() {
    var user = shop.registered();
    shop.refused(user, "insufficient_funds", false);

    var mail = shop.mail(user, 2);
    assertTrue(mail.text().contains("Reason: insufficient funds"), mail::text);
  }

  @Test
  void aRefusalThatTheCustomerHasSeenIsNoMail() {
    var user = shop.registered();
    shop.refused(user, "expired_card", true);
    shop.confirmed(user, "Cup");

    assertEquals("Order confirmed: Cup and 1 more", shop.mail(user, 2).subject());
    assertEquals(2, shop.statuses(user).size());
  }

  @Test
  void aCancellationWithoutAReasonNamesNone() {
    var user = shop.registered();
    shop.order("order_cancelled", user, "Cup", null);

    assertFalse(shop.mail(user, 2).text().contains("Reason"));
  }

  @Test
  void aRefundNamesItsAmount() {
    var user = shop.registered();
    var order = UUID.randomUUID();
    var data =
        Events.example("payment_refunded")
            .put("order_id", order.toString())
            .put("user_id", user.id().toString());
    data.withObject("/amount").put("amount", 1_500).put("currency", "JPY");
    shop.publish("payment_refunded", UUID.randomUUID(), 2, data);

    var mail = shop.mail(user, 2);

    assertEquals("Refund of ¥1,500", mail.subject());
    assertTrue(mail.text().contains(order.toString()), mail::text);
  }

  @Test
  void anOrderThatOvertakesItsUserWaitsForTheAddress() {
    var user = Somebody.any();
    shop.confirmed(user, "Early bird");
    shop.awaitStatuses(user, "waiting");
    shop.register(user);

    var mails = List.of(shop.mail(user, 1).subject(), shop.mail(user, 2).subject());

    assertTrue(mails.contains("Order confirmed: Early bird and 1 more"), mails::toString);
    assertTrue(mails.contains("Welcome to Emporion, " + user.username()), mails::toString);
    shop.awaitStatuses(user, "sent", "sent");
  }

  @Test
  void aMailGoesToTheNewestAddressWhateverComesLast() {
    var old = shop.registered();
    var moved = new Somebody(old.id(), old.username(), "new-" + old.email());
    shop.change(moved, 2);
    shop.change(old, 1);
    shop.register(old);
    shop.mail(moved, 2);
    shop.confirmed(old, "Cup");

    assertTrue(shop.mail(moved, 3).subject().startsWith("Order confirmed"));
    assertEquals(2, shop.mailbox().to(old.email()).size());
  }

  @Test
  void anotherAddressIsToldToTheOldOneAndTheNewOne() {
    var old = shop.registered();
    var moved = new Somebody(old.id(), old.username(), "moved-" + old.email());
    shop.change(moved, 1);

    for (var mail : List.of(shop.mail(old, 2), shop.mail(moved, 1))) {
      assertEquals("The address of your account at Emporion was changed", mail.subject());
      assertTrue(mail.text().contains("shop@emporion.example"), mail::text);
      assertFalse(mail.text().contains(moved.email()), "the old address is not told the new one");
    }
  }

  @Test
  void anotherPasswordIsTold() {
    var user = shop.registered();
    shop.change(user, 1);
    var data =
        Events.example("user_changed")
            .put("user_id", user.id().toString())
            .put("username", user.username())
            .put("email", user.email())
            .put("password_changed", true);
    shop.publish("user_changed", user.id(), 2, data);

    assertEquals("Your password at Emporion was changed", shop.mail(user, 2).subject());
    assertEquals(List.of("sent", "sent"), shop.statuses(user), "and nothing of the first change");
  }

  @Test
  void markupInANameIsTextInTheMail() {
    var user = shop.registered();
    shop.confirmed(user, "<script>alert(\"1\")</script> & Sons' {{shop}}");

    var mail = shop.mail(user, 2);

    assertFalse(mail.html().contains("<script"), mail::html);
    assertTrue(mail.html().contains("&lt;script&gt;alert(&quot;1&quot;)&lt;/script&gt; &amp;"));
    assertTrue(mail.html().contains("{{shop}}"), mail::html);
    assertTrue(mail.text().contains("<script>alert(\"1\")</script> & Sons' {{shop}}"));
  }

  @Test
  void lineEndsInNamesAddNoHeaderAndNoParagraph() {
    var id = UUID.randomUUID();
    var evil = "eve\r\nBcc: victim@shop.example\r\n\r\nPay here";
    var user = new Somebody(id, evil, id + "@shop.example");
    shop.register(user);
    shop.mail(user, 1);
    shop.confirmed(user, "Cup\r\nBcc: victim@shop.example\n\nPay there\u2028now");
    shop.mail(user, 2);

    for (var mail : shop.mailbox().to(user.email())) {
      assertEquals(List.of(user.email()), mail.recipients());
      assertEquals(List.of(), mail.header("Bcc"));
      assertTrue(mail.headerLines().stream().noneMatch(line -> line.startsWith("Bcc")));
      assertTrue(mail.text().lines().noneMatch(line -> line.startsWith("Pay")), mail::text);
    }
    assertTrue(shop.mailbox().to(user.email()).getFirst().subject().contains("eve Bcc: victim"));
    assertEquals(List.of(), shop.mailbox().to("victim@shop.example"));
  }

  @Test
  void anAddressThatIsNoneGetsNothing() {
    var id = UUID.randomUUID();
    var user = new Somebody(id, "mallory", id + "@shop.example\r\nBcc: all@shop.example");
    int before = shop.mailbox().all().size();
    shop.register(user);

    shop.awaitStatuses(user, "failed");

    assertEquals(before, shop.mailbox().all().size());
  }

  @Test
  void anotherRoleIsTold() {
    var user = shop.registered();
    var data =
        Events.example("user_changed")
            .put("user_id", user.id().toString())
            .put("username", user.username())
            .put("email", user.email())
            .put("role", "catalogue_manager")
            .put("role_changed", true);
    shop.publish("user_changed", user.id(), 1, data);

    var mail = shop.mail(user, 2);
    assertEquals("Your account at Emporion may do other things now", mail.subject());
    assertTrue(mail.text().contains("catalogue manager"), mail::text);
    assertTrue(mail.text().contains("shop@emporion.example"), mail::text);
  }

  /** Whoever registers with it, moves to it or forgets its password, under whatever spelling. */
  @Test
  void aMailboxGetsTenMailsOfAKindADayWhoeverAsksForThem() {
    var box = "flooded" + UUID.randomUUID();
    for (int i = 0; i < 12; i++) {
      var spelling = (i % 2 == 0 ? "" : "+" + i) + "@Shop.example";
      var id = UUID.randomUUID();
      shop.register(new Somebody(id, "user-" + id, box + spelling));
    }
    var owner = new Somebody(UUID.randomUUID(), "owner", "f." + box.substring(1) + "@shop.example");
    shop.register(owner);
    for (int i = 0; i < 12; i++) {
      shop.forgot(owner);
    }
    var marker = shop.registered(); // behind them in the same queue

    await().until(() -> shop.mailbox().to(owner.email()).size() == 10);
    assertEquals(Set.of("sent"), Set.copyOf(shop.statuses(owner)));
    assertEquals(
        10,
        shop.mailbox().all().stream()
            .filter(mail -> mail.recipients().getFirst().startsWith(box))
            .count());
    assertEquals(List.of("sent"), shop.statuses(marker));
  }

  @Test
  void anErasedUserIsForgotten() {
    var user = shop.registered();
    shop.mailbox().refuse(user.email(), 450, 100);
    shop.confirmed(user, "Secret wish");
    shop.awaitStatuses(user, "queued", "sent");

    shop.erase(user);

    shop.awaitStatuses(user, "queued", "dropped", "sent");
    shop.mailbox().refuse(user.email(), 550, 1);
    shop.awaitStatuses(user, "failed", "dropped", "sent");
    var list = shop.as(user).get("/v1/notifications");
    assertFalse(list.body().contains("Secret wish"), list::toString);
    assertFalse(list.body().contains(user.username()), list::toString);
    for (var id : list.at("/items").findValuesAsText("id")) {
      var one = shop.as(user).get("/v1/notifications/" + id);
      assertFalse(one.body().contains("text"), one::toString);
      var again =
          shop.service().user("admin").post("/v1/notifications/" + id + "/redeliveries", "");
      assertEquals("not-repeatable", again.problem(), again::toString);
    }
  }

  @Test
  void anErasedUserGetsNoMailAnyMore() {
    var user = shop.registered();
    shop.erase(user);
    shop.register(user);
    var other = shop.registered(); // behind them in the same queue
    shop.confirmed(user, "Late");
    shop.confirmed(other, "Marker");
    shop.mail(other, 2);

    var last = shop.mail(user, 2);
    assertEquals("Your account at Emporion was erased", last.subject());
    assertFalse(last.text().contains(user.username()), last::text);
    assertEquals(2, shop.mailbox().to(user.email()).size());
    shop.awaitStatuses(user, "sent", "sent");
    var kept = shop.as(user).get("/v1/notifications").at("/items/0/id").asText();
    var one = shop.as(user).get("/v1/notifications/" + kept);
    assertEquals("user_erased", one.text("/event_type"), one::toString);
    assertTrue(one.at("/text").isMissingNode(), one::toString);
  }
}
