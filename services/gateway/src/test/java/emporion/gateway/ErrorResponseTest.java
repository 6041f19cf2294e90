package emporion.gateway;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** A refusal is said at once, in the words of the RFCs, and is heard. */
class ErrorResponseTest extends StageTest {
  private static final int MUCH = 5_000_000;

  @TestFactory
  Stream<DynamicTest> it_has_the_registered_reason_phrase() {
    return Map.of(
            "POST /v1/users HTTP/1.1\r\nHost: shop\r\nContent-Length: 9000000\r\n\r\n",
            "413 Content Too Large",
            "GET /" + "x".repeat(9_000) + " HTTP/1.1\r\nHost: shop\r\n\r\n",
            "414 URI Too Long",
            "GET / HTTP/1.1\r\nHost: shop\r\nX: " + "x".repeat(17_000) + "\r\n\r\n",
            "431 Request Header Fields Too Large",
            "GET / HTTP/1.1\r\nHost: shop\r\nExpect: 100-continue, wonders\r\n\r\n",
            "417 Expectation Failed")
        .entrySet()
        .stream()
        .map(
            one ->
                DynamicTest.dynamicTest(
                    one.getValue(),
                    () -> {
                      var answer = RawClient.send(stage.port(), one.getKey());
                      assertEquals("HTTP/1.1 " + one.getValue(), answer.lines().getFirst());
                      assertEquals("application/problem+json", answer.one("Content-Type"));
                    }));
  }

  @TestFactory
  Stream<DynamicTest> it_has_no_content_where_head_was_asked() {
    return Map.of(
            "a byte", "HEAD /\u00e9 HTTP/1.1\r\nHost: shop\r\n\r\n",
            "no version", "\r\nHEAD / x\r\nHost: shop\r\n\r\n",
            "a long target", "HEAD /%s HTTP/1.1\r\n\r\n".formatted("x".repeat(9_000)),
            "a folded field", "HEAD / HTTP/1.1\r\nHost: shop\r\nX: y\r\n z\r\n\r\n",
            "long fields", "HEAD / HTTP/1.1\r\nX: %s\r\n\r\n".formatted("x".repeat(17_000)))
        .entrySet()
        .stream()
        .map(
            one ->
                DynamicTest.dynamicTest(
                    one.getKey(),
                    () -> {
                      try (var client = new RawClient(stage.port())) {
                        client.write(one.getValue());
                        client.sayNoMore();
                        assertTrue(client.read(true).status() >= 400);
                        assertTrue(client.closed());
                      }
                    }));
  }

  @Test
  void operators_wait_for_no_wonders_either() throws IOException {
    var request = "GET /health HTTP/1.%s\r\nHost: shop\r\nExpect: wonders\r\n\r\n";
    assertEquals(417, RawClient.send(stage.managementPort(), request.formatted("1")).status());
    assertEquals(200, RawClient.send(stage.managementPort(), request.formatted("0")).status());
  }

  @TestFactory
  Stream<DynamicTest> who_speaks_something_else_is_told_so_at_once() {
    return Map.of(
            "TLS", "\u0016\u0003\u0001",
            "AMQP", "AMQP\0\0\u0009\u0001",
            "SSH", "SSH-2.0-x\r\n",
            "noise", "\u00ff",
            "SMTP", "\r\nEHLO x\r\n")
        .entrySet()
        .stream()
        .map(
            one ->
                DynamicTest.dynamicTest(
                    one.getKey(),
                    () -> {
                      for (int port : new int[] {stage.port(), stage.managementPort()}) {
                        assertEquals(400, RawClient.send(port, one.getValue()).status());
                      }
                    }));
  }

  /** As all clients do that read only when they have sent everything. */
  @TestFactory
  Stream<DynamicTest> it_reaches_who_is_still_sending() {
    var post = "POST /v1/users HTTP/1.1\r\nHost: shop\r\n";
    var length = "Content-Length: " + MUCH + "\r\n\r\n";
    return Map.of(
            post + length,
            413,
            post + "Authorization: Bearer x\r\n" + length.replace("" + MUCH, "1000000"),
            401,
            post + "Content-Encoding: gzip\r\n" + length.replace("" + MUCH, "1000000"),
            415,
            post + "Transfer-Encoding: gzip\r\n\r\n",
            400,
            post.replace("users", "nothing") + length,
            404)
        .entrySet()
        .stream()
        .map(
            one ->
                DynamicTest.dynamicTest(
                    one.getValue().toString(), () -> isHeard(one.getKey(), one.getValue())));
  }

  private static void isHeard(String head, int status) throws IOException {
    try (var client = new RawClient(stage.port())) {
      client.write(head);
      for (int i = 0; i < MUCH; i += 100_000) {
        client.write(new byte[100_000]);
      }
      assertEquals(status, client.read().status());
      assertTrue(client.closed());
    }
  }
}
