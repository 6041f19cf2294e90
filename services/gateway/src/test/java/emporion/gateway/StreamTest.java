package emporion.gateway;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What goes on for longer than a request: WebSockets and streams of events. */
class StreamTest {
  private static final String UPGRADE =
      "GET /v1/users/news HTTP/1.1\r\nHost: shop\r\nConnection: keep-alive, Upgrade\r\n"
          + "Upgrade: websocket\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n"
          + "Sec-WebSocket-Version: 13\r\n\r\n";
  private static final String SWITCHING =
      "HTTP/1.1 101 Switching Protocols\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n"
          + "Sec-WebSocket-Accept: s3pPLMBiTxaQ9kYGzzhZRbK+xOo=\r\n\r\n";

  private RawUpstream service;
  private Stage stage;

  @BeforeEach
  void start() {
    service = RawUpstream.saying(Stage.OK);
    stage =
        new Stage(
            service,
            Map.of(
                "EMPORION_GATEWAY_STALL_TIMEOUT", "PT0.3S",
                "EMPORION_GATEWAY_REQUEST_TIMEOUT", "PT0.5S",
                "EMPORION_GATEWAY_STREAM_TIMEOUT", "PT1.5S",
                "EMPORION_GATEWAY_DRAIN_TIME", "PT1S"));
  }

  @AfterEach
  void stop() throws IOException {
    stage.close();
    service.close();
  }

  /** Greets, and says everything twice. */
  private void echo() {
    service.script(
        (head, body, out) -> {
          out.write(RawUpstream.bytes(SWITCHING + "hello"));
          for (int next = body.read(); next >= 0; next = body.read()) {
            out.write(new byte[] {(byte) next, (byte) next});
          }
          throw new IOException("left");
        });
  }

  private static String read(RawClient client, int length) throws IOException {
    return new String(client.in().readNBytes(length), StandardCharsets.US_ASCII);
  }

  @Test
  void a_web_socket_passes_both_ways_for_as_long_as_it_is_alive() throws Exception {
    echo();
    try (var client = new RawClient(stage.port())) {
      client.write(UPGRADE);
      var answer = client.read();
      assertEquals(101, answer.status());
      assertEquals("upgrade", answer.one("Connection"));
      assertEquals("websocket", answer.one("Upgrade"));
      assertEquals("s3pPLMBiTxaQ9kYGzzhZRbK+xOo=", answer.one("Sec-WebSocket-Accept"));
      assertEquals("hello", read(client, 5));
      assertTrue(service.lastHead().contains("Connection: upgrade\r\n"), service.lastHead());
      assertTrue(service.lastHead().contains("Upgrade: websocket\r\n"), service.lastHead());
      assertTrue(service.lastHead().contains("Sec-WebSocket-Key: dGhl"), service.lastHead());
      long begun = System.nanoTime();
      while (System.nanoTime() - begun < 1_000_000_000L) { // twice a request's time
        client.write("ab");
        assertEquals("aabb", read(client, 4));
      }
      assertEquals(1, stage.gateway().underWay());
    }
    await().until(() -> stage.gateway().underWay() == 0);
  }

  @Test
  void a_service_that_leaves_ends_its_web_socket_and_so_does_a_stop() throws Exception {
    echo();
    try (var client = new RawClient(stage.port())) {
      client.write(UPGRADE);
      assertEquals(101, client.read().status());
      read(client, 5);
      service.hangUp();
      assertTrue(client.closed());
    }
    try (var client = new RawClient(stage.port())) {
      client.write(UPGRADE);
      assertEquals(101, client.read().status());
      read(client, 5);
      var stopping = Thread.ofVirtual().start(stage.gateway()::close);
      assertTrue(client.closed());
      stopping.join();
    }
  }

  @Test
  void a_silent_web_socket_ends() throws Exception {
    echo();
    try (var client = new RawClient(stage.port())) {
      client.write(UPGRADE);
      assertEquals(101, client.read().status());
      read(client, 5);
      assertTrue(client.closed());
    }
  }

  @Test
  void a_service_may_refuse_a_web_socket() throws Exception {
    try (var client = new RawClient(stage.port())) {
      client.write(UPGRADE);
      assertEquals("ok", client.read().body());
      client.write("GET /v1/users HTTP/1.1\r\nHost: shop\r\n\r\n");
      assertEquals("ok", client.read().body());
      assertFalse(service.lastHead().contains("pgrade"));
    }
  }

  @Test
  void no_other_protocol_is_let_through() throws Exception {
    service.say(SWITCHING);
    for (var request :
        new String[] {
          UPGRADE.replace("websocket", "smtp"),
          UPGRADE.replace("GET", "POST"),
          UPGRADE.replace("HTTP/1.1", "HTTP/1.0")
        }) {
      assertEquals(502, RawClient.send(stage.port(), request).status());
      assertFalse(service.lastHead().contains("pgrade"), service.lastHead());
    }
  }

  @Test
  void events_arrive_when_they_happen_and_go_on_beyond_a_requests_time() throws Exception {
    var events = 8;
    var seen = new CountDownLatch[events];
    for (int i = 0; i < events; i++) {
      seen[i] = new CountDownLatch(1);
    }
    service.script(
        (head, body, out) -> {
          out.write(
              RawUpstream.bytes(
                  "HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\n"
                      + "Transfer-Encoding: chunked\r\n\r\n"));
          for (int i = 0; i < events; i++) {
            out.write(RawUpstream.bytes("9\r\ndata: " + i + "\n\n\r\n"));
            seen[i].await();
            Thread.sleep(100); // events come when they come
          }
          out.write(RawUpstream.bytes("0\r\n\r\n"));
        });
    try (var client = new RawClient(stage.port())) {
      client.write("GET /v1/users/news HTTP/1.1\r\nHost: shop\r\n\r\n");
      for (var line = client.line(); !line.isEmpty(); line = client.line()) {}
      for (int i = 0; i < events; i++) {
        assertEquals("9", client.line());
        assertEquals("data: " + i, client.line());
        assertEquals("", client.line());
        assertEquals("", client.line());
        seen[i].countDown();
      }
      assertEquals("0", client.line());
    }
  }

  @Test
  void a_stream_of_events_without_events_ends() throws Exception {
    service.script(
        (head, body, out) -> {
          out.write(
              RawUpstream.bytes("HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\n\r\n"));
          body.read();
        });
    try (var client = new RawClient(stage.port())) {
      client.write("GET /v1/users/news HTTP/1.1\r\nHost: shop\r\n\r\n");
      for (var line = client.line(); !line.isEmpty(); line = client.line()) {}
      assertTrue(client.closed());
    }
  }
}
