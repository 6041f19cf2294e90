package emporion.notification.messages.control;

import emporion.chassis.refusal.Missing;
import emporion.chassis.refusal.Refusal;
import emporion.notification.contacts.control.ContactRepository;
import emporion.notification.messages.control.NotificationSearch.Whose;
import emporion.notification.messages.entity.Delivery;
import emporion.notification.messages.entity.Failure;
import emporion.notification.messages.entity.Notification;
import emporion.notification.messages.entity.NotificationFilter;
import emporion.notification.messages.entity.Status;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Event;
import jakarta.inject.Inject;
import jakarta.transaction.Transactional;
import jakarta.transaction.Transactional.TxType;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.HashMap;
import java.util.TreeSet;
import java.util.UUID;
import java.util.stream.Collectors;

/** The way of each mail to its user, on record. */
@ApplicationScoped
@Transactional
public class Deliveries {
  private static final int BITE = 200;

  private NotificationRepository notifications;
  private NotificationSearch search;
  private AttemptLog log;
  private ContactRepository contacts;
  private NotificationMetrics metrics;
  private Event<Step> steps;

  Deliveries() {}

  @Inject
  Deliveries(
      NotificationRepository notifications,
      NotificationSearch search,
      AttemptLog log,
      ContactRepository contacts,
      NotificationMetrics metrics,
      Event<Step> steps) {
    this.notifications = notifications;
    this.search = search;
    this.log = log;
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
    repeat(notification, contact.email().orElseThrow());
    return notification;
  }

  /**
   * Sends all again that have failed and that a filter means, the oldest first, each to its user's
   * present address.
   *
   * @param filter of failed ones
   * @return how many were found, up to 200: then there may be more
   */
  public int repeatAll(NotificationFilter filter) {
    var found = search.repeatable(filter, BITE);
    if (found.isEmpty()) {
      return 0;
    }
    // Users before notifications, as everywhere, and in order, so that nobody waits in a circle.
    var users = found.stream().map(Whose::userId).collect(Collectors.toCollection(TreeSet::new));
    var addresses = new HashMap<UUID, String>();
    contacts.locked(users).forEach(c -> c.email().ifPresent(e -> addresses.put(c.userId(), e)));
    notifications.locked(found.stream().map(Whose::id).toList()).stream()
        .filter(it -> it.status() == Status.FAILED && it.repeatable())
        .filter(it -> addresses.containsKey(it.userId()))
        .forEach(it -> repeat(it, addresses.get(it.userId())));
    return found.size();
  }

  private void repeat(Notification notification, String email) {
    notification.repeat(email, now()).ifPresent(log::add);
    tell(notification);
  }

  /**
   * Stores that the mail server has a mail. Outside of a transaction no event is fired: Weld has no
   * context then for those who wait for the transaction's success.
   *
   * @return whether it is stored; not where the mail has changed since it was claimed, or nothing
   *     is to be kept of it: then {@link #sentMeanwhile} does it
   */
  @Transactional(TxType.NOT_SUPPORTED)
  boolean sent(Delivery claimed, String messageId) {
    if (claimed.kind().isLast()) {
      return false;
    }
    boolean unchanged = notifications.sent(claimed, messageId, now());
    if (unchanged) {
      metrics.count(new Step(claimed.kind(), Status.SENT));
    }
    return unchanged;
  }

  /** The same for a mail that was erased, repeated or claimed anew while it was sent. */
  void sentMeanwhile(Delivery claimed, String messageId) {
    var notification = notifications.locked(claimed.id()).orElseThrow();
    notification.sent(messageId, now());
    if (notification.status() == Status.SENT) {
      tell(notification);
    }
  }

  /** Whether the mail was given up. */
  boolean refused(Delivery claimed, String error, Failure why) {
    var notification = notifications.locked(claimed.id()).orElseThrow();
    notification.refused(claimed.attempts(), error, why, now()).ifPresent(log::add);
    boolean givenUp = notification.status() == Status.FAILED;
    if (givenUp) {
      tell(notification);
    }
    return givenUp;
  }

  private void tell(Notification notification) {
    steps.fire(new Step(notification.kind(), notification.status()));
  }

  /** As exact as the databases keep it. */
  private static Instant now() {
    return Instant.now().truncatedTo(ChronoUnit.MICROS);
  }
}
