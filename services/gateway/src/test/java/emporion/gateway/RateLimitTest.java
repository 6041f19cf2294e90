package emporion.gateway;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.InetAddress;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** Who asks too often waits, and nobody else. */
class RateLimitTest {
  private static final String POST =
      "POST %s HTTP/1.1\r\nHost: shop\r\nX-Forwarded-For: %s\r\nContent-Length: 0\r\n\r\n";

  private static RawUpstream service;

  @BeforeAll
  static void start() {
    service = RawUpstream.saying(Stage.OK);
  }

  @AfterAll
  static void stop() throws IOException {
    service.close();
  }

  private static Stage stage(String... namesAndValues) {
    var settings = new HashMap<String, String>();
    for (int i = 0; i < namesAndValues.length; i += 2) {
      settings.put("EMPORION_" + namesAndValues[i], namesAndValues[i + 1]);
    }
    return new Stage(service, settings);
  }

  private static RawClient.Answer from(Stage stage, String client) throws IOException {
    return RawClient.get(stage.port(), "/v1/products", "X-Forwarded-For: " + client + "\r\n");
  }

  private static String as(String subject) {
    return "Authorization: Bearer "
        + Stage.token(Stage.KEY, Stage.claims().subject(subject).build())
        + "\r\n";
  }

  @Test
  void each_answer_tells_what_is_left() throws IOException {
    try (var stage = stage()) {
      var answer = RawClient.get(stage.port(), "/v1/products");
      assertEquals("\"client\";q=3000;w=60", answer.one("RateLimit-Policy"));
      assertEquals("\"client\";r=2999;t=1", answer.one("RateLimit"));
      var known = RawClient.get(stage.port(), "/v1/nothing-less");
      assertEquals(404, known.status());
      assertTrue(known.one("RateLimit").startsWith("\"client\";r=299"), known.toString());
      var token = as("0198c7f0-0000-7000-8000-000000000009");
      var both = RawClient.get(stage.port(), "/v1/users/me", token);
      assertEquals("\"client\";q=3000;w=60, \"account\";q=1200;w=60", both.one("RateLimit-Policy"));
      assertTrue(both.one("RateLimit").contains("\"account\";r=1199;t=1"), both.toString());
    }
  }

  @Test
  void a_client_beyond_its_quota_is_told_when_to_come_back() throws IOException {
    try (var stage = stage("LIMITS_CLIENT_REQUESTS", "3", "LIMITS_CLIENT_WINDOW", "PT5M")) {
      for (int i = 2; i >= 0; i--) {
        var answer = RawClient.get(stage.port(), "/");
        assertEquals(200, answer.status());
        assertTrue(answer.one("RateLimit").startsWith("\"client\";r=" + i), answer.toString());
      }
      int before = service.heads().size();
      var refused = RawClient.get(stage.port(), "/");
      assertEquals("HTTP/1.1 429 Too Many Requests", refused.lines().getFirst());
      assertEquals("application/problem+json", refused.one("Content-Type"));
      assertTrue(refused.body().contains("urn:emporion:problem:rate-limited"), refused.body());
      int wait = Integer.parseInt(refused.one("Retry-After"));
      assertTrue(wait > 90 && wait <= 100, refused.toString());
      assertEquals("\"client\";r=0;t=" + wait, refused.one("RateLimit"));
      assertEquals(before, service.heads().size());
      await()
          .untilAsserted(
              () -> {
                var metrics = RawClient.get(stage.managementPort(), "/metrics").body();
                assertTrue(
                    metrics.contains("gateway_requests_limited_total{quota=\"client\"} 1.0"),
                    metrics);
              });
    }
  }

  @Test
  void a_quota_comes_back_with_time() throws IOException {
    try (var stage = stage("LIMITS_CLIENT_REQUESTS", "1", "LIMITS_CLIENT_WINDOW", "PT0.2S")) {
      assertEquals(200, RawClient.get(stage.port(), "/").status());
      await().until(() -> RawClient.get(stage.port(), "/").status() == 200);
    }
  }

  @Test
  void a_refused_request_with_a_body_leaves_its_connection_in_order() throws IOException {
    try (var stage = stage("LIMITS_CLIENT_REQUESTS", "1", "LIMITS_CLIENT_WINDOW", "PT5M");
        var client = new RawClient(stage.port())) {
      for (int status : new int[] {200, 429, 429}) {
        client.write(
            "DELETE /v1/users/1 HTTP/1.1\r\nHost: shop\r\n"
                + (status == 200 ? "\r\n" : "Content-Length: 4\r\n\r\nbody"));
        assertEquals(status, client.read().status());
      }
    }
  }

  @Test
  void an_account_has_one_quota_wherever_it_comes_from() throws IOException {
    try (var stage =
        stage(
            "LIMITS_ACCOUNT_REQUESTS", "2",
            "LIMITS_ACCOUNT_WINDOW", "PT5M",
            "GATEWAY_TRUSTED_PROXIES", "127.0.0.1")) {
      for (int i = 0; i < 3; i++) {
        var answer =
            RawClient.get(
                stage.port(), "/v1/orders", as("alice"), "X-Forwarded-For: 192.0.2." + i + "\r\n");
        assertEquals(i < 2 ? 200 : 429, answer.status());
      }
      assertEquals(200, RawClient.get(stage.port(), "/v1/orders", as("bob")).status());
      assertEquals(200, RawClient.get(stage.port(), "/v1/orders").status());
    }
  }

  @Test
  void guesses_from_one_address_keep_nobody_else_out() throws IOException {
    try (var stage =
        stage(
            "LIMITS_SIGN_IN_REQUESTS", "2",
            "LIMITS_SIGN_IN_WINDOW", "PT5M",
            "GATEWAY_TRUSTED_PROXIES", "127.0.0.1")) {
      var paths = List.of("/token", "/v1/users", "/token/", "/token");
      for (int i = 0; i < paths.size(); i++) {
        var request = POST.formatted(paths.get(i), "192.0.2.66");
        var answer = RawClient.send(stage.port(), request);
        assertEquals(i < 2 ? 200 : 429, answer.status(), request);
        assertTrue(answer.one("RateLimit-Policy").contains("\"sign-in\";q=2;w=300"));
      }
      assertEquals(200, from(stage, "192.0.2.66").status(), "the shop stays open");
      var victim = POST.formatted("/token", "192.0.2.7");
      assertEquals(200, RawClient.send(stage.port(), victim).status());
    }
  }

  @TestFactory
  Stream<DynamicTest> what_stands_in_front_of_the_trusted_proxies_is_the_client() {
    return Stream.of(
            // the client, and two ways in which it may appear
            List.of("192.0.2.1", "192.0.2.1, 10.0.0.2"),
            List.of("192.0.2.2", "198.51.100.9, 192.0.2.2"),
            List.of("2001:db8:1:2::1", "2001:db8:1:2:ffff::9"),
            List.of("10.0.0.3, 10.0.0.4", "10.0.0.3"),
            List.of("nonsense", "unknown, nonsense"))
        .map(
            names ->
                DynamicTest.dynamicTest(
                    names.toString(),
                    () -> {
                      try (var stage =
                          stage(
                              "LIMITS_CLIENT_REQUESTS", "1",
                              "LIMITS_CLIENT_WINDOW", "PT5M",
                              "GATEWAY_TRUSTED_PROXIES", "127.0.0.1, 10.0.0.0/8")) {
                        assertEquals(200, from(stage, names.getFirst()).status());
                        assertEquals(429, from(stage, names.getLast()).status());
                        assertEquals(200, from(stage, "203.0.113.1").status());
                        assertEquals(200, from(stage, "2001:db8:1:3::1").status());
                      }
                    }));
  }

  @Test
  void a_stranger_can_name_no_other_client() throws IOException {
    try (var stage =
        stage(
            "LIMITS_CLIENT_REQUESTS", "1",
            "LIMITS_CLIENT_WINDOW", "PT5M",
            "GATEWAY_TRUSTED_PROXIES", "10.0.0.0/8")) {
      assertEquals(200, from(stage, "192.0.2.1").status());
      assertEquals(429, from(stage, "192.0.2.2").status());
    }
  }

  @Test
  void nothing_is_limited_that_is_switched_off() throws IOException {
    try (var stage =
        stage(
            "LIMITS_CLIENT_REQUESTS", "0",
            "LIMITS_ACCOUNT_REQUESTS", "0",
            "LIMITS_SIGN_IN_REQUESTS", "0")) {
      var answer = RawClient.send(stage.port(), POST.formatted("/token", "192.0.2.1"));
      assertEquals(200, answer.status());
      assertEquals("", answer.one("RateLimit") + answer.one("RateLimit-Policy"));
    }
  }

  @Test
  void networks_are_told_apart_by_their_prefix() throws IOException {
    var ranges = new AddressRanges(List.of("192.0.2.128/25", "10.1.2.3", "2001:db8::/33"));
    var inside = Stream.of("192.0.2.128", "192.0.2.255", "10.1.2.3", "2001:db8:7fff::1");
    var outside = Stream.of("192.0.2.127", "10.1.2.4", "2001:db8:8000::1", "::ffff:0:1");
    assertTrue(inside.map(InetAddress::ofLiteral).allMatch(ranges::contains));
    assertTrue(outside.map(InetAddress::ofLiteral).noneMatch(ranges::contains));
  }

  @Test
  void a_network_that_is_none_is_no_start() {
    for (var text : List.of("10.0.0.0/33", "shop.example", "10.0.0.0/x")) {
      assertThrows(
          IllegalArgumentException.class,
          () -> Settings.load(Map.of("EMPORION_GATEWAY_TRUSTED_PROXIES", text)),
          text);
    }
  }
}
