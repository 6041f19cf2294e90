package emporion.notification.messages.control;

import emporion.chassis.work.Worker;
import emporion.chassis.work.Workers;
import emporion.notification.messages.control.MailConnection.Outcome;
import emporion.notification.messages.entity.Notification;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.event.Startup;
import jakarta.inject.Inject;
import jakarta.mail.MessagingException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.List;

/**
 * Sends what is due, outside of any transaction. It connects first and claims then: while the
 * server is away no mail uses up an attempt.
 */
@ApplicationScoped
public class Sender {
  private static final Logger LOG = System.getLogger(Sender.class.getName());
  private static final int BATCH = 20;
  private static final Duration IDLE = Duration.ofMillis(250);
  private static final Duration FIRST_PAUSE = Duration.ofSeconds(1);
  private static final Duration LONGEST_PAUSE = Duration.ofSeconds(30);

  /** After it no claimed mail is begun, so that each ends well within the claim. */
  private static final Duration WINDOW = Duration.ofSeconds(30);

  private NotificationRepository notifications;
  private Deliveries deliveries;
  private SmtpClient server;
  private Workers workers;
  private Worker worker;
  private Duration broken = Duration.ZERO;

  Sender() {}

  @Inject
  Sender(
      NotificationRepository notifications,
      Deliveries deliveries,
      SmtpClient server,
      Workers workers) {
    this.notifications = notifications;
    this.deliveries = deliveries;
    this.server = server;
    this.workers = workers;
  }

  void start(@Observes Startup start) {
    worker = workers.start("mail-sender", this::step);
  }

  private Duration step() {
    try {
      if (notifications.anyDue()) {
        send();
      }
      mended();
      return IDLE;
    } catch (Exception e) {
      return broken(e);
    }
  }

  private void send() throws MessagingException {
    try (var connection = server.connect()) {
      mended();
      boolean more = true;
      while (more) {
        more = sendBatch(connection) && notifications.anyDue();
      }
    }
  }

  private boolean sendBatch(MailConnection connection) {
    var untried = new ArrayDeque<>(notifications.claim(BATCH));
    boolean more = !untried.isEmpty();
    long end = System.nanoTime() + WINDOW.toNanos();
    try {
      while (more && !untried.isEmpty() && System.nanoTime() < end) {
        more = send(connection, untried.removeFirst()) && !worker.stopping();
      }
      return more;
    } finally {
      notifications.giveBack(List.copyOf(untried));
    }
  }

  /** Whether the connection can take another one. */
  private boolean send(MailConnection connection, Notification notification) {
    var outcome =
        notification.exhausted()
            ? new Outcome.Refused("No attempt has come to an end", true)
            : connection.send(notification);
    return switch (outcome) {
      case Outcome.Accepted(var messageId) -> {
        if (!deliveries.sent(notification, messageId)) {
          deliveries.sentMeanwhile(notification, messageId);
        }
        yield true;
      }
      case Outcome.Refused(var error, var forGood) -> {
        if (deliveries.refused(notification, error, forGood)) {
          LOG.log(Level.WARNING, "Mail " + notification.id() + " is given up");
        }
        yield connection.alive();
      }
    };
  }

  private void mended() {
    if (broken.isPositive()) {
      broken = Duration.ZERO;
      LOG.log(Level.INFO, "Mails flow again");
    }
  }

  private Duration broken(Exception failure) {
    if (broken.isZero()) {
      LOG.log(Level.WARNING, "Mails wait: " + failure);
      broken = FIRST_PAUSE;
    } else {
      broken = broken.compareTo(LONGEST_PAUSE) < 0 ? broken.multipliedBy(2) : LONGEST_PAUSE;
    }
    return broken;
  }
}
