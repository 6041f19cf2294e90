package emporion.notification.messages.control;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import emporion.chassis.testkit.TestAuthority;
import emporion.chassis.testkit.TestAuthority.Issued;
import emporion.notification.messages.control.MailConnection.Outcome;
import emporion.notification.messages.entity.Delivery;
import emporion.notification.messages.entity.Kind;
import jakarta.mail.MessagingException;
import jakarta.mail.internet.AddressException;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import javax.net.ssl.SSLException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.subethamail.smtp.auth.PlainAuthenticationHandlerFactory;
import org.subethamail.smtp.server.SMTPServer;

/** Which mails a server can take, and what its refusals mean. */
class SmtpClientTest {
  private static final Duration PATIENCE = Duration.ofSeconds(10);

  @TempDir private Path folder;

  @AfterEach
  void forget() {
    System.clearProperty("emporion.tls.ca");
  }

  /** A server that answers each command of one conversation with a line of its own. */
  private record Script(ServerSocket socket, List<String> heard) implements AutoCloseable {
    static Script that(String mailFrom) throws IOException {
      var script =
          new Script(
              new ServerSocket(0, 5, InetAddress.getLoopbackAddress()),
              new CopyOnWriteArrayList<>());
      Thread.ofVirtual().start(() -> script.talk(mailFrom));
      return script;
    }

    private void talk(String mailFrom) {
      try (var client = socket.accept()) {
        var in =
            new BufferedReader(
                new InputStreamReader(client.getInputStream(), StandardCharsets.UTF_8));
        answer(client.getOutputStream(), "220 old.example");
        for (var line = in.readLine(); line != null; line = in.readLine()) {
          heard.add(line);
          answer(
              client.getOutputStream(),
              line.startsWith("MAIL FROM") ? mailFrom : "250 as you like");
        }
      } catch (IOException e) {
        heard.add(e.toString());
      }
    }

    private static void answer(java.io.OutputStream out, String line) throws IOException {
      out.write((line + "\r\n").getBytes(StandardCharsets.US_ASCII));
      out.flush();
    }

    @Override
    public void close() throws IOException {
      socket.close();
    }
  }

  private static Outcome send(int port, String address) throws Exception {
    return send(server(port, false, false, Optional.empty()), address);
  }

  private static SmtpClient server(
      int port, boolean tls, boolean starttls, Optional<String> username) throws AddressException {
    return new SmtpClient(
        "127.0.0.1",
        port,
        username,
        username.map(name -> "secret"),
        tls,
        starttls,
        PATIENCE,
        PATIENCE,
        "Shop <shop@shop.example>",
        new ResetLinks(Optional.empty(), "http://127.0.0.1/"));
  }

  private static Outcome send(SmtpClient server, String address) throws Exception {
    var mail =
        new Delivery(
            UUID.randomUUID(),
            Kind.USER_REGISTERED,
            address,
            "Hello",
            "Hello",
            "<p>Hello</p>",
            1,
            0,
            1);
    try (var connection = server.connect()) {
      return connection.send(mail);
    }
  }

  @Test
  void aServerWithoutSmtpUtf8IsNotTroubledWithOtherLetters() throws Exception {
    try (var old = Script.that("250 as you like")) {
      var refused =
          assertInstanceOf(
              Outcome.Refused.class, send(old.socket.getLocalPort(), "jörg@shop.example"));
      assertTrue(refused.why().isForGood());
      assertTrue(refused.error().contains("SMTPUTF8"), refused::error);
      assertTrue(
          old.heard.stream().noneMatch(line -> line.startsWith("MAIL")), old.heard::toString);
    }
  }

  @Test
  void whatTheServerSaysOfTheSenderDecides() throws Exception {
    for (var reply : List.of("451 later", "550 never", "530 who are you?")) {
      try (var old = Script.that(reply)) {
        var refused =
            assertInstanceOf(
                Outcome.Refused.class, send(old.socket.getLocalPort(), "anna@shop.example"));
        assertEquals(reply.startsWith("550"), refused.why().isForGood(), reply);
      }
    }
  }

  @Test
  void encryptionFromTheFirstByteOn() throws Exception {
    var ours = TestAuthority.in(folder.resolve("ours"));
    var theirs = TestAuthority.in(folder.resolve("theirs"));
    System.setProperty("emporion.tls.ca", ours.certificate().toString());
    assertTrue(takesEncrypted(ours.issue("ip:127.0.0.1"), Optional.empty()));
    assertTrue(takesEncrypted(ours.issue("ip:127.0.0.1"), Optional.of("shop")));
    assertFalse(takesEncrypted(ours.issue("dns:elsewhere.example"), Optional.empty()));
    assertFalse(takesEncrypted(theirs.issue("ip:127.0.0.1"), Optional.empty()));
    System.clearProperty("emporion.tls.ca");
    assertFalse(takesEncrypted(ours.issue("ip:127.0.0.1"), Optional.empty()));
  }

  private static boolean takesEncrypted(Issued certificate, Optional<String> username)
      throws Exception {
    var smtps =
        SMTPServer.port(0)
            .bindAddress(InetAddress.getLoopbackAddress())
            .serverSocketFactory(certificate.context())
            .messageHandler((context, from, to, data) -> {})
            .authenticationHandlerFactory(
                new PlainAuthenticationHandlerFactory((name, password, context) -> {}))
            .build();
    smtps.start();
    try {
      var server = server(smtps.getPortAllocated(), true, true, username);
      return send(server, "anna@shop.example") instanceof Outcome.Accepted;
    } catch (MessagingException e) {
      assertInstanceOf(SSLException.class, e.getNextException());
      return false;
    } finally {
      smtps.stop();
    }
  }

  /** STARTTLS is not offered, or was taken out by somebody on the way. */
  @Test
  void noPasswordIsToldInTheClear() throws Exception {
    for (boolean starttls : List.of(true, false)) {
      try (var old = Script.that("250 as you like")) {
        var server = server(old.socket.getLocalPort(), false, starttls, Optional.of("shop"));
        assertThrows(MessagingException.class, server::connect);
        assertTrue(
            old.heard.stream().allMatch(line -> line.matches("(EHLO|HELO|QUIT).*")),
            old.heard::toString);
      }
    }
  }
}
