package emporion.gateway;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** What RFC 9110 and RFC 9112 allow and few clients do; at the operators' port too. */
class LegalHttpTest extends StageTest {
  private static final Map<String, String> REQUESTS =
      Map.of(
          "HTTP/1.0", "GET %s HTTP/1.0\r\n\r\n",
          "HTTP/1.0 with a Host", "GET %s HTTP/1.0\r\nHost: shop\r\n\r\n",
          "absolute form", "GET http://shop%s HTTP/1.1\r\nHost: shop\r\n\r\n",
          "absolute form, another Host", "GET http://shop:80%s HTTP/1.1\r\nHost: other\r\n\r\n",
          "absolute form in capitals", "GET HTTP://SHOP%s HTTP/1.1\r\nHost: shop\r\n\r\n",
          "a value in UTF-8", "GET %s HTTP/1.1\r\nHost: shop\r\nX-Name: J\u00c3\u00b6rg\r\n\r\n",
          "a value in ISO 8859-1", "GET %s HTTP/1.1\r\nHost: shop\r\nX-Name: J\u00f6rg\r\n\r\n",
          "an empty line before it", "\r\nGET %s HTTP/1.1\r\nHost: shop\r\n\r\n",
          "empty lines before it", "\r\n\r\nGET %s HTTP/1.1\r\nHost: shop\r\n\r\n");

  @TestFactory
  Stream<DynamicTest> legal_requests_are_served() {
    return REQUESTS.entrySet().stream()
        .map(
            request ->
                DynamicTest.dynamicTest(
                    request.getKey(),
                    () -> {
                      var served =
                          RawClient.send(stage.port(), request.getValue().formatted("/v1/users"));
                      assertEquals("ok", served.body());
                      assertTrue(service.lastHead().startsWith("GET /v1/users HTTP/1.1\r\n"));
                      var health = request.getValue().formatted("/health");
                      assertEquals(200, RawClient.send(stage.managementPort(), health).status());
                    }));
  }

  @Test
  void bytes_beyond_ascii_in_a_value_arrive_as_they_are() throws IOException {
    RawClient.get(stage.port(), "/v1/users", "X-Name: J\u00c3\u00b6rg \u00e9\r\n");
    assertTrue(service.lastHead().contains("\r\nX-Name: J\u00c3\u00b6rg \u00e9\r\n"));
  }

  @Test
  void the_absolute_form_names_the_host() throws IOException {
    RawClient.send(
        stage.port(), "GET http://shop.example:81?a=b HTTP/1.1\r\nHost: evil.example\r\n\r\n");
    assertTrue(service.lastHead().startsWith("GET /?a=b HTTP/1.1\r\n"), service.lastHead());
    assertTrue(service.lastHead().contains("X-Forwarded-Host: shop.example:81\r\n"));
    try (var strict = new Stage(service, Map.of("EMPORION_GATEWAY_HOSTS", "shop.example"))) {
      var evil = "GET http://evil.example/v1/users HTTP/1.1\r\nHost: shop.example\r\n\r\n";
      assertEquals(421, RawClient.send(strict.port(), evil).status());
    }
  }

  @TestFactory
  Stream<DynamicTest> the_server_as_a_whole_tells_what_it_can() {
    return Stream.of("*", "http://shop")
        .map(
            target ->
                DynamicTest.dynamicTest(
                    target,
                    () -> {
                      int before = service.heads().size();
                      for (int port : new int[] {stage.port(), stage.managementPort()}) {
                        var answer =
                            RawClient.send(
                                port, "OPTIONS " + target + " HTTP/1.1\r\nHost: shop\r\n\r\n");
                        assertEquals(204, answer.status());
                        assertTrue(answer.one("Allow").startsWith("GET, HEAD"));
                      }
                      assertEquals(before, service.heads().size());
                    }));
  }

  @Test
  void a_client_of_http_1_0_keeps_its_connection_where_it_asks_to() throws IOException {
    try (var client = new RawClient(stage.port())) {
      for (int i = 0; i < 3; i++) {
        client.write("GET /v1/users HTTP/1.0\r\nConnection: keep-alive\r\n\r\n");
        var answer = client.read();
        assertEquals("ok", answer.body());
        assertEquals("keep-alive", answer.one("Connection"));
      }
      client.write("GET /v1/users HTTP/1.0\r\n\r\n");
      assertEquals("close", client.read().one("Connection"));
      assertTrue(client.closed());
    }
  }

  @Test
  void a_client_of_http_1_0_gets_no_chunks() throws IOException {
    service.say(
        "HTTP/1.1 200 OK\r\n"
            + "Transfer-Encoding: chunked\r\n\r\n"
            + "5\r\n"
            + "first\r\n"
            + "4\r\n"
            + "last\r\n"
            + "0\r\n\r\n");
    try (var client = new RawClient(stage.port())) {
      client.write("GET /v1/users HTTP/1.0\r\nConnection: keep-alive\r\n\r\n");
      var answer = new String(client.in().readAllBytes(), StandardCharsets.US_ASCII);
      assertTrue(answer.endsWith("\r\n\r\nfirstlast"), answer);
      assertFalse(answer.contains("chunked"), answer);
    }
  }

  @Test
  void an_answer_cut_off_is_no_whole_one_to_a_client_of_http_1_0() throws IOException {
    service.script(
        (head, body, out) -> {
          out.write(
              RawUpstream.bytes("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n1\r\na\r\n"));
          service.hangUp();
        });
    try (var client = new RawClient(stage.port())) {
      client.write("GET /v1/users HTTP/1.0\r\n\r\n");
      assertThrows(SocketException.class, () -> client.in().readAllBytes());
    }
  }

  @Test
  void a_client_that_has_said_all_still_gets_its_answer() throws IOException {
    try (var client = new RawClient(stage.port())) {
      client.write("GET /v1/users HTTP/1.1\r\nHost: shop\r\n\r\n");
      client.sayNoMore();
      assertEquals("ok", client.read().body());
      assertTrue(client.closed());
    }
  }

  /** What browsers and people leave as it is in a URL; and the same as it has to be. */
  private static final Map<String, String> TARGETS =
      Map.ofEntries(
          Map.entry("/v1/products?q=100%", "/v1/products?q=100%25"),
          Map.entry("/v1/products?q=%2", "/v1/products?q=%252"),
          Map.entry("/v1/products?q=%zz&r=%20", "/v1/products?q=%25zz&r=%20"),
          Map.entry("/v1/products?q=a|b", "/v1/products?q=a%7Cb"),
          Map.entry("/v1/products?q={a}", "/v1/products?q=%7Ba%7D"),
          Map.entry("/v1/products?q[]=a^`b", "/v1/products?q%5B%5D=a%5E%60b"),
          Map.entry("/v1/products?q=\"<a>\\\"", "/v1/products?q=%22%3Ca%3E%5C%22"),
          Map.entry("/v1/products?q=caf\u00c3\u00a9", "/v1/products?q=caf%C3%A9"),
          Map.entry("/v1/products/caf\u00c3\u00a9", "/v1/products/caf%C3%A9"),
          Map.entry("/v1/products/a|b[c]{d}", "/v1/products/a%7Cb%5Bc%5D%7Bd%7D"));

  @TestFactory
  Stream<DynamicTest> what_is_left_unencoded_is_encoded() {
    return TARGETS.entrySet().stream()
        .map(
            target ->
                DynamicTest.dynamicTest(
                    target.getKey(),
                    () -> {
                      assertEquals(200, RawClient.get(stage.port(), target.getKey()).status());
                      assertTrue(
                          service
                              .lastHead()
                              .startsWith("GET " + target.getValue() + " HTTP/1.1\r\n"),
                          service.lastHead());
                    }));
  }

  @Test
  void two_keys_are_no_key() throws IOException {
    int before = service.heads().size();
    var answer =
        RawClient.send(
            stage.port(),
            "POST /v1/orders HTTP/1.1\r\nHost: shop\r\nIdempotency-Key: a\r\n"
                + "Idempotency-Key: a\r\nContent-Length: 2\r\n\r\n{}");
    assertEquals(400, answer.status());
    assertEquals("application/problem+json", answer.one("Content-Type"));
    assertEquals(before, service.heads().size());
  }

  @Test
  void a_method_that_ends_here_tells_which_pass() throws IOException {
    var answer = RawClient.send(stage.port(), "TRACE /v1/users HTTP/1.1\r\nHost: shop\r\n\r\n");
    assertEquals(405, answer.status());
    assertTrue(answer.one("Allow").contains("POST"), answer.toString());
    var operators =
        RawClient.send(stage.managementPort(), "POST /health HTTP/1.1\r\nHost: shop\r\n\r\n");
    assertEquals(405, operators.status());
    assertEquals("GET, HEAD, OPTIONS", operators.one("Allow"));
  }

  /** Nagle's algorithm against delayed acknowledgements costs 40 ms where an answer has pieces. */
  @TestFactory
  Stream<DynamicTest> a_page_on_a_kept_connection_does_not_wait() {
    var page = "x".repeat(50_000);
    return Map.of(
            "in one piece", "HTTP/1.1 200 OK\r\nContent-Length: 50000\r\n\r\n" + page,
            "in chunks",
                "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n"
                    + ("1388\r\n" + page.substring(0, 5_000) + "\r\n").repeat(10)
                    + "0\r\n\r\n")
        .entrySet()
        .stream()
        .map(
            answer ->
                DynamicTest.dynamicTest(
                    answer.getKey(),
                    () -> {
                      service.say(answer.getValue());
                      try (var client = new RawClient(stage.port())) {
                        long best = Long.MAX_VALUE;
                        for (int i = 0; i < 20; i++) {
                          long start = System.nanoTime();
                          client.write("GET /v1/products HTTP/1.1\r\nHost: shop\r\n\r\n");
                          assertEquals(page, client.read().body());
                          best = Math.min(best, (System.nanoTime() - start) / 1_000_000);
                        }
                        assertTrue(best < 35, "at best " + best + " ms");
                      }
                    }));
  }
}
