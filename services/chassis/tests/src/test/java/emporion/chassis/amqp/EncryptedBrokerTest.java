package emporion.chassis.amqp;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import emporion.chassis.testkit.TestAuthority;
import emporion.chassis.testkit.TestAuthority.Issued;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import javax.net.ssl.SSLException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** AMQP over TLS: to whom the broker's name and password are told. */
class EncryptedBrokerTest {
  private static final String LOCAL = "dns:localhost,ip:127.0.0.1";

  @TempDir private Path folder;

  @AfterEach
  void forget() {
    System.clearProperty("emporion.tls.ca");
  }

  @Test
  void aBrokerOfATrustedAuthorityIsReached() throws Exception {
    var authority = TestAuthority.in(folder.resolve("ours"));
    System.setProperty("emporion.tls.ca", authority.certificate().toString());
    try (var connection = broker("amqps", front(authority.issue(LOCAL))).connect("test")) {
      assertTrue(connection.isOpen());
    }
  }

  @Test
  void oneOfAnotherAuthorityIsNot() throws IOException {
    var theirs = TestAuthority.in(folder.resolve("theirs"));
    var ours = TestAuthority.in(folder.resolve("ours"));
    System.setProperty("emporion.tls.ca", ours.certificate().toString());
    refused(theirs.issue(LOCAL));
    System.clearProperty("emporion.tls.ca"); // nor does the system know it
    refused(theirs.issue(LOCAL));
  }

  @Test
  void oneByAnotherNameIsNot() throws IOException {
    var authority = TestAuthority.in(folder.resolve("ours"));
    System.setProperty("emporion.tls.ca", authority.certificate().toString());
    refused(authority.issue("dns:elsewhere.example"));
  }

  @Test
  void rabbitMqIsBelievedByAuthorityAndName() throws Exception {
    assumeTrue(RabbitMq.isInstalled(), "RabbitMQ is missing: install rabbitmq-server");
    var ours = TestAuthority.in(folder.resolve("ours"));
    var theirs = TestAuthority.in(folder.resolve("theirs"));
    var home = Files.createDirectory(folder.resolve("rabbitmq"));
    try (var rabbit = new RabbitMq(home, ours.issue("dns:localhost"))) {
      int port = rabbit.port();
      System.setProperty("emporion.tls.ca", ours.certificate().toString());
      try (var connection = broker("amqps", port).connect("test")) {
        assertTrue(connection.isOpen());
      }
      refused("127.0.0.1", port); // which the certificate does not name
      System.setProperty("emporion.tls.ca", theirs.certificate().toString());
      refused("localhost", port);
      System.clearProperty("emporion.tls.ca");
      refused("localhost", port);
      assertThrows(Exception.class, () -> broker("amqp", port).connect("test"));
    }
  }

  @Test
  void whatIsNoSchemeOfAmqpIsSaidAtTheStart() {
    var failure = assertThrows(IllegalArgumentException.class, () -> broker("tcp", 1));
    assertTrue(failure.getMessage().contains("amqps://"), failure::getMessage);
  }

  private static void refused(Issued certificate) throws IOException {
    refused("localhost", front(certificate));
  }

  private static void refused(String host, int port) {
    var failure =
        assertThrows(IOException.class, () -> broker("amqps", host, port).connect("test"));
    assertInstanceOf(SSLException.class, failure);
  }

  private static Broker broker(String scheme, int port) {
    return broker(scheme, "localhost", port);
  }

  private static Broker broker(String scheme, String host, int port) {
    return new Broker(
        URI.create(scheme + "://" + host + ":" + port),
        Optional.of("guest"),
        Optional.of("guest"),
        Optional.empty(),
        "test");
  }

  /** The port of a TLS endpoint with this certificate and the broker behind it. */
  private static int front(Issued certificate) throws IOException {
    var broker = URI.create(RunningChassis.BROKER.uri());
    var door =
        certificate
            .context()
            .getServerSocketFactory()
            .createServerSocket(0, 1, InetAddress.getLoopbackAddress());
    Thread.ofVirtual()
        .start(
            () -> {
              try (door;
                  var client = door.accept();
                  var server = new Socket(broker.getHost(), broker.getPort())) {
                var back = carry(server.getInputStream(), client.getOutputStream());
                client.getInputStream().transferTo(server.getOutputStream());
                back.interrupt();
              } catch (IOException e) {
                // as the client wanted it
              }
            });
    assertEquals("127.0.0.1", broker.getHost());
    return door.getLocalPort();
  }

  private static Thread carry(InputStream from, OutputStream to) {
    return Thread.ofVirtual()
        .start(
            () -> {
              try {
                from.transferTo(to);
              } catch (IOException e) {
                // the end
              }
            });
  }
}
