package emporion.notification.messages.entity;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** All attempts at a notification, also those of which no record tells. */
public final class Attempts {
  private Attempts() {}

  /**
   * In the order in which they were made.
   *
   * @param recorded those of the log, in any order
   */
  public static List<Attempt> of(Notification notification, List<Attempt> recorded, Instant now) {
    var all = new ArrayList<Attempt>();
    for (int delivery = 0; delivery <= notification.redeliveries(); delivery++) {
      for (int number = 1; number <= last(notification, recorded, delivery); number++) {
        all.add(attempt(notification, recorded, delivery, number, now));
      }
    }
    return all;
  }

  private static int last(Notification notification, List<Attempt> recorded, int delivery) {
    return delivery == notification.redeliveries()
        ? notification.attempts()
        : recorded.stream()
            .filter(attempt -> attempt.delivery() == delivery)
            .mapToInt(Attempt::number)
            .max()
            .orElse(0);
  }

  private static Attempt attempt(
      Notification notification, List<Attempt> recorded, int delivery, int number, Instant now) {
    return recorded.stream()
        .filter(attempt -> attempt.delivery() == delivery && attempt.number() == number)
        .findFirst()
        .orElseGet(() -> unrecorded(notification, delivery, number, now));
  }

  private static Attempt unrecorded(
      Notification notification, int delivery, int number, Instant now) {
    boolean latest = delivery == notification.redeliveries() && number == notification.attempts();
    if (latest && notification.status() == Status.SENT) {
      return Attempt.accepted(notification);
    }
    boolean underWay = latest && notification.nextAttemptAt().filter(now::isBefore).isPresent();
    return Attempt.unrecorded(
        notification,
        delivery,
        number,
        underWay ? Attempt.Outcome.UNDER_WAY : Attempt.Outcome.UNKNOWN);
  }
}
