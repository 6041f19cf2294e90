package emporion.notification.messages.entity;

import static org.junit.jupiter.api.Assertions.assertEquals;

import emporion.notification.messages.entity.Attempt.Outcome;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class AttemptsTest {
  private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");

  /** As the database would have it after so many takings. */
  private static Notification taken(int attempts, Instant until) throws Exception {
    var letter = new Letter("Subject", "text", "<p>html</p>");
    var notification =
        Notification.composed(
            UUID.randomUUID(), UUID.randomUUID(), Kind.ORDER_CONFIRMED, null, letter, NOW);
    notification.addressTo("somebody@shop.example", until);
    var field = Notification.class.getDeclaredField("attempts");
    field.setAccessible(true);
    field.set(notification, attempts);
    return notification;
  }

  private static List<Outcome> outcomes(Notification notification) {
    return Attempts.of(notification, List.of(), NOW).stream().map(Attempt::outcome).toList();
  }

  @Test
  void whatWasTakenUpAndIsNotDueYetIsUnderWay() throws Exception {
    assertEquals(List.of(Outcome.UNDER_WAY), outcomes(taken(1, NOW.plusSeconds(60))));
  }

  @Test
  void whatWasTakenUpAndIsDueAgainHasNoKnownEnd() throws Exception {
    assertEquals(List.of(Outcome.UNKNOWN), outcomes(taken(1, NOW.minusSeconds(1))));
  }

  @Test
  void whatWentUnseenBeforeASuccessIsTold() throws Exception {
    var notification = taken(2, NOW);
    notification.sent("<1@shop.example>", NOW);

    assertEquals(List.of(Outcome.UNKNOWN, Outcome.ACCEPTED), outcomes(notification));
  }

  @Test
  void whatWasNeverTakenUpHasNoAttempts() throws Exception {
    assertEquals(List.of(), outcomes(taken(0, NOW)));
  }
}
