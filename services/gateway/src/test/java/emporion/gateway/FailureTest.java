package emporion.gateway;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

class FailureTest {
  private static final String GET = "GET /v1/users HTTP/1.1\r\nHost: shop\r\n\r\n";
  private static final String POST =
      "POST /v1/users HTTP/1.1\r\nHost: shop\r\nContent-Length: 2\r\n\r\n{}";

  private static final String KEYED = POST.replace("Host", "Idempotency-Key: k-1\r\nHost");

  private RawUpstream service;
  private ServerSocket deaf;
  private Stage stage;

  @BeforeEach
  void start() throws IOException {
    deaf = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
    service = RawUpstream.saying(Stage.OK);
    stage = new Stage(service);
  }

  @AfterEach
  void stop() throws IOException {
    stage.close();
    service.close();
    deaf.close();
  }

  /** A gateway that gives up soon. */
  private Stage hasty() {
    return new Stage(
        service,
        Map.of(
            "EMPORION_GATEWAY_CALL_TIMEOUT", "PT0.4S",
            "EMPORION_GATEWAY_STALL_TIMEOUT", "PT0.4S",
            "EMPORION_GATEWAY_CONNECT_TIMEOUT", "PT0.3S",
            "EMPORION_ROUTES_PAYMENT_URI", "http://127.0.0.1:" + deaf.getLocalPort()));
  }

  private RawClient.Answer send(String request) throws IOException {
    return RawClient.send(stage.port(), request);
  }

  private static void assertProblem(int status, String slug, RawClient.Answer answer) {
    assertEquals(status, answer.status(), answer.toString());
    assertEquals("application/problem+json", answer.one("Content-Type"));
    assertTrue(answer.body().contains("\"urn:emporion:problem:" + slug + "\""), answer.body());
    assertTrue(answer.body().matches(".*\"trace_id\":\"[0-9a-f]{32}\".*"), answer.body());
  }

  @Test
  void a_dead_service_is_unavailable_until_it_is_back() throws IOException {
    assertEquals(200, send(POST).status());
    service.close();
    for (var request : new String[] {GET, POST}) {
      var answer = send(request);
      assertProblem(503, "unavailable", answer);
      assertEquals("2", answer.one("Retry-After"));
    }
  }

  @Test
  void a_service_that_does_not_take_connections_is_unavailable() throws IOException {
    var queue = new ArrayList<SocketChannel>();
    try (var hasty = hasty()) {
      for (int i = 0; i < 4; i++) { // fills what the system accepts on the service's behalf
        var channel = SocketChannel.open();
        queue.add(channel);
        channel.configureBlocking(false);
        channel.connect(deaf.getLocalSocketAddress());
      }
      assertProblem(503, "unavailable", RawClient.get(hasty.port(), "/v1/payments"));
    } finally {
      for (var channel : queue) {
        channel.close();
      }
    }
  }

  @Test
  void a_slow_service_is_given_up_and_its_late_answer_is_nobodys() throws IOException {
    var givenUp = new CountDownLatch(1);
    service.script(
        (head, body, out) -> {
          givenUp.await();
          out.write(RawUpstream.bytes(Stage.OK.replace("ok", "no")));
        });
    try (var hasty = hasty()) {
      assertProblem(504, "timeout", RawClient.send(hasty.port(), GET));
      assertProblem(504, "timeout", RawClient.send(hasty.port(), POST));
      assertEquals(2, service.heads().size());
      service.say(Stage.OK);
      givenUp.countDown();
      for (int i = 0; i < 5; i++) {
        assertEquals("ok", RawClient.send(hasty.port(), GET).body());
      }
    }
  }

  @TestFactory
  Stream<DynamicTest> an_answer_that_is_none_is_a_bad_gateway() {
    return Stream.of(
            "",
            "\r\n\r\n",
            "nonsense\r\n\r\n",
            "HTTP/2 200 OK\r\n\r\n",
            "HTTP/1.1 OK\r\n\r\n",
            "HTTP/1.1 20x OK\r\n\r\n",
            "HTTP/1.1 101 Switching\r\n\r\n",
            "HTTP/1.1 200 OK\r\nContent-Le",
            "HTTP/1.1 200 OK\nContent-Length: 2\n\nok",
            "HTTP/1.1 200 OK\r\nContent-Length: x\r\n\r\n",
            "HTTP/1.1 200 OK\r\nContent-Length: 2\r\nContent-Length: 3\r\n\r\nok",
            "HTTP/1.1 200 OK\r\nTransfer-Encoding: gzip\r\n\r\n",
            "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n2\r\nok\r\nx\r\n",
            "HTTP/1.1 200 OK\r\nX: a\nSet-Cookie: b\r\nContent-Length: 0\r\n\r\n",
            "HTTP/1.1 200 OK\r\nX: a\r\n folded\r\nContent-Length: 0\r\n\r\n",
            "HTTP/1.1 200 OK\r\nX: " + "x".repeat(70_000) + "\r\n\r\n")
        .map(
            answer ->
                DynamicTest.dynamicTest(
                    "answer "
                        + answer.substring(0, Math.min(60, answer.length())).replace("\r\n", "~"),
                    () -> {
                      service.script(
                          (head, body, out) -> {
                            out.write(RawUpstream.bytes(answer));
                            out.flush();
                            service.hangUp();
                          });
                      assertProblem(502, "bad-gateway", send(POST));
                    }));
  }

  @Test
  void an_answer_cut_off_cuts_off_the_client() {
    for (var answer :
        new String[] {
          "HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\nok",
          "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n2\r\nok\r\n",
        }) {
      service.script(
          (head, body, out) -> {
            out.write(RawUpstream.bytes(answer));
            service.hangUp();
          });
      assertThrows(Exception.class, () -> send(GET));
    }
  }

  @Test
  void an_answer_that_stalls_cuts_off_the_client() throws IOException {
    service.script(
        (head, body, out) -> {
          out.write(RawUpstream.bytes("HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\nok"));
          body.read();
        });
    try (var hasty = hasty()) {
      assertThrows(IOException.class, () -> RawClient.send(hasty.port(), GET));
    }
  }

  @Test
  void an_answer_that_stalls_within_a_chunks_size_cuts_off_the_client() throws Exception {
    var begun = new CountDownLatch(1);
    service.script(
        (head, body, out) -> {
          out.write(
              RawUpstream.bytes("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n1\r\na\r\n"));
          begun.await();
          out.write(RawUpstream.bytes("1\r\nb\r\n1"));
          body.read();
        });
    try (var hasty = hasty();
        var client = new RawClient(hasty.port())) {
      client.write(GET);
      for (var line = client.line(); !line.isEmpty(); line = client.line()) {}
      assertEquals("1", client.line());
      assertEquals("a", client.line());
      begun.countDown();
      assertEquals("1", client.line());
      assertEquals("b", client.line());
      assertTrue(client.closed());
    }
  }

  @Test
  void a_service_that_restarted_between_two_requests_costs_neither() throws IOException {
    for (var request : new String[] {GET, POST, POST, GET}) {
      assertEquals(200, send(request).status());
      service.hangUp();
    }
    assertEquals(4, service.heads().size());
  }

  @Test
  void a_connection_that_dies_under_what_may_be_repeated_is_replaced_once() throws IOException {
    for (var request :
        new String[] {
          GET,
          KEYED,
          KEYED.replace("/v1/users", "/v1/orders"),
          KEYED.replace("/v1/users", "/v2/payments/1/refunds"),
          POST.replace("POST", "PUT")
        }) {
      var path = request.split(" ")[1];
      assertEquals(200, send(GET.replace("/v1/users", path)).status());
      var bodies = new CopyOnWriteArrayList<String>();
      service.script(
          (head, body, out) -> {
            bodies.add(
                new String(
                    body.readNBytes(head.contains("Content-Length") ? 2 : 0),
                    StandardCharsets.US_ASCII));
            if (bodies.size() == 1) {
              service.hangUp();
            } else {
              out.write(RawUpstream.bytes(Stage.OK));
            }
          });
      assertEquals(200, send(request).status());
      var sent = request.substring(request.indexOf("\r\n\r\n") + 4);
      assertEquals(List.of(sent, sent), bodies);
      service.say(Stage.OK);
    }
  }

  @Test
  void what_may_have_an_effect_twice_or_is_long_is_never_sent_twice() throws IOException {
    for (var request :
        new String[] {
          POST,
          POST.replace("2\r\n\r\n{}", "0\r\n\r\n"),
          KEYED.replace("POST", "PATCH"),
          KEYED.replace("/v1/users", "/token"),
          KEYED.replace("/v1/users", "/v2/password-resets"),
          KEYED.replace("/v1/users", "/v1/orders/1/cancel"),
          KEYED.replace("/v1/users", "/v1/orders/1/2"),
          POST.replace("POST", "PUT").replace("2\r\n\r\n{}", "500000\r\n\r\n" + "x".repeat(500_000))
        }) {
      var path = request.split(" ")[1];
      assertEquals(200, send(GET.replace("/v1/users", path)).status());
      var calls = new AtomicInteger();
      service.script(
          (head, body, out) -> {
            calls.incrementAndGet();
            service.hangUp();
          });
      assertProblem(502, "bad-gateway", send(request));
      assertEquals(1, calls.get());
      service.say(Stage.OK);
    }
  }

  @Test
  void a_get_on_a_fresh_connection_is_not_sent_twice() throws IOException {
    service.script((head, body, out) -> service.hangUp());
    assertProblem(502, "bad-gateway", send(GET));
    assertEquals(1, service.heads().size());
  }

  @Test
  void a_pooled_connection_is_not_kept_beyond_its_time() throws IOException {
    try (var brief = new Stage(service, Map.of("EMPORION_GATEWAY_UPSTREAM_IDLE", "PT0.2S"))) {
      int before = service.connections();
      assertEquals(200, RawClient.get(brief.port(), "/v1/users").status());
      assertEquals("1.0", pooled(brief));
      await().untilAsserted(() -> assertEquals("0.0", pooled(brief)));
      assertEquals(200, RawClient.get(brief.port(), "/v1/users").status());
      assertEquals(before + 2, service.connections());
    }
  }

  private static String pooled(Stage stage) throws IOException {
    var gauge = "gateway_upstream_idle_connections{route=\"user\"} ";
    return RawClient.get(stage.managementPort(), "/metrics")
        .body()
        .lines()
        .filter(line -> line.startsWith(gauge))
        .map(line -> line.substring(gauge.length()))
        .findFirst()
        .orElse("no gauge");
  }

  @Test
  void an_answer_given_before_the_body_was_read_arrives() throws IOException {
    service.script(
        (head, body, out) -> {
          out.write(
              RawUpstream.bytes(
                  "HTTP/1.1 409 Conflict\r\nConnection: close\r\nContent-Length: 4\r\n\r\nbusy"));
          body.skipNBytes(500_000);
        });
    var answer =
        send(
            "PUT /v1/users HTTP/1.1\r\nHost: shop\r\nContent-Length: 500000\r\n\r\n"
                + "x".repeat(500_000));
    assertEquals(409, answer.status());
    assertEquals("busy", answer.body());
  }

  @Test
  void a_service_that_sends_more_than_it_said_does_not_answer_the_next_request()
      throws IOException {
    service.say(Stage.OK + Stage.OK.replace("ok", "no"));
    for (int i = 0; i < 5; i++) {
      assertEquals("ok", send(GET).body());
    }
  }

  @Test
  void a_client_that_leaves_inside_its_body_ends_the_call() throws IOException {
    var left = new CountDownLatch(1);
    service.script(
        (head, body, out) -> {
          body.readNBytes(5);
          if (body.read() < 0) {
            left.countDown();
          }
        });
    try (var client = new RawClient(stage.port())) {
      client.write("PUT /v1/users HTTP/1.1\r\nHost: shop\r\nContent-Length: 9\r\n\r\nhello");
      await().until(() -> service.heads().size() == 1);
    }
    await().until(() -> left.getCount() == 0);
  }

  @Test
  void a_client_that_leaves_before_its_body_costs_no_call() throws IOException {
    try (var client = new RawClient(stage.port())) {
      client.write("PUT /v1/users HTTP/1.1\r\nHost: shop\r\nContent-Length: 9\r\n\r\n");
    }
    assertEquals(200, send(GET).status());
    assertEquals(1, service.heads().size());
  }
}
