package emporion.notification.messages.control;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import emporion.notification.messages.control.MailConnection.Outcome;
import emporion.notification.messages.entity.Kind;
import emporion.notification.messages.entity.Letter;
import emporion.notification.messages.entity.Notification;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;

/** Which mails a server can take, and what its refusals mean. */
class MailServerTest {
  private static final Duration PATIENCE = Duration.ofSeconds(10);

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
    var links = new ResetLinks(Optional.empty(), "http://127.0.0.1/");
    var server =
        new MailServer(
            "127.0.0.1",
            port,
            Optional.empty(),
            Optional.empty(),
            false,
            PATIENCE,
            PATIENCE,
            "Shop <shop@shop.example>",
            links);
    var letter = new Letter("Hello", "Hello", "<p>Hello</p>");
    var now = Instant.now();
    var mail =
        Notification.composed(
            UUID.randomUUID(), UUID.randomUUID(), Kind.USER_REGISTERED, null, letter, now);
    mail.addressTo(address, now);
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
      assertTrue(refused.forGood());
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
        assertEquals(reply.startsWith("550"), refused.forGood(), reply);
      }
    }
  }
}
