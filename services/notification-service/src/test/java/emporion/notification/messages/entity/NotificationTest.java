package emporion.notification.messages.entity;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class NotificationTest {
  private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");

  private static Notification queued() {
    var notification =
        Notification.composed(
            UUID.randomUUID(),
            UUID.randomUUID(),
            Kind.ORDER_CONFIRMED,
            UUID.randomUUID(),
            new Letter("Subject", "text", "<p>html</p>"),
            NOW);
    notification.addressTo("somebody@shop.example", NOW);
    return notification;
  }

  @Test
  void pausesGrowFromASecondToTenMinutes() {
    var pauses = IntStream.rangeClosed(1, 9).mapToObj(Failure.TEMPORARY::pause).toList();

    assertEquals(Duration.ofSeconds(1), pauses.getFirst());
    assertEquals(Duration.ofSeconds(4), pauses.get(1));
    assertEquals(Duration.ofSeconds(256), pauses.get(4));
    assertEquals(Duration.ofMinutes(10), pauses.get(5));
    assertEquals(Duration.ofMinutes(10), pauses.getLast());
  }

  @Test
  void aRefusalOfAnAttemptThatIsNotTheLatestIsPassedOver() {
    var notification = queued();

    notification.refused(notification.attempts() + 1, "late", Failure.BAD_ADDRESS, NOW);

    assertEquals(Status.QUEUED, notification.status());
    assertEquals(Optional.empty(), notification.lastError());
  }

  @Test
  void aRefusalForGoodEndsItAtOnce() {
    var notification = queued();

    notification.refused(notification.attempts(), "550 unknown", Failure.BAD_ADDRESS, NOW);

    assertEquals(Status.FAILED, notification.status());
  }

  @Test
  void whatIsSentInSpiteOfAnErasureStaysDropped() {
    var notification = queued();
    notification.drop();

    notification.sent("<1@shop.example>", NOW);

    assertEquals(Status.DROPPED, notification.status());
    assertFalse(notification.repeatable());
  }

  @Test
  void whatWasTakenByTheServerIsSentThoughAnotherAttemptHadFailed() {
    var notification = queued();
    notification.refused(notification.attempts(), "550 unknown", Failure.BAD_ADDRESS, NOW);

    notification.sent("<1@shop.example>", NOW);

    assertEquals(Status.SENT, notification.status());
    assertEquals(Optional.empty(), notification.lastError());
  }

  @Test
  void aRedeliveryGoesToThePresentAddress() {
    var notification = queued();
    notification.sent("<1@shop.example>", NOW);

    notification.repeat("else@shop.example", NOW);

    assertEquals(Optional.of("else@shop.example"), notification.address());
  }
}
