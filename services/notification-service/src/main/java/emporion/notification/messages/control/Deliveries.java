package emporion.notification.messages.control;

import emporion.chassis.refusal.Missing;
import emporion.chassis.refusal.Refusal;
import emporion.notification.contacts.control.ContactRepository;
import emporion.notification.messages.entity.Notification;
import emporion.notification.messages.entity.Status;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Event;
import jakarta.inject.Inject;
import jakarta.transaction.Transactional;
import jakarta.transaction.Transactional.TxType;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.UUID;

/** The way of each mail to its user, on record. */
@ApplicationScoped
@Transactional
public class Deliveries {
  private NotificationRepository notifications;
  private ContactRepository contacts;
  private NotificationMetrics metrics;
  private Event<Step> steps;

  Deliveries() {}

  @Inject
  Deliveries(
      NotificationRepository notifications,
      ContactRepository contacts,
      NotificationMetrics metrics,
      Event<Step> steps) {
    this.notifications = notifications;
    this.contacts = contacts;
    this.metrics = metrics;
    this.steps = steps;
  }

  /**
   * Sends a notification again, to the user's present address.
   *
   * @throws Missing for an unknown id
   * @throws Refusal where it is still under way or nothing is left of it
   */
  public Notification repeat(UUID id) {
    var userId = notifications.userOf(id).orElseThrow(() -> new Missing("notification"));
    var contact = contacts.meet(userId);
    var notification = notifications.locked(id).orElseThrow();
    if (!notification.repeatable()) {
      throw new Refusal(
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

  /**
   * Stores that the mail server has a mail. Outside of a transaction no event is fired: Weld has no
   * context then for those who wait for the transaction's success.
   *
   * @return whether it is stored; not where the mail has changed since it was claimed, or nothing
   *     is to be kept of it: then {@link #sentMeanwhile} does it
   */
  @Transactional(TxType.NOT_SUPPORTED)
  boolean sent(Notification claimed, String messageId) {
    if (claimed.isLast()) {
      return false;
    }
    claimed.sent(messageId, now());
    boolean unchanged = notifications.sent(claimed);
    if (unchanged) {
      metrics.count(step(claimed));
    }
    return unchanged;
  }

  /** The same for a mail that was erased, repeated or claimed anew while it was sent. */
  void sentMeanwhile(Notification claimed, String messageId) {
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

  private void tell(Notification notification) {
    steps.fire(step(notification));
  }

  private static Step step(Notification notification) {
    return new Step(notification.kind(), notification.status());
  }

  /** As exact as the databases keep it. */
  private static Instant now() {
    return Instant.now().truncatedTo(ChronoUnit.MICROS);
  }
}
