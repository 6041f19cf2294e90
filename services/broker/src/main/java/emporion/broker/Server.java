package emporion.broker;

import java.io.Closeable;
import java.io.IOException;
import java.net.InetAddress;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.BooleanSupplier;

/**
 * Queues, unless they are elsewhere, mailbox and health in one process. What needs least comes up
 * first, so that a taken port is told before the store is opened, and what is being started can be
 * observed.
 */
final class Server implements Closeable {
  private final Optional<DataFolder> data;
  private final Health health;
  private final MailServer mail;
  private final Optional<Queues> queues;

  private Server(
      Optional<DataFolder> data, Health health, MailServer mail, Optional<Queues> queues) {
    this.data = data;
    this.health = health;
    this.mail = mail;
    this.queues = queues;
  }

  /** Returns when clients may come; leaves nothing behind where it fails. */
  static Server start(Settings settings) throws Exception {
    DataFolder data = null;
    Health health = null;
    MailServer mail = null;
    try {
      data = settings.embedded() ? DataFolder.take(settings.data()) : null;
      health = Health.start(settings);
      mail = MailServer.start(settings);
      var queues =
          data == null ? Optional.<Queues>empty() : Optional.of(Queues.start(settings, data));
      health.observe(checks(settings, queues, mail));
      return new Server(Optional.ofNullable(data), health, mail, queues);
    } catch (Exception e) {
      close(mail, health, data);
      throw e;
    }
  }

  private static Map<String, BooleanSupplier> checks(
      Settings settings, Optional<Queues> queues, MailServer mail) {
    var checks = new LinkedHashMap<String, BooleanSupplier>();
    queues.ifPresent(
        q -> {
          checks.put("queues", q::active);
          checks.put("amqp", () -> Health.greetsAmqp(reachable(settings.host()), q.port()));
        });
    checks.put("mailbox", () -> Health.greetsSmtp(reachable(settings.mailboxHost()), mail.port()));
    return checks;
  }

  private static InetAddress reachable(InetAddress bound) {
    return bound.isAnyLocalAddress() ? InetAddress.getLoopbackAddress() : bound;
  }

  /** Empty where the queues are elsewhere. */
  Optional<Integer> amqpPort() {
    return queues.map(Queues::port);
  }

  int mailPort() {
    return mail.port();
  }

  int healthPort() {
    return health.port();
  }

  /** Ends in order: no new work, what is under way, the store, and only then the folder. */
  @Override
  public void close() throws IOException {
    close(mail, queues.orElse(null), health, data.orElse(null));
  }

  private static void close(Closeable... parts) throws IOException {
    for (var part : parts) {
      if (part != null) {
        part.close();
      }
    }
  }
}
