package emporion.notification.messages.control;

import emporion.chassis.telemetry.Span;
import emporion.chassis.work.Worker;
import emporion.chassis.work.Workers;
import emporion.notification.messages.control.MailConnection.Outcome;
import emporion.notification.messages.entity.Channel;
import emporion.notification.messages.entity.Delivery;
import emporion.notification.messages.entity.Failure;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.event.Startup;
import jakarta.inject.Inject;
import jakarta.mail.MessagingException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.ArrayDeque;

/**
 * Sends what is due, outside of any transaction. It makes sure of the server first and claims then:
 * while that is away no mail uses up an attempt.
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
  private KeptConnection server;
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
    this.server = new KeptConnection(server);
    this.workers = workers;
  }

  void start(@Observes Startup start) {
    worker = workers.start("mail-sender", Duration.ZERO, this::step, server::close);
  }

  private Duration step() {
    try {
      if (notifications.anyDue(Channel.EMAIL)) {
        Worker.busy();
        send();
      }
      server.rest();
      mended();
      return IDLE;
    } catch (Exception e) {
      server.close();
      return broken(e);
    }
  }

  private void send() throws MessagingException {
    boolean more = true;
    while (more) {
      var connection = server.ready();
      mended();
      more = sendBatch(connection) && notifications.anyDue(Channel.EMAIL);
    }
  }

  private boolean sendBatch(MailConnection connection) {
    var untried = new ArrayDeque<>(notifications.claim(Channel.EMAIL, BATCH));
    boolean more = !untried.isEmpty();
    long end = System.nanoTime() + WINDOW.toNanos();
    try {
      while (more && !untried.isEmpty() && System.nanoTime() < end) {
        more = send(connection, untried.removeFirst()) && !worker.stopping();
      }
      return more;
    } finally {
      notifications.giveBack(untried);
    }
  }

  /** Whether the connection can take another one. */
  private boolean send(MailConnection connection, Delivery delivery) {
    var outcome =
        delivery.exhausted()
            ? new Outcome.Refused("No attempt has come to an end", Failure.UNSEEN)
            : connection.send(delivery);
    return switch (outcome) {
      case Outcome.Accepted(var messageId) -> {
        if (!deliveries.sent(delivery, messageId)) {
          deliveries.sentMeanwhile(delivery, messageId);
        }
        yield true;
      }
      case Outcome.Refused(var error, var why) -> {
        if (deliveries.refused(delivery, error, why)) {
          LOG.log(Level.WARNING, "Mail " + delivery.id() + " is given up");
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
    Span.current().failed(failure.getClass().getName());
    if (broken.isZero()) {
      LOG.log(Level.WARNING, "Mails wait: " + failure);
      broken = FIRST_PAUSE;
    } else {
      broken = broken.compareTo(LONGEST_PAUSE) < 0 ? broken.multipliedBy(2) : LONGEST_PAUSE;
    }
    return broken;
  }
}
