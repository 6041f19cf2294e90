package emporion.broker;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The operators' port, as probes, Prometheus and curl ask it. */
class ManagementTest {
  private static final Path PROMTOOL = Path.of("/usr/bin/promtool");

  @TempDir static Path folder;
  private static Server server;

  @BeforeAll
  static void start() throws Exception {
    Main.setLibraryDefaults();
    server = Server.start(Settings.read(new HashMap<>(Fixtures.anyPorts(folder))::get));
  }

  @AfterAll
  static void stop() throws IOException {
    server.close();
  }

  private static HttpResponse<String> ask(String method, String path, String... headers)
      throws Exception {
    try (var client = HttpClient.newHttpClient()) {
      var request =
          HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + server.healthPort() + path))
              .method(method, HttpRequest.BodyPublishers.noBody());
      if (headers.length > 0) {
        request.headers(headers);
      }
      return client.send(request.build(), BodyHandlers.ofString());
    }
  }

  private static String said(String request) throws IOException {
    try (var socket = new Socket("127.0.0.1", server.healthPort())) {
      socket.setSoTimeout(10_000);
      socket.getOutputStream().write(request.getBytes(ISO_8859_1));
      return new String(socket.getInputStream().readAllBytes(), ISO_8859_1);
    }
  }

  private static String contentType(HttpResponse<String> answer) {
    return answer.headers().firstValue("Content-Type").orElse("");
  }

  @Test
  void tellsThatItIsReady() throws Exception {
    for (var path : Set.of("/health", "/health/live", "/health/ready", "/health/started")) {
      var answer = ask("GET", path);
      assertEquals(200, answer.statusCode());
      assertTrue(answer.body().startsWith("{\"status\":\"UP\",\"checks\":["), answer::body);
    }
    assertTrue(
        ask("GET", "/health/ready").body().contains("{\"name\":\"amqp\",\"status\":\"UP\"}"));
  }

  @Test
  void tellsWhatItsQueuesHold() throws Exception {
    try (var connection = Fixtures.connect("guest:guest", server.amqpPort().orElseThrow())) {
      var channel = Fixtures.topology(connection);
      channel.queueDeclare("", false, true, true, null);
      channel.confirmSelect();
      Fixtures.publish(channel, Fixtures.QUEUE, "one");
      channel.waitForConfirmsOrDie(20_000);
      var figures = ask("GET", "/metrics").body();
      for (var line :
          List.of(
              "broker_connections 1.0",
              "broker_messages_received_total 1.0",
              "broker_queue_messages{queue=\"order_created\"} 1.0",
              "broker_queue_enqueued_total{queue=\"order_created\"} 1.0",
              "broker_queue_consumers{queue=\"order_created\"} 0.0",
              "broker_queue_messages{queue=\"#others\"} 0.0",
              "mailbox_messages_total 0.0")) {
        assertTrue(figures.contains("\n" + line + "\n"), line + " in " + figures);
      }
      assertTrue(figures.contains("jvm_memory_used_bytes{"), figures);
      assertTrue(figures.contains("broker_store_bytes "), figures);
    }
  }

  @Test
  void namesNoMoreQueuesThanItMay() throws Exception {
    try (var connection = Fixtures.connect("guest:guest", server.amqpPort().orElseThrow())) {
      var channel = connection.createChannel();
      for (int i = 0; i <= Metrics.MOST_QUEUES; i++) {
        channel.queueDeclare("stranger-" + i, true, false, false, null);
      }
      var named =
          ask("GET", "/metrics")
              .body()
              .lines()
              .filter(line -> line.startsWith("broker_queue_messages{"))
              .count();
      assertEquals(Metrics.MOST_QUEUES + 1, named);
      for (int i = 0; i <= Metrics.MOST_QUEUES; i++) {
        channel.queueDelete("stranger-" + i);
      }
    }
  }

  @Test
  void speaksTheFormatThatIsAskedFor() throws Exception {
    assertEquals("text/plain; version=0.0.4; charset=utf-8", contentType(ask("GET", "/metrics")));
    var open = ask("GET", "/metrics", "Accept", "application/openmetrics-text; version=1.0.0");
    assertEquals("application/openmetrics-text; version=1.0.0; charset=utf-8", contentType(open));
    assertTrue(open.body().endsWith("# EOF\n"));
  }

  @Test
  void prometheusFindsNoFaultInIt() throws Exception {
    assumeTrue(Files.isExecutable(PROMTOOL), "promtool is not installed (prometheus)");
    var figures = Files.writeString(folder.resolve("figures"), ask("GET", "/metrics").body());
    var check =
        new ProcessBuilder(PROMTOOL.toString(), "check", "metrics")
            .redirectInput(figures.toFile())
            .redirectErrorStream(true)
            .start();
    var words = new String(check.getInputStream().readAllBytes(), ISO_8859_1);
    assertEquals(0, check.waitFor(), words);
    assertEquals("", words);
  }

  @Test
  void headIsAnsweredAsGetWouldBe() throws Exception {
    for (var path : Set.of("/health", "/health/live", "/metrics")) {
      var answer = said("HEAD %s HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n".formatted(path));
      assertTrue(answer.startsWith("HTTP/1.1 200 "), answer);
      assertTrue(answer.endsWith("\r\n\r\n"), answer);
      assertTrue(answer.matches("(?s).*\r\nContent-Length: [1-9][0-9]+\r\n.*"), answer);
    }
  }

  @Test
  void saysWhatItWouldTake() throws Exception {
    for (var path : Set.of("/health", "/metrics")) {
      var asked = ask("OPTIONS", path);
      assertEquals(204, asked.statusCode());
      for (var method : Set.of("POST", "PUT", "DELETE", "PATCH", "BREW")) {
        var answer = ask(method, path);
        assertEquals(405, answer.statusCode(), method);
        assertEquals("application/problem+json", contentType(answer));
        assertEquals("GET, HEAD, OPTIONS", answer.headers().firstValue("Allow").orElse(""));
      }
    }
    for (var path : Set.of("/", "/health/else", "/metrics/", "/metric")) {
      var answer = ask("GET", path);
      assertEquals(404, answer.statusCode(), path);
      assertEquals("application/problem+json", contentType(answer));
    }
  }

  @Test
  void takesWhateverIsLegal() throws IOException {
    for (var request :
        Stream.of(
                "GET /health/live HTTP/1.0",
                "GET http://x/health/live HTTP/1.1\r\nHost: x",
                "\r\nGET /health/live HTTP/1.1\r\nHost: x",
                "GET /health/live HTTP/1.1\r\nHost: x\r\nX-Name: J\u00f6rg",
                "GET /metrics?q=a|b HTTP/1.1\r\nHost: x",
                "OPTIONS * HTTP/1.1\r\nHost: x")
            .toList()) {
      var answer = said(request + "\r\nConnection: close\r\n\r\n");
      assertTrue(answer.matches("(?s)HTTP/1.1 20[04] .*"), request + answer);
    }
  }
}
