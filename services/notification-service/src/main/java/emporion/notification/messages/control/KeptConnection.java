package emporion.notification.messages.control;

import jakarta.mail.MessagingException;
import java.time.Duration;

/**
 * A conversation with the mail server that outlasts a few mails' pauses: to begin one costs more
 * than a mail does. For one thread.
 */
final class KeptConnection implements AutoCloseable {
  /** Shorter than servers wait (RFC 5321, section 4.5.3.2.7, and what busy ones make of it). */
  private static final Duration LONGEST_REST = Duration.ofSeconds(10);

  private final SmtpClient server;
  private MailConnection connection;
  private long used;

  KeptConnection(SmtpClient server) {
    this.server = server;
  }

  /** The conversation, if the server still answers, or else a new one. */
  MailConnection ready() throws MessagingException {
    if (connection != null && !connection.alive()) {
      close();
    }
    if (connection == null) {
      connection = server.connect();
    }
    used = System.nanoTime();
    return connection;
  }

  /** Ends it where it was not used for 10 s. */
  void rest() {
    if (connection != null && System.nanoTime() - used > LONGEST_REST.toNanos()) {
      close();
    }
  }

  @Override
  public void close() {
    if (connection != null) {
      connection.close();
      connection = null;
    }
  }
}
