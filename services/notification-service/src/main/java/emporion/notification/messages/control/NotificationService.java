package emporion.notification.messages.control;

import emporion.chassis.data.Ids;
import emporion.chassis.messaging.Event;
import emporion.chassis.messaging.Inbox;
import emporion.notification.contacts.control.ContactRepository;
import emporion.notification.contacts.control.Languages;
import emporion.notification.contacts.entity.Contact;
import emporion.notification.messages.entity.Kind;
import emporion.notification.messages.entity.Letter;
import emporion.notification.messages.entity.Notification;
import emporion.notification.messages.entity.OrderNews;
import emporion.notification.messages.entity.Reader;
import emporion.notification.messages.entity.RefundNews;
import emporion.notification.messages.entity.ResetNews;
import emporion.notification.messages.entity.UserNews;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.transaction.Transactional;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.function.Function;

/**
 * What each event means for a user's mail. Each method is one transaction, in which the event
 * counts the first time only, and in which nobody else decides about the same user.
 */
@ApplicationScoped
@Transactional
public class NotificationService {
  private static final int WARNINGS_A_DAY = 10;

  private Inbox inbox;
  private ContactRepository contacts;
  private NotificationRepository notifications;
  private AttemptLog log;
  private Composer composer;
  private Languages languages;
  private Allowances allowances;
  private jakarta.enterprise.event.Event<Step> steps;

  NotificationService() {}

  @Inject
  NotificationService(
      Inbox inbox,
      ContactRepository contacts,
      NotificationRepository notifications,
      AttemptLog log,
      Composer composer,
      Languages languages,
      Allowances allowances,
      jakarta.enterprise.event.Event<Step> steps) {
    this.inbox = inbox;
    this.contacts = contacts;
    this.notifications = notifications;
    this.log = log;
    this.composer = composer;
    this.languages = languages;
    this.allowances = allowances;
    this.steps = steps;
  }

  /** Introduces a user, who is welcomed, and sends what has waited for the address. */
  public void registered(String consumer, Event event, UserNews user) {
    once(
        consumer,
        event,
        user.userId(),
        contact -> {
          learn(contact, event, user);
          if (mayBeTold(contact, Kind.USER_REGISTERED)) {
            write(contact, Kind.USER_REGISTERED, null, composer::welcome);
          }
        });
  }

  /**
   * Keeps up with a user's name and address. Who has lost an account to somebody else learns of it
   * at the address that was theirs.
   */
  public void changed(String consumer, Event event, UserNews user) {
    once(
        consumer,
        event,
        user.userId(),
        contact -> {
          var before = contact.email();
          learn(contact, event, user);
          before
              .filter(email -> !email.equalsIgnoreCase(contact.email().orElse(email)))
              .ifPresent(
                  email -> {
                    warn(contact, Kind.EMAIL_CHANGED, composer::moved, email);
                    warn(contact, Kind.EMAIL_CHANGED, composer::moved, user.email());
                  });
          var known = before.orElse(user.email());
          if (Boolean.TRUE.equals(user.passwordChanged())) {
            warn(contact, Kind.PASSWORD_CHANGED, composer::newPassword, known);
          }
          if (Boolean.TRUE.equals(user.roleChanged())) {
            warn(
                contact,
                Kind.ROLE_CHANGED,
                reader -> composer.anotherRole(reader, user.role()),
                known);
          }
        });
  }

  /** Not more than a few a day: each change of one's own could fill a stranger's mailbox. */
  private void warn(Contact contact, Kind kind, Function<Reader, Letter> letter, String email) {
    var since = now().minus(Duration.ofDays(1));
    if (!contact.erased()
        && notifications.count(contact.userId(), kind, since) < WARNINGS_A_DAY
        && allowances.take(kind, email)) {
      send(contact.userId(), kind, letter.apply(reader(contact)), email);
    }
  }

  private void send(UUID userId, Kind kind, Letter letter, String email) {
    add(Notification.composed(Ids.next(), userId, kind, null, letter, now()), Optional.of(email));
  }

  /** Addressed before it is written, so that it is written once. */
  private void add(Notification notification, Optional<String> email) {
    email.ifPresent(address -> notification.addressTo(address, now()));
    notifications.add(notification);
    tell(notification);
  }

  /** Whoever has told a stranger's address as their own can't fill its mailbox. */
  private boolean mayBeTold(Contact contact, Kind kind) {
    return contact.email().map(email -> allowances.take(kind, email)).orElse(true);
  }

  /**
   * Forgets a user: nothing that waits is sent, and what was sent keeps no word of it. The user
   * learns of it by a last mail.
   */
  public void erased(String consumer, Event event, UserNews user) {
    once(
        consumer,
        event,
        user.userId(),
        contact -> {
          var last = contact.email();
          var reader = reader(contact);
          contact.erase();
          notifications.pending(contact.userId()).forEach(this::drop);
          notifications.scrub(contact.userId());
          log.scrub(contact.userId());
          last.filter(email -> allowances.take(Kind.USER_ERASED, email))
              .ifPresent(
                  email ->
                      send(contact.userId(), Kind.USER_ERASED, composer.farewell(reader), email));
        });
  }

  /** Sends a user the link by which a new password is set. */
  public void forgot(String consumer, Event event, ResetNews news) {
    once(
        consumer,
        event,
        news.userId(),
        contact -> {
          if (mayBeTold(contact, Kind.PASSWORD_RESET_REQUESTED)) {
            write(
                contact,
                Kind.PASSWORD_RESET_REQUESTED,
                null,
                reader -> composer.reset(news.resetId(), reader));
          }
        });
  }

  /** Tells a user about an order, unless they know. */
  public void ordered(String consumer, Event event, Kind kind, OrderNews news) {
    once(
        consumer,
        event,
        news.userId(),
        contact -> {
          if (!news.known()) {
            write(contact, kind, news.orderId(), reader -> composer.order(kind, news, reader));
          }
        });
  }

  /** Tells a user about a refund. */
  public void refunded(String consumer, Event event, RefundNews news) {
    once(
        consumer,
        event,
        news.userId(),
        contact ->
            write(
                contact,
                Kind.PAYMENT_REFUNDED,
                news.orderId(),
                reader -> composer.refund(news, reader)));
  }

  private void once(String consumer, Event event, UUID userId, Consumer<Contact> effect) {
    if (inbox.firstSight(consumer, event.id())) {
      effect.accept(contacts.meet(userId));
    }
  }

  private void learn(Contact contact, Event event, UserNews user) {
    boolean awaited = contact.awaited();
    contact.learn(event.version(), user.username(), user.email());
    if (awaited) {
      contact.email().ifPresent(email -> address(contact.userId(), email));
    }
  }

  private void address(UUID userId, String email) {
    notifications.pending(userId).stream()
        .filter(notification -> notification.address().isEmpty())
        .forEach(
            notification -> {
              notification.addressTo(email, now());
              tell(notification);
            });
  }

  private void write(Contact contact, Kind kind, UUID orderId, Function<Reader, Letter> letter) {
    if (contact.erased()) {
      return;
    }
    if (contact.email().isEmpty()) {
      contact.await();
    }
    var written = letter.apply(reader(contact));
    var notification =
        Notification.composed(Ids.next(), contact.userId(), kind, orderId, written, now());
    add(notification, contact.email());
  }

  private Reader reader(Contact contact) {
    return new Reader(contact.username().orElse(""), languages.of(contact.language()));
  }

  private void drop(Notification notification) {
    notification.drop();
    tell(notification);
  }

  private void tell(Notification notification) {
    steps.fire(new Step(notification.kind(), notification.status()));
  }

  /** As exact as the databases keep it. */
  private static Instant now() {
    return Instant.now().truncatedTo(ChronoUnit.MICROS);
  }
}
