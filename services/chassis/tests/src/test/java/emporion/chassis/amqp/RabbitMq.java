package emporion.chassis.amqp;

import static org.awaitility.Awaitility.await;

import emporion.chassis.testkit.TestAuthority.Issued;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;

/** A RabbitMQ that speaks TLS alone, beside any other one on this machine. */
final class RabbitMq implements AutoCloseable {
  private static final Path PROGRAM = Path.of("/usr/lib/rabbitmq/bin/rabbitmq-server");
  private static final Path DAEMON = Path.of("/usr/bin/epmd");

  /** Its script needs what stands there, whatever the path says. */
  private static final String SYSTEM = ":/usr/sbin:/usr/bin:/sbin:/bin";

  private static final Duration PATIENCE = Duration.ofMinutes(2);

  private final Path folder;
  private final int port = freePort();
  private final int daemonPort = freePort();
  private final Process daemon;
  private final Process node;

  /** Whether there is one. */
  static boolean isInstalled() {
    return Files.isExecutable(PROGRAM) && Files.isExecutable(DAEMON);
  }

  /**
   * Starts it.
   *
   * @param folder where it keeps everything
   */
  RabbitMq(Path folder, Issued certificate) throws IOException {
    this.folder = folder;
    Files.writeString(
        folder.resolve("rabbitmq.conf"),
        """
        listeners.tcp = none
        listeners.ssl.local = 127.0.0.1:%d
        ssl_options.certfile = %s
        ssl_options.keyfile = %s
        log.console = true
        log.file = false
        """
            .formatted(port, certificate.chain(), certificate.key()));
    Files.writeString(folder.resolve("plugins"), "[].\n");
    daemon = start("epmd", DAEMON.toString(), "-address", "127.0.0.1", "-port", "" + daemonPort);
    try {
      await()
          .atMost(PATIENCE)
          .until(() -> listens(daemonPort)); // a node would start one and leave it behind
      node = start("node", PROGRAM.toString());
    } catch (RuntimeException | IOException e) {
      daemon.destroyForcibly();
      throw e;
    }
  }

  private Process start(String name, String... command) throws IOException {
    var process = new ProcessBuilder(command).redirectErrorStream(true);
    process.redirectOutput(folder.resolve(name + ".log").toFile());
    process.environment().keySet().removeIf(variable -> variable.startsWith("RABBITMQ_"));
    process
        .environment()
        .putAll(
            Map.ofEntries(
                Map.entry("HOME", folder.toString()),
                Map.entry("PATH", System.getenv().getOrDefault("PATH", "") + SYSTEM),
                Map.entry("ERL_EPMD_ADDRESS", "127.0.0.1"),
                Map.entry("ERL_EPMD_PORT", "" + daemonPort),
                Map.entry("RABBITMQ_NODENAME", "test@localhost"),
                Map.entry("RABBITMQ_DIST_PORT", "" + freePort()),
                Map.entry("RABBITMQ_CONF_ENV_FILE", "/dev/null"),
                Map.entry("RABBITMQ_CONFIG_FILE", folder.resolve("rabbitmq.conf").toString()),
                Map.entry("RABBITMQ_ENABLED_PLUGINS_FILE", folder.resolve("plugins").toString()),
                Map.entry("RABBITMQ_MNESIA_BASE", folder.resolve("mnesia").toString()),
                Map.entry("RABBITMQ_LOG_BASE", folder.toString()),
                Map.entry("RABBITMQ_LOGS", "-"),
                Map.entry("RUNNING_UNDER_SYSTEMD", "true"))); // the script becomes the node
    return process.start();
  }

  private static int freePort() {
    try (var socket = new ServerSocket(0)) {
      return socket.getLocalPort();
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }

  private static boolean listens(int port) {
    try {
      new Socket(InetAddress.getLoopbackAddress(), port).close();
      return true;
    } catch (IOException e) {
      return false;
    }
  }

  /** The port, once it listens. */
  int port() {
    await("RabbitMQ, see " + folder).atMost(PATIENCE).until(() -> listens(port));
    return port;
  }

  @Override
  public void close() {
    node.descendants().forEach(ProcessHandle::destroyForcibly);
    node.destroyForcibly().onExit().join();
    daemon.destroyForcibly().onExit().join();
  }
}
