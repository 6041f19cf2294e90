package emporion.broker;

import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.net.BindException;
import java.time.Clock;
import java.util.concurrent.Executors;
import java.util.concurrent.ThreadFactory;
import org.subethamail.smtp.MessageHandler;
import org.subethamail.smtp.RejectException;
import org.subethamail.smtp.server.SMTPServer;

/**
 * SMTP (RFC 5321) that takes every message, whomever it is for, into the {@link Mailbox}, once
 * however many its recipients are. It relays nothing.
 */
final class MailServer implements Closeable {
  private static final int MAX_RECIPIENTS = 100;
  private static final int IDLE_MILLIS = 60_000;

  /** The library has logged what escapes from a session; it ends that session alone. */
  private static final ThreadFactory SESSIONS =
      Thread.ofVirtual().name("smtp-", 0).uncaughtExceptionHandler((thread, e) -> {}).factory();

  private final SMTPServer server;

  private MailServer(SMTPServer server) {
    this.server = server;
  }

  static MailServer start(Settings settings) {
    var mailbox = new Mailbox(settings.mailbox(), settings.mailboxMaxBytes(), Clock.systemUTC());
    var server =
        SMTPServer.port(settings.mailboxPort())
            .bindAddress(settings.mailboxHost())
            .hostName("localhost")
            .softwareName("Emporion mailbox")
            .messageHandlerFactory(context -> new Keeper(mailbox))
            .insertReceivedHeaders(false)
            .maxMessageSize(settings.mailboxMaxBytes())
            .maxConnections(settings.mailboxMaxConnections())
            .maxRecipients(MAX_RECIPIENTS)
            .connectionTimeoutMs(IDLE_MILLIS)
            .executorService(Executors.newThreadPerTaskExecutor(SESSIONS))
            .build();
    try {
      server.start();
    } catch (RuntimeException e) {
      throw bound(e, settings);
    }
    return new MailServer(server);
  }

  private static RuntimeException bound(RuntimeException e, Settings settings) {
    return e.getCause() instanceof BindException cause
        ? StartFailure.taken(
            Settings.MAILBOX_PORT, settings.mailboxHost(), settings.mailboxPort(), cause)
        : e;
  }

  int port() {
    return server.getPortAllocated();
  }

  /** Ends after the messages under way are kept. */
  @Override
  public void close() {
    server.stop();
  }

  private record Keeper(Mailbox mailbox) implements MessageHandler {
    @Override
    public void from(String from) {}

    @Override
    public void recipient(String recipient) {}

    @Override
    public String data(InputStream data) throws RejectException, IOException {
      mailbox.keep(data);
      return "Kept";
    }

    @Override
    public void done() {}
  }
}
