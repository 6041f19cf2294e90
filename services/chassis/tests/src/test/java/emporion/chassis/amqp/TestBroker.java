package emporion.chassis.amqp;

import static org.awaitility.Awaitility.await;

import com.rabbitmq.client.Channel;
import com.rabbitmq.client.Connection;
import com.rabbitmq.client.ConnectionFactory;
import emporion.broker.Main;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;

/** The embedded broker in a process of its own, which can be killed and comes back where it was. */
final class TestBroker {
  private final Path data = temporary();
  private final int port = freePort();
  private final int health = freePort();
  private final int mailbox = freePort();
  private Process process;

  TestBroker() {
    Runtime.getRuntime().addShutdownHook(new Thread(this::kill));
    start();
  }

  private static Path temporary() {
    try {
      return Files.createTempDirectory(Path.of("target"), "broker").toAbsolutePath();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static int freePort() {
    try (var socket = new ServerSocket()) {
      socket.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
      return socket.getLocalPort();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Returns when clients may come. */
  void start() {
    var builder =
        new ProcessBuilder(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-Xmx96m",
            "-XX:+UseSerialGC",
            "-XX:TieredStopAtLevel=1",
            "-cp",
            System.getProperty("java.class.path"),
            Main.class.getName());
    builder.environment().put("EMPORION_BROKER_DATA", data.resolve("broker").toString());
    builder.environment().put("EMPORION_MAILBOX_DIR", data.resolve("mailbox").toString());
    builder.environment().put("EMPORION_BROKER_PORT", Integer.toString(port));
    builder.environment().put("EMPORION_BROKER_HEALTH_PORT", Integer.toString(health));
    builder.environment().put("EMPORION_MAILBOX_PORT", Integer.toString(mailbox));
    builder.redirectErrorStream(true).redirectOutput(data.resolve("log").toFile());
    try {
      process = builder.start();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    await()
        .atMost(Duration.ofMinutes(4))
        .ignoreExceptions()
        .until(
            () -> {
              try (var connection = connect()) {
                return connection.isOpen();
              }
            });
  }

  /** SIGKILL. */
  void kill() {
    process.destroyForcibly().onExit().join();
  }

  String uri() {
    return "amqp://127.0.0.1:" + port;
  }

  Connection connect() throws Exception {
    var factory = new ConnectionFactory();
    factory.setHost("127.0.0.1");
    factory.setPort(port);
    factory.setAutomaticRecoveryEnabled(false);
    return factory.newConnection();
  }

  /** What an administrator of the broker does. */
  void administer(Work work) throws Exception {
    try (var connection = connect();
        var channel = connection.createChannel()) {
      work.on(channel);
    }
  }

  interface Work {
    void on(Channel channel) throws Exception;
  }
}
