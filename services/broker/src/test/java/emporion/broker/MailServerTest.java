package emporion.broker;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MailServerTest {
  private static final String SMALL = "Subject: hello\r\n\r\nA line\r\n";

  @TempDir Path folder;
  private MailServer server;

  @BeforeEach
  void start() {
    var settings = new HashMap<>(Fixtures.anyPorts(folder));
    settings.put("EMPORION_MAILBOX_MAX_BYTES", "1000");
    settings.put("EMPORION_MAILBOX_MAX_CONNECTIONS", "2");
    server = MailServer.start(Settings.read(settings::get));
  }

  @AfterEach
  void stop() {
    server.close();
  }

  @Test
  void keepsAMessageAsItCame() throws IOException {
    try (var client = new Client(server.port())) {
      assertEquals("250", client.send(SMALL, "<a@example.org>"));
    }
    assertEquals(List.of(SMALL), contents());
  }

  @Test
  void keepsOneFileHoweverManyAreToReadIt() throws IOException {
    try (var client = new Client(server.port())) {
      client.send(SMALL, "<a@example.org>", "<b@example.org>");
    }
    assertEquals(1, files().size());
  }

  @Test
  void namesSortByArrivalAndTakeNothingFromTheMessage() throws IOException {
    var sent = List.of("Subject: ../../1\r\n", "Message-ID: </etc/2>\r\n", "Subject: 3\r\n");
    try (var client = new Client(server.port())) {
      for (var message : sent) {
        client.send(message, "<\"../up\"@example.org>");
      }
    }
    assertEquals(sent, contents());
    for (var file : files()) {
      var name = file.getFileName().toString();
      assertTrue(name.matches("\\d{8}T\\d{6}\\.\\d{6}Z-[0-9a-f]{8}\\.eml"), name);
    }
  }

  @Test
  void refusesWhatIsTooLargeAndGoesOn() throws IOException {
    try (var client = new Client(server.port())) {
      assertEquals("552", client.send("x".repeat(100_000) + "\r\n", "<a@example.org>"));
      assertEquals("250", client.say("RSET"));
      assertEquals("250", client.send(SMALL, "<a@example.org>"));
    }
    assertEquals(List.of(SMALL), contents());
  }

  @Test
  void aMessageThatBreaksOffLeavesNothing() throws IOException {
    var client = new Client(server.port());
    client.begin("<a@example.org>");
    client.write("Subject: half\r\n");
    client.close();
    server.close();
    assertEquals(List.of(), files());
  }

  @Test
  void sweepsWhatAKilledProcessLeftHalf() throws IOException {
    server.close();
    Files.writeString(folder.resolve("mailbox/.f.part"), "half");
    start();
    assertEquals(List.of(), files());
  }

  @Test
  void holdsNoMoreConnectionsThanItMay() throws IOException {
    try (var first = new Client(server.port());
        var second = new Client(server.port());
        var third = new Client(server.port())) {
      assertEquals(
          List.of("220", "220", "421"), List.of(first.greeting, second.greeting, third.greeting));
    }
  }

  private List<Path> files() throws IOException {
    try (var files = Files.list(folder.resolve("mailbox"))) {
      return files.sorted().toList();
    }
  }

  private List<String> contents() throws IOException {
    var contents = new ArrayList<String>();
    for (var file : files()) {
      contents.add(Files.readString(file));
    }
    return contents;
  }

  /** As much SMTP as these tests need; answers are reply codes. */
  private static final class Client implements AutoCloseable {
    private final Socket socket;
    private final BufferedReader in;
    final String greeting;

    Client(int port) throws IOException {
      socket = new Socket("127.0.0.1", port);
      socket.setSoTimeout(20_000);
      in =
          new BufferedReader(
              new InputStreamReader(socket.getInputStream(), StandardCharsets.US_ASCII));
      greeting = reply();
    }

    String send(String message, String... recipients) throws IOException {
      begin(recipients);
      write(message);
      return say(".");
    }

    void begin(String... recipients) throws IOException {
      say("HELO test");
      say("MAIL FROM:<shop@example.org>");
      for (var recipient : recipients) {
        say("RCPT TO:" + recipient);
      }
      assertEquals("354", say("DATA"));
    }

    String say(String line) throws IOException {
      write(line + "\r\n");
      return reply();
    }

    void write(String text) throws IOException {
      socket.getOutputStream().write(text.getBytes(StandardCharsets.US_ASCII));
    }

    private String reply() throws IOException {
      var line = in.readLine();
      return line == null ? "closed" : line.substring(0, 3);
    }

    @Override
    public void close() throws IOException {
      socket.close();
    }
  }
}
