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
  private final Management management;
  private final MailServer mail;
  private final Optional<Queues> queues;

  private Server(
      Optional<DataFolder> data, Management management, MailServer mail, Optional<Queues> queues) {
    this.data = data;
    this.management = management;
    this.mail = mail;
    this.queues = queues;
  }

  /** Returns when clients may come; leaves nothing behind where it fails. */
  static Server start(Settings settings) throws Exception {
    var health = new Health();
    var metrics = new Metrics();
    DataFolder data = null;
    Management management = null;
    MailServer mail = null;
    try {
      data = settings.embedded() ? DataFolder.take(settings.data()) : null;
      management = Management.start(settings, health, metrics);
      mail = MailServer.start(settings);
      var queues =
          data == null ? Optional.<Queues>empty() : Optional.of(Queues.start(settings, data));
      metrics.observe(mail);
      if (queues.isPresent()) {
        metrics.observe(queues.get(), data);
      }
      health.observe(checks(settings, queues, mail));
      return new Server(Optional.ofNullable(data), management, mail, queues);
    } catch (Exception e) {
      close(mail, management, data);
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
    return management.port();
  }

  /** Ends in order: no new work, what is under way, the store, and only then the folder. */
  @Override
  public void close() throws IOException {
    close(mail, queues.orElse(null), management, data.orElse(null));
  }

  private static void close(Closeable... parts) throws IOException {
    for (var part : parts) {
      if (part != null) {
        part.close();
      }
    }
  }
}
