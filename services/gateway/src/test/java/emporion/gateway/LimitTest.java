package emporion.gateway;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.prometheus.metrics.model.registry.PrometheusRegistry;
import java.io.IOException;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

class LimitTest {
  private static final int KB = 1_024;

  private static RawUpstream service;
  private static Stage stage;
  private static Stage hasty;

  @BeforeAll
  static void start() {
    service = new RawUpstream(LimitTest::swallow);
    stage =
        new Stage(
            service,
            Map.of(
                "SERVER_MAX_PAYLOAD_SIZE", "1024",
                "EMPORION_ROUTES_IMPORTS_MAX_PAYLOAD_SIZE", "2097152",
                "SERVER_MAX_CONCURRENT_REQUESTS", "4"));
    hasty =
        new Stage(
            service,
            Map.of(
                "EMPORION_GATEWAY_CLIENT_HEAD_TIMEOUT", "PT0.3S",
                "EMPORION_GATEWAY_CLIENT_BODY_TIMEOUT", "PT0.3S",
                "EMPORION_GATEWAY_STALL_TIMEOUT", "PT0.5S"));
  }

  @AfterAll
  static void stop() throws IOException {
    stage.close();
    hasty.close();
    service.close();
  }

  private static void swallow(String head, java.io.InputStream body, java.io.OutputStream out)
      throws IOException {
    if (head.contains("Content-Length: ")) {
      body.skipNBytes(Long.parseLong(head.replaceAll("(?s).*Content-Length: (\\d+).*", "$1")));
    } else if (head.contains("chunked")) {
      int last = 0;
      while (last != 0x300d0a0d) {
        int next = body.read();
        if (next < 0) {
          throw new IOException("cut off");
        }
        last = last << 8 | next;
      }
      body.skipNBytes(1);
    }
    out.write(RawUpstream.bytes(Stage.OK));
  }

  private static String stated(String path, int size) {
    return "POST " + path + " HTTP/1.1\r\nHost: shop\r\nContent-Length: " + size + "\r\n\r\n";
  }

  private static String chunked(String path, int size, int chunk) {
    var request =
        new StringBuilder(
            "POST " + path + " HTTP/1.1\r\nHost: shop\r\nTransfer-Encoding: chunked\r\n\r\n");
    for (int left = size; left > 0; left -= chunk) {
      int now = Math.min(left, chunk);
      request
          .append(Integer.toHexString(now))
          .append("\r\n")
          .append("x".repeat(now))
          .append("\r\n");
    }
    return request.append("0\r\n\r\n").toString();
  }

  private record Case(String name, int status, String request) {}

  @TestFactory
  Stream<DynamicTest> bodies_up_to_the_limit_of_their_route_pass() {
    return Stream.of(
            new Case("stated, at", 200, stated("/v1/users", KB) + "x".repeat(KB)),
            new Case("stated, over", 413, stated("/v1/users", KB + 1) + "x".repeat(KB + 1)),
            new Case(
                "stated, far over", 413, stated("/v1/users", 4_000 * KB) + "x".repeat(4_000 * KB)),
            new Case("stated, not sent", 413, stated("/v1/users", 900_000_000)),
            new Case(
                "stated, 15 digits",
                413,
                stated("/v1/users", 1).replace(": 1", ": 999999999999999")),
            new Case("chunked, at", 200, chunked("/v1/users", KB, 100)),
            new Case("chunked, over", 413, chunked("/v1/users", KB + 1, 100)),
            new Case("one chunk, over", 413, chunked("/v1/users", KB + 1, KB + 1)),
            new Case("one chunk, far over", 413, chunked("/v1/users", 2_000 * KB, 2_000 * KB)),
            new Case(
                "a huge chunk, not sent",
                400,
                chunked("/v1/users", 1, 1).replace("\r\n1\r\n", "\r\nffffffff\r\n")),
            new Case(
                "import, stated",
                200,
                stated("/v1/products/imports", 2_048 * KB) + "x".repeat(2_048 * KB)),
            new Case("import, chunked", 200, chunked("/v1/products/imports", 2_048 * KB, 100 * KB)),
            new Case("import, over", 413, stated("/v1/products/imports", 2_048 * KB + 1)),
            new Case(
                "product is no import", 413, stated("/v1/products", KB + 1) + "x".repeat(KB + 1)))
        .map(
            it ->
                DynamicTest.dynamicTest(
                    it.name,
                    () -> {
                      var answer = RawClient.send(stage.port(), it.request);
                      assertEquals(it.status, answer.status(), answer.toString());
                      if (it.status == 413) {
                        assertTrue(answer.body().contains("urn:emporion:problem:too-large"));
                      }
                    }));
  }

  @Test
  void too_many_requests_at_once_are_told_when_to_come_back() throws Exception {
    var release = new CountDownLatch(1);
    service.script(
        (head, body, out) -> {
          release.await();
          out.write(RawUpstream.bytes(Stage.OK));
        });
    var waiting = new ArrayList<RawClient>();
    try {
      service.heads().clear();
      for (int i = 0; i < 4; i++) {
        var client = new RawClient(stage.port());
        waiting.add(client);
        client.write("GET /v1/users HTTP/1.1\r\nHost: shop\r\n\r\n");
      }
      await().until(() -> service.heads().size() == 4);
      var answer = RawClient.get(stage.port(), "/v1/users");
      assertEquals(503, answer.status());
      assertEquals("1", answer.one("Retry-After"));
      assertEquals("application/problem+json", answer.one("Content-Type"));
      assertEquals(waiting.size(), stage.gateway().underWay());
      release.countDown();
      for (var client : waiting) {
        assertEquals(200, client.read().status());
      }
    } finally {
      release.countDown();
      service.script(LimitTest::swallow);
      for (var client : waiting) {
        client.close();
      }
    }
    assertEquals(200, RawClient.get(stage.port(), "/v1/users").status());
  }

  @Test
  void a_long_request_line_or_head_is_refused() throws IOException {
    assertEquals(200, RawClient.get(stage.port(), "/v1/users?q=" + "x".repeat(7_000)).status());
    assertEquals(414, RawClient.get(stage.port(), "/v1/users?q=" + "x".repeat(9_000)).status());
    assertEquals(
        200, RawClient.get(stage.port(), "/", "X: " + "x".repeat(15_000) + "\r\n").status());
    assertEquals(
        431, RawClient.get(stage.port(), "/", "X: " + "x".repeat(17_000) + "\r\n").status());
    assertEquals(431, RawClient.get(stage.port(), "/", "X: y\r\n".repeat(5_000)).status());
  }

  @Test
  void a_request_that_is_refused_early_leaves_nothing_behind() throws IOException {
    assertEquals(400, RawClient.get(hasty.port(), "/", "Content-Length: x\r\n").status());
    await().until(() -> hasty.gateway().underWay() == 0);
  }

  @Test
  void a_head_that_never_ends_loses_its_connection() throws IOException {
    try (var client = new RawClient(hasty.port())) {
      client.write("GET /v1/users HTTP/1.1\r\nHost: shop\r\nX: ");
      assertTrue(client.closed());
    }
  }

  @Test
  void a_request_line_that_never_ends_loses_its_connection() throws IOException {
    try (var client = new RawClient(hasty.port())) {
      client.write("GET /v1/us");
      assertTrue(client.closed());
    }
  }

  @Test
  void a_client_that_says_nothing_loses_its_connection() throws IOException {
    try (var client = new RawClient(hasty.port())) {
      assertTrue(client.closed());
    }
  }

  @Test
  void a_byte_now_and_then_does_not_keep_a_connection() throws Exception {
    for (var begun :
        new String[] {
          "GET /v1/us",
          "GET /v1/users HTTP/1.1\r\nHost: shop\r\nX: ",
          stated("/v1/users", 1_000),
          "POST /v1/users HTTP/1.1\r\nHost: shop\r\nTransfer-Encoding: chunked\r\n\r\n400\r\n"
        }) {
      try (var client = new RawClient(hasty.port())) {
        client.write(begun);
        await(begun).until(() -> !writes(client));
      }
    }
  }

  /** Whether the other end still takes a byte. */
  private static boolean writes(RawClient client) {
    try {
      client.write("x");
      return true;
    } catch (IOException e) {
      return false;
    }
  }

  @Test
  void a_client_that_reads_a_little_now_and_then_loses_its_connection() throws Exception {
    var given = new CountDownLatch(1);
    service.script(
        (head, body, out) -> {
          try {
            out.write(RawUpstream.bytes("HTTP/1.1 200 OK\r\nConnection: close\r\n\r\n"));
            while (true) {
              out.write(new byte[65_536]);
            }
          } finally {
            given.countDown();
          }
        });
    var bounded = Map.of("EMPORION_GATEWAY_REQUEST_TIMEOUT", "PT1S");
    try (var patient = new Stage(service, bounded);
        var client = new RawClient(patient.port())) {
      client.write("GET /v1/users HTTP/1.1\r\nHost: shop\r\n\r\n");
      await()
          .until(
              () -> {
                client.in().readNBytes(65_536);
                return given.getCount() == 0;
              });
    } finally {
      service.script(LimitTest::swallow);
    }
  }

  @Test
  void one_client_takes_no_more_than_its_share_of_the_connections() throws Exception {
    var share = Map.of("EMPORION_GATEWAY_MAX_CONNECTIONS_PER_CLIENT", "3");
    try (var shared = new Stage(service, share)) {
      var held = new ArrayList<RawClient>();
      try {
        for (int i = 0; i < 3; i++) {
          var client = new RawClient(shared.port());
          held.add(client);
          client.write("GET /v1/users HTTP/1.1\r\nHost: shop\r\n\r\n");
          assertEquals(200, client.read().status());
        }
        try (var fourth = new RawClient(shared.port())) {
          assertTrue(fourth.closed());
        }
        assertEquals(200, fromElsewhere(shared.port()).status());
        held.removeLast().close();
        await().until(() -> answers(shared.port()));
      } finally {
        for (var client : held) {
          client.close();
        }
      }
    }
  }

  /** Whoever has one address of IPv6 has 2^64 of them. */
  @Test
  void a_network_of_ipv6_is_one_client() throws Exception {
    var settings =
        Settings.load(
            Map.of(
                "EMPORION_GATEWAY_MAX_CONNECTIONS_PER_CLIENT", "2",
                "SERVER_MAX_TCP_CONNECTIONS", "4"));
    var connections = new Connections(settings, new PrometheusRegistry());
    assertTrue(connections.enter(InetAddress.ofLiteral("2001:db8::1")));
    assertTrue(connections.enter(InetAddress.ofLiteral("2001:db8::2")));
    assertFalse(connections.enter(InetAddress.ofLiteral("2001:db8::3")));
    assertTrue(connections.enter(InetAddress.ofLiteral("2001:db8:0:1::1")));
    assertTrue(connections.enter(InetAddress.ofLiteral("2001:db8:0:2::1")));
    assertFalse(connections.enter(InetAddress.ofLiteral("2001:db8:0:3::1")));
    connections.leave(InetAddress.ofLiteral("2001:db8::2"));
    assertTrue(connections.enter(InetAddress.ofLiteral("2001:db8::3")));
    assertEquals(4, connections.open());
  }

  private static RawClient.Answer fromElsewhere(int port) throws IOException {
    try (var other = new RawClient(port, "127.0.0.2")) {
      other.write("GET /v1/users HTTP/1.1\r\nHost: shop\r\n\r\n");
      return other.read();
    }
  }

  private static boolean answers(int port) {
    try {
      return RawClient.get(port, "/v1/users").status() == 200;
    } catch (IOException e) {
      return false;
    }
  }

  @Test
  void ten_thousand_connections_leave_room_for_others_and_for_operators() throws Exception {
    var held = new ArrayList<RawClient>();
    try (var crowded = new Stage(service)) {
      for (int i = 0; i < 10_000; i++) {
        held.add(new RawClient(crowded.port()));
      }
      assertEquals(200, RawClient.get(crowded.managementPort(), "/health/ready").status());
      assertEquals(200, fromElsewhere(crowded.port()).status());
    } finally {
      for (var client : held) {
        client.close();
      }
    }
  }

  @Test
  void a_body_that_never_ends_loses_its_connection() throws IOException {
    for (var path : new String[] {"/v1/users", "/v1/nothing"}) {
      try (var client = new RawClient(hasty.port())) {
        client.write(stated(path, 10) + "x");
        if (path.endsWith("nothing")) {
          assertEquals(404, client.read().status());
        }
        assertTrue(client.closed());
      }
    }
  }

  @Test
  void a_client_that_does_not_read_loses_its_connection() throws Exception {
    var given = new CountDownLatch(1);
    service.script(
        (head, body, out) -> {
          try {
            out.write(RawUpstream.bytes("HTTP/1.1 200 OK\r\nConnection: close\r\n\r\n"));
            while (true) {
              out.write(new byte[65_536]);
            }
          } finally {
            given.countDown();
          }
        });
    try (var client = new RawClient(hasty.port())) {
      client.write("GET /v1/users HTTP/1.1\r\nHost: shop\r\n\r\n");
      await().until(() -> given.getCount() == 0);
      assertFalse(client.in().read() < 0);
    } finally {
      service.script(LimitTest::swallow);
    }
  }
}
