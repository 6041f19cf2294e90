package emporion.notification.messages.control;

import emporion.chassis.http.Cursor;
import emporion.chassis.http.Page;
import emporion.chassis.problem.Problem;
import emporion.notification.contacts.control.ContactRepository;
import emporion.notification.messages.entity.Notification;
import emporion.notification.messages.entity.Status;
import emporion.notification.messages.entity.Summary;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Event;
import jakarta.inject.Inject;
import jakarta.transaction.Transactional;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** The way of each mail to its user, on record. */
@ApplicationScoped
@Transactional
public class Deliveries {
  private NotificationRepository notifications;
  private ContactRepository contacts;
  private Event<Step> steps;

  Deliveries() {}

  @Inject
  Deliveries(NotificationRepository notifications, ContactRepository contacts, Event<Step> steps) {
    this.notifications = notifications;
    this.contacts = contacts;
    this.steps = steps;
  }

  /** One notification. */
  public Optional<Notification> find(UUID id) {
    return notifications.find(id);
  }

  /** A page of a user's notifications, the newest first. */
  public Page<Summary> list(UUID userId, Optional<Cursor> after, int limit) {
    return Page.of(
        notifications.list(userId, after, limit), limit, summary -> Cursor.of(summary.id()));
  }

  /**
   * Sends a notification again, to the user's present address.
   *
   * @throws Problem 404 for an unknown id, 409 where it is still under way or nothing is left of it
   */
  public Notification repeat(UUID id) {
    var userId = notifications.userOf(id).orElseThrow(() -> Problem.notFound("notification"));
    var contact = contacts.meet(userId);
    var notification = notifications.locked(id).orElseThrow();
    if (!notification.repeatable()) {
      throw Problem.conflict(
          "not-repeatable",
          "It can't be sent again",
          "It is "
              + notification.status().wire()
              + ": only what was sent or has failed can be"
              + " sent again, and only while its user exists.");
    }
    notification.repeat(contact.email().orElseThrow(), now());
    tell(notification);
    return notification;
  }

  boolean anyDue() {
    return notifications.anyDue();
  }

  List<Notification> claim(int most) {
    return notifications.claim(most);
  }

  void giveBack(List<Notification> claimed) {
    if (!claimed.isEmpty()) {
      notifications.giveBack(claimed.stream().map(Notification::id).toList());
    }
  }

  void sent(Notification claimed, String messageId) {
    var notification = notifications.locked(claimed.id()).orElseThrow();
    notification.sent(messageId, now());
    if (notification.status() == Status.SENT) {
      tell(notification);
    }
  }

  /** Whether the mail was given up. */
  boolean refused(Notification claimed, String error, boolean forGood) {
    var notification = notifications.locked(claimed.id()).orElseThrow();
    notification.refused(claimed.attempts(), error, forGood, now());
    boolean givenUp = notification.status() == Status.FAILED;
    if (givenUp) {
      tell(notification);
    }
    return givenUp;
  }

  long count(Status status) {
    return notifications.count(status);
  }

  private void tell(Notification notification) {
    steps.fire(new Step(notification.kind(), notification.status()));
  }

  /** As exact as the databases keep it. */
  private static Instant now() {
    return Instant.now().truncatedTo(ChronoUnit.MICROS);
  }
}
