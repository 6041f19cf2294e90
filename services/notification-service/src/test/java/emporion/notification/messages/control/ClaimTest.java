package emporion.notification.messages.control;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import emporion.notification.Shop;
import emporion.notification.Shop.Somebody;
import emporion.notification.messages.entity.Channel;
import emporion.notification.messages.entity.Delivery;
import emporion.notification.messages.entity.Failure;
import jakarta.enterprise.inject.literal.NamedLiteral;
import jakarta.enterprise.inject.spi.CDI;
import jakarta.transaction.UserTransaction;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import javax.sql.DataSource;
import org.junit.jupiter.api.Test;

/** Several replicas of the service share the sending. */
class ClaimTest {
  private static final int MAILS = 12;

  private final Shop shop = Shop.open();
  private final Deliveries deliveries = shop.service().bean(Deliveries.class);
  private final NotificationRepository notifications =
      shop.service().bean(NotificationRepository.class);

  @Test
  void noMailIsClaimedTwiceAndWhatIsGivenBackIsSentOnce() throws Exception {
    shop.mailbox().close();
    List<Somebody> users;
    try {
      users = IntStream.range(0, MAILS).mapToObj(i -> Somebody.any()).toList();
      users.forEach(shop::register);
      users.forEach(user -> shop.awaitStatuses(user, "queued"));

      var claimed = claimFromTwoSides();

      assertEquals(MAILS, claimed.size());
      assertEquals(MAILS, new HashSet<>(claimed.stream().map(Delivery::id).toList()).size());
      assertEquals(List.of(), notifications.claim(Channel.EMAIL, MAILS));
      assertTrue(claimed.stream().allMatch(delivery -> delivery.attempts() == 1));
      notifications.giveBack(claimed);
    } finally {
      shop.mailbox().open();
    }
    users.forEach(user -> shop.mail(user, 1));
    users.forEach(user -> shop.awaitStatuses(user, "sent"));
    assertTrue(users.stream().allMatch(u -> shop.mailbox().to(u.email()).size() == 1));
  }

  /** Each side takes as many as all: a claim that waits for the other would take the same. */
  private List<Delivery> claimFromTwoSides() throws Exception {
    var gate = new CountDownLatch(1);
    try (var sides = Executors.newVirtualThreadPerTaskExecutor()) {
      var claims =
          IntStream.range(0, 2)
              .mapToObj(
                  side ->
                      sides.submit(
                          () -> {
                            gate.await();
                            return notifications.claim(Channel.EMAIL, MAILS);
                          }))
              .toList();
      gate.countDown();
      var claimed = new ArrayList<>(claims.getFirst().get());
      claimed.addAll(claims.getLast().get());
      return claimed;
    }
  }

  /** Not even while it has not committed yet. */
  @Test
  void aClaimHoldsUpNoOther() throws Exception {
    var users = Stream.generate(Somebody::any).limit(3).toList();
    shop.mailbox().close();
    try {
      users.forEach(shop::register);
      users.forEach(user -> shop.awaitStatuses(user, "queued"));

      var transaction = CDI.current().select(UserTransaction.class).get();
      transaction.begin();
      var claimed = new ArrayList<>(notifications.claim(Channel.EMAIL, 1));
      try (var other = Executors.newVirtualThreadPerTaskExecutor()) {
        claimed.addAll(other.submit(() -> notifications.claim(Channel.EMAIL, MAILS)).get());
      } finally {
        transaction.commit();
      }

      assertEquals(3, claimed.size());
      notifications.giveBack(claimed);
    } finally {
      shop.mailbox().open();
    }
    users.forEach(user -> shop.awaitStatuses(user, "sent"));
  }

  @Test
  void theTenthRefusalIsTheLast() throws SQLException {
    var user = Somebody.any();
    shop.mailbox().close();
    try {
      shop.register(user);
      shop.awaitStatuses(user, "queued");
      for (int attempt = 1; attempt <= 10; attempt++) {
        refuse(attempt);
      }
      shop.awaitStatuses(user, "failed");
    } finally {
      shop.mailbox().open();
    }
  }

  private void refuse(int attempt) throws SQLException {
    letThePausePass();
    var claimed = notifications.claim(Channel.EMAIL, 1).getFirst();
    assertEquals(attempt, claimed.attempts());
    deliveries.refused(claimed, "451 later", Failure.TEMPORARY);
  }

  private void letThePausePass() throws SQLException {
    var database = CDI.current().select(DataSource.class, NamedLiteral.of("db")).get();
    try (var connection = database.getConnection();
        var statement = connection.createStatement()) {
      statement.executeUpdate(
          "update notification set next_attempt_at = current_timestamp where status = 'QUEUED'");
    }
  }
}
