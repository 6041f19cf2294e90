package emporion.broker;

import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.net.BindException;
import java.net.ServerSocket;
import java.net.Socket;
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
  private final Mailbox mailbox;

  private MailServer(SMTPServer server, Mailbox mailbox) {
    this.server = server;
    this.mailbox = mailbox;
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
            .serverSocketFactory(Undelayed::new)
            .executorService(Executors.newThreadPerTaskExecutor(SESSIONS))
            .build();
    try {
      server.start();
    } catch (RuntimeException e) {
      throw bound(e, settings);
    }
    return new MailServer(server, mailbox);
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

  double kept() {
    return mailbox.kept();
  }

  double refused() {
    return mailbox.refused();
  }

  /** Ends after the messages under way are kept. */
  @Override
  public void close() {
    server.stop();
  }

  /** Short replies don't wait for the client's acknowledgement of the one before. */
  private static final class Undelayed extends ServerSocket {
    Undelayed() throws IOException {}

    @Override
    public Socket accept() throws IOException {
      var socket = super.accept();
      socket.setTcpNoDelay(true);
      return socket;
    }
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
