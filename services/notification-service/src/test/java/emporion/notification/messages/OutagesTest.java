package emporion.notification.messages;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import emporion.chassis.testkit.TestAuthority;
import emporion.notification.Shop;
import emporion.notification.Shop.Somebody;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is away for a while delays a mail and loses none. */
class OutagesTest {
  private static final String DEAD = "notification-service.orders.dead";

  /** The pauses of a consumer between its attempts, and some. */
  private static final Duration UNTIL_BURIED = Duration.ofSeconds(60);

  private final Shop shop = Shop.open();

  @TempDir private Path folder;

  @Test
  void mailsWaitForTheMailServer() {
    var user = Somebody.any();
    shop.mailbox().close();
    try {
      shop.register(user);
      shop.awaitStatuses(user, "queued");
      assertEquals(200, shop.service().management().get("/health/ready").status());
    } finally {
      shop.mailbox().open();
    }

    shop.mail(user, 1);

    shop.awaitStatuses(user, "sent");
  }

  @Test
  void mailsWaitForTheMailServerThatIsMeant() {
    var stranger = TestAuthority.in(folder.resolve("stranger")).issue("ip:127.0.0.1").context();
    var otherName = shop.authority().issue("dns:elsewhere.example").context();
    waits(() -> shop.mailbox().open(stranger));
    waits(() -> shop.mailbox().open(otherName));
    waits(() -> shop.mailbox().openInTheClear());
  }

  private void waits(Runnable opening) {
    var user = Somebody.any();
    shop.mailbox().close();
    opening.run();
    try {
      int before = shop.mailbox().visits();
      shop.register(user);
      await().atMost(Shop.PATIENCE).until(() -> shop.mailbox().visits() >= before + 2);
      shop.awaitStatuses(user, "queued");
    } finally {
      shop.mailbox().close();
      shop.mailbox().open();
    }
    assertEquals(List.of(), shop.mailbox().to(user.email()));
    shop.awaitStatuses(user, "sent");
  }

  @Test
  void aMailThatIsRefusedForNowComesLater() {
    var user = Somebody.any();
    shop.mailbox().refuse(user.email(), 451, 2);
    shop.register(user);

    shop.mail(user, 1);

    shop.awaitStatuses(user, "sent");
    assertEquals(1, shop.mailbox().to(user.email()).size());
  }

  @Test
  void aMailThatIsRefusedForGoodIsGivenUpAndDelaysNobody() {
    var gone = Somebody.any();
    shop.mailbox().refuse(gone.email(), 550, 1);
    shop.register(gone);

    shop.awaitStatuses(gone, "failed");

    shop.registered();
  }

  @Test
  void aTextThatIsRefusedForGoodIsGivenUp() {
    var user = shop.registered();
    shop.mailbox().refuseText(user.email(), 554, 1);
    shop.confirmed(user, "Spam");

    shop.awaitStatuses(user, "failed", "sent");
  }

  @Test
  void anAddressThatTheMailServerCantTakeIsGivenUpAtOnce() {
    for (var local : List.of("a..b", ".a", "a.", "a b")) {
      var id = UUID.randomUUID();
      var user = new Somebody(id, "jorg", local + "@shop.example");
      shop.register(user);

      shop.awaitStatuses(user, "failed");
    }
    shop.registered();
  }

  @Test
  void aNameInOtherLettersIsMailedWhereTheServerHasSmtpUtf8() {
    var id = UUID.randomUUID();
    var user = new Somebody(id, "jorg", "jörg-" + id + "@shop.example");
    shop.register(user);

    shop.awaitStatuses(user, "sent");
  }

  @Test
  void aDomainInOtherLettersIsMailedInAscii() {
    var id = UUID.randomUUID();
    var user = new Somebody(id, "anna", id + "@BÜCHER.example");
    shop.register(user);

    shop.awaitStatuses(user, "sent");

    assertEquals(1, shop.mailbox().to(id + "@xn--bcher-kva.example").size());
  }

  @Test
  void poisonGoesToTheDeadQueueAndTheNextIsTakenIn() {
    var user = shop.registered();
    long before = deadLetters();
    shop.broker().publish("order_confirmed", UUID.randomUUID(), 1, "{\"order_id\": 7}");
    shop.confirmed(user, "After the poison");

    await().atMost(UNTIL_BURIED).until(() -> deadLetters() == before + 1);

    assertTrue(shop.mail(user, 2).subject().contains("After the poison"));
    assertEquals(List.of("sent", "sent"), shop.statuses(user));
  }

  private long deadLetters() {
    return shop.broker().depth(DEAD);
  }
}
