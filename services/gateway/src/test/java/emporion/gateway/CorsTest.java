package emporion.gateway;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** What browsers are told about pages of other origins. */
class CorsTest {
  private static final String PREFLIGHT =
      "OPTIONS /v1/orders HTTP/1.1\r\nHost: shop\r\nOrigin: %s\r\n"
          + "Access-Control-Request-Method: POST\r\n"
          + "Access-Control-Request-Headers: authorization,idempotency-key\r\n\r\n";

  private static RawUpstream service;
  private static Stage open;
  private static Stage shut;

  @BeforeAll
  static void start() {
    service = RawUpstream.saying(Stage.OK);
    open =
        new Stage(
            service,
            Map.of("EMPORION_CORS_ORIGINS", "https://shop.example, http://localhost:3000"));
    shut = new Stage(service);
  }

  @AfterAll
  static void stop() throws IOException {
    open.close();
    shut.close();
    service.close();
  }

  private static RawClient.Answer preflight(Stage stage, String origin) throws IOException {
    return RawClient.send(stage.port(), PREFLIGHT.formatted(origin));
  }

  @Test
  void a_preflight_is_answered_here() throws IOException {
    int before = service.heads().size();
    for (var origin : List.of("https://shop.example", "http://localhost:3000")) {
      var answer = preflight(open, origin);
      assertEquals(204, answer.status());
      assertEquals(origin, answer.one("Access-Control-Allow-Origin"));
      assertEquals(
          "GET, HEAD, POST, PUT, PATCH, DELETE", answer.one("Access-Control-Allow-Methods"));
      assertEquals(
          "Authorization, Content-Type, Idempotency-Key, If-Match, If-None-Match, traceparent",
          answer.one("Access-Control-Allow-Headers"));
      assertEquals("600", answer.one("Access-Control-Max-Age"));
      assertEquals("Origin", answer.one("Vary"));
      assertEquals("", answer.one("Access-Control-Allow-Credentials"));
      assertEquals("", answer.one("Content-Length") + answer.one("Transfer-Encoding"));
    }
    assertEquals(before, service.heads().size());
  }

  @Test
  void a_connection_carries_on_behind_a_preflight() throws IOException {
    try (var client = new RawClient(open.port())) {
      for (int i = 0; i < 2; i++) {
        client.write(PREFLIGHT.formatted("https://shop.example"));
        assertEquals(204, client.read().status());
        client.write("GET /v1/orders HTTP/1.1\r\nHost: shop\r\n\r\n");
        assertEquals("ok", client.read().body());
      }
    }
  }

  @Test
  void any_answer_may_be_read_by_a_page_that_is_let_in() throws IOException {
    for (var path : List.of("/v1/orders", "/v1/nothing")) {
      var answer = RawClient.get(open.port(), path, "Origin: https://shop.example\r\n");
      assertEquals("https://shop.example", answer.one("Access-Control-Allow-Origin"));
      var exposed = List.of(answer.one("Access-Control-Expose-Headers").split(", "));
      assertTrue(
          exposed.containsAll(
              List.of(
                  "Location",
                  "ETag",
                  "Link",
                  "Idempotent-Replayed",
                  "RateLimit",
                  "RateLimit-Policy",
                  "Retry-After",
                  "Deprecation",
                  "Sunset")),
          answer.toString());
      assertEquals("Origin", answer.one("Vary"));
    }
  }

  @Test
  void others_are_told_nothing() throws IOException {
    for (var origin :
        List.of(
            "https://evil.example",
            "https://shop.example.evil.example",
            "http://shop.example",
            "https://shop.example:8443",
            "null")) {
      var refused = preflight(open, origin);
      assertEquals(403, refused.status(), origin);
      assertTrue(refused.body().contains("urn:emporion:problem:origin-not-allowed"));
      var answer = RawClient.get(open.port(), "/v1/orders", "Origin: " + origin + "\r\n");
      for (var told : List.of(refused, answer)) {
        assertFalse(told.toString().contains("Access-Control-"), told.toString());
        assertEquals("Origin", told.one("Vary"));
      }
    }
    assertEquals("Origin", RawClient.get(open.port(), "/v1/orders").one("Vary"));
  }

  @Test
  void without_origins_there_is_no_such_thing() throws IOException {
    assertEquals("ok", preflight(shut, "https://shop.example").body());
    var answer = RawClient.get(shut.port(), "/v1/orders", "Origin: https://shop.example\r\n");
    assertFalse(answer.toString().contains("Access-Control-"), answer.toString());
    assertEquals("", answer.one("Vary"));
  }

  @Test
  void a_star_lets_in_any() throws IOException {
    try (var any = new Stage(service, Map.of("EMPORION_CORS_ORIGINS", "*"))) {
      assertEquals(204, preflight(any, "https://whoever.example").status());
    }
  }

  @Test
  void an_origin_that_no_browser_sends_is_no_start() {
    for (var text : List.of("shop.example", "https://shop.example/", "https://shop.example/app")) {
      assertThrows(
          IllegalArgumentException.class,
          () -> Settings.load(Map.of("EMPORION_CORS_ORIGINS", text)),
          text);
    }
  }
}
