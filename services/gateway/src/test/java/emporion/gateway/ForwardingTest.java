package emporion.gateway;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** Targets, fields and connections. */
class ForwardingTest extends StageTest {
  @TestFactory
  Stream<DynamicTest> a_target_arrives_byte_for_byte() {
    return Stream.of(
            "/v1/users/me",
            "/v1/users",
            "/v1/products?q=a%20b&q=%C3%A9&empty=&&x=%2F%2e%2e&y=a+b;c:d/../e",
            "/v1/products/caf%C3%A9",
            "/v1/products/a~b_c-d.e!$&'()*+,=:@",
            "/v1/orders/?",
            "/assets/app.12ab.js",
            "/",
            "/.well-known/jwks.json",
            "/v1x/page")
        .map(
            target ->
                DynamicTest.dynamicTest(
                    target,
                    () -> {
                      assertEquals(200, get(target).status());
                      var sent = target.endsWith("?") ? target.replace("?", "") : target;
                      assertTrue(service.lastHead().startsWith("GET " + sent + " HTTP/1.1\r\n"));
                    }));
  }

  /** No service unpacks a body, so none of them gets one. */
  @Test
  void a_packed_body_is_refused_here() throws IOException {
    var answer =
        RawClient.send(
            stage.port(),
            "POST /v1/users HTTP/1.1\r\nHost: shop\r\nContent-Encoding: gzip\r\n"
                + "Content-Length: 2\r\n\r\n\u001f\u008b");
    assertEquals(415, answer.status());
    assertEquals("application/problem+json", answer.one("Content-Type"));
    assertEquals("identity", answer.one("Accept-Encoding"));
  }

  @TestFactory
  Stream<DynamicTest> any_method_passes() {
    return Stream.of("GET", "POST", "PUT", "PATCH", "DELETE", "OPTIONS", "PROPFIND", "M-SEARCH")
        .map(
            method ->
                DynamicTest.dynamicTest(
                    method,
                    () -> {
                      var request = method + " /v1/users HTTP/1.1\r\nHost: shop\r\n\r\n";
                      assertEquals(200, RawClient.send(stage.port(), request).status());
                      assertTrue(service.lastHead().startsWith(method + " /v1/users "));
                    }));
  }

  @TestFactory
  Stream<DynamicTest> fields_of_the_hop_stay_here() {
    return Stream.of(
            "Keep-Alive: timeout=5",
            "TE: trailers",
            "Trailer: X-Sum",
            "Upgrade: websocket",
            "Proxy-Connection: keep-alive",
            "Proxy-Authorization: Basic abc",
            "Proxy-Anything: x",
            "Forwarded: for=6.6.6.6",
            "X-Forwarded-For: 6.6.6.6",
            "X-Forwarded-Proto: https",
            "X-Forwarded-Host: evil",
            "X-Forwarded-Port: 1",
            "X-Forwarded-Prefix: /evil",
            "X-Real-IP: 6.6.6.6",
            "HTTP2-Settings: AAMAAABkAAQAAP__",
            "Expect: 100-continue")
        .map(
            line ->
                DynamicTest.dynamicTest(
                    line,
                    () -> {
                      assertEquals(200, get("/v1/users", line + "\r\n").status());
                      assertFalse(service.lastHead().contains(line), service.lastHead());
                    }));
  }

  @Test
  void a_field_that_connection_names_stays_here() throws IOException {
    get("/v1/users", "Connection: keep-alive, X-Mine\r\nX-Mine: 1\r\nX-Other: 2\r\n");
    assertFalse(service.lastHead().contains("X-Mine"));
    assertFalse(service.lastHead().contains("Connection:"));
    assertTrue(service.lastHead().contains("X-Other: 2\r\n"));
  }

  @Test
  void connection_takes_nothing_away_that_the_gateway_says() throws IOException {
    get(
        "/v1/users",
        "Connection: Authorization, X-Forwarded-For, X-Forwarded-Proto, Host, traceparent\r\n",
        "Authorization: Basic abc\r\n");
    var head = service.lastHead();
    assertFalse(head.contains("Authorization:"), head);
    for (var field :
        List.of("X-Forwarded-For: 127", "X-Forwarded-Proto: ", "Host: ", "traceparent: ")) {
      assertTrue(head.contains("\r\n" + field), head);
    }
  }

  @Test
  void the_rest_arrives_with_the_way_it_took() throws IOException {
    get(
        "/v1/users",
        "Accept: a/b\r\naccept: c/d\r\nX-Mine: 1\r\nX-mine:  2 \r\nCookie: a=b; c=d\r\n",
        "Idempotency-Key: k\r\nContent-Language: el\r\n",
        "traceparent: 00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01\r\n",
        "tracestate: a=b\r\ntracestate: c=d\r\nbaggage: shopper=vip\r\n");
    var head = service.lastHead();
    var lines = List.of(head.split("\r\n"));
    assertTrue(lines.contains("Host: " + service.uri().substring(7)), head);
    assertTrue(lines.contains("Accept: a/b") && lines.contains("accept: c/d"), head);
    assertTrue(lines.contains("X-Mine: 1") && lines.contains("X-mine: 2"), head);
    assertTrue(lines.contains("Cookie: a=b; c=d"), head);
    assertTrue(lines.contains("Idempotency-Key: k"), head);
    assertTrue(lines.contains("Content-Language: el"), head);
    assertTrue(lines.contains("X-Forwarded-For: 127.0.0.1"), head);
    assertTrue(lines.contains("X-Real-IP: 127.0.0.1"), head);
    assertTrue(lines.contains("X-Forwarded-Proto: http"), head);
    assertTrue(lines.contains("X-Forwarded-Host: shop"), head);
    assertTrue(lines.contains("tracestate: a=b,c=d"), head);
    assertTrue(lines.contains("baggage: shopper=vip"), head);
    assertTrue(
        lines.contains("traceparent: 00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01"),
        head);
  }

  @Test
  void of_two_traces_neither_is_believed() throws IOException {
    var parent = "traceparent: 00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01\r\n";
    get("/v1/users", parent, parent, "tracestate: a=b\r\n");
    var head = service.lastHead();
    assertFalse(head.contains("0af7651916cd43dd8448eb211c80319c"), head);
    assertFalse(head.contains("tracestate"), head);
  }

  @Test
  void a_trace_begins_where_none_came() throws IOException {
    get("/v1/users");
    assertTrue(
        service.lastHead().matches("(?s).*traceparent: 00-[0-9a-f]{32}-[0-9a-f]{16}-00\r\n.*"));
  }

  @Test
  void a_trusted_proxy_is_believed() throws IOException {
    try (var behind =
        new Stage(service, Map.of("EMPORION_GATEWAY_TRUSTED_PROXIES", "127.0.0.0/8"))) {
      RawClient.get(
          behind.port(),
          "/v1/users",
          "X-Forwarded-For: 9.9.9.9\r\n"
              + "X-Forwarded-Proto: https\r\n"
              + "X-Forwarded-Host: shop.example\r\n");
    }
    assertTrue(service.lastHead().contains("X-Forwarded-For: 9.9.9.9, 127.0.0.1\r\n"));
    assertTrue(service.lastHead().contains("X-Real-IP: 9.9.9.9\r\n"));
    assertTrue(service.lastHead().contains("X-Forwarded-Proto: https\r\n"));
    assertTrue(service.lastHead().contains("X-Forwarded-Host: shop.example\r\n"));
  }

  @Test
  void an_answer_passes_without_the_fields_of_its_hop() throws IOException {
    service.say(
        "HTTP/1.1 207 Multi Status Indeed\r\nSet-Cookie: a=1\r\nSet-Cookie: b=2\r\nLink: <x>\r\n"
            + "link: <y>\r\nContent-Encoding: gzip\r\nX-Odd: \u00e9\r\nServer: secret/1\r\n"
            + "X-Powered-By: secret\r\nKeep-Alive: timeout=5\r\nConnection: keep-alive, X-Hop\r\n"
            + "X-Hop: 1\r\nTrailer: X-Sum\r\nProxy-Authenticate: x\r\nContent-Length: 2\r\n\r\nok");
    var answer = get("/v1/users");
    assertEquals("HTTP/1.1 207 Multi Status Indeed", answer.lines().getFirst());
    assertEquals(List.of("a=1", "b=2"), answer.all("Set-Cookie"));
    assertEquals(List.of("<x>", "<y>"), answer.all("Link"));
    assertEquals("gzip", answer.one("Content-Encoding"));
    assertEquals("\u00e9", answer.one("X-Odd"));
    for (var dropped :
        List.of("Server", "X-Powered-By", "Keep-Alive", "X-Hop", "Trailer", "Proxy-Authenticate")) {
      assertEquals("", answer.one(dropped), dropped);
    }
    assertEquals("ok", answer.body());
  }

  @Test
  void requests_sent_without_waiting_are_answered_in_order() throws IOException {
    try (var client = new RawClient(stage.port())) {
      var get = "GET /v1/users HTTP/1.1\r\nHost: shop\r\n\r\n";
      client.write(get + get.replace("users", "nothing") + get);
      assertEquals(200, client.read().status());
      assertEquals(404, client.read().status());
      assertEquals(200, client.read().status());
    }
  }

  @TestFactory
  Stream<DynamicTest> a_connection_ends_when_the_client_says_so() {
    return Stream.of("close", "Close", "foo, close")
        .map(
            option ->
                DynamicTest.dynamicTest(
                    option,
                    () -> {
                      try (var client = new RawClient(stage.port())) {
                        client.write(
                            "GET /v1/users HTTP/1.1\r\nHost: shop\r\nConnection: "
                                + option
                                + "\r\n\r\n");
                        var answer = client.read();
                        assertEquals("ok", answer.body());
                        assertEquals("close", answer.one("Connection"));
                        assertTrue(client.closed());
                      }
                    }));
  }

  @Test
  void connections_to_a_service_are_used_again() throws IOException {
    get("/v1/users");
    int before = service.connections();
    for (int i = 0; i < 20; i++) {
      get("/v1/users");
    }
    assertEquals(before, service.connections());
  }

  @Test
  void a_client_that_would_rather_speak_http_2_is_served() throws Exception {
    try (var client = HttpClient.newHttpClient()) {
      var request =
          HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + stage.port() + "/v1/users"))
              .build();
      var answer = client.send(request, HttpResponse.BodyHandlers.ofString());
      assertEquals("ok", answer.body());
      assertEquals(HttpClient.Version.HTTP_2, answer.version());
      assertFalse(service.lastHead().toLowerCase(Locale.ROOT).contains("upgrade"));
    }
  }

  @Test
  void answers_never_cross() throws Exception {
    answersNeverCross(stage);
    try (var wide = new Stage(service, Map.of("EMPORION_GATEWAY_THREADS", "4"))) {
      answersNeverCross(wide);
    }
  }

  private static void answersNeverCross(Stage stage) throws Exception {
    service.script(
        (head, body, out) -> {
          var path = head.substring(head.indexOf(' ') + 1, head.indexOf(" HTTP"));
          if (path.endsWith("7")) {
            out.close();
            return;
          }
          out.write(
              RawUpstream.bytes(
                  "HTTP/1.1 200 OK\r\nContent-Length: " + path.length() + "\r\n\r\n"));
          out.write(RawUpstream.bytes(path));
        });
    try (var crowd = Executors.newVirtualThreadPerTaskExecutor()) {
      var all = new ArrayList<Future<?>>();
      for (int i = 0; i < 16; i++) {
        int number = i;
        all.add(crowd.submit(() -> ask(stage, number)));
      }
      for (var one : all) {
        one.get();
      }
    }
  }

  private static Void ask(Stage stage, int number) throws IOException {
    try (var client = new RawClient(stage.port())) {
      for (int i = 0; i < 100; i++) {
        var path = "/v1/users/" + number + "-" + i;
        client.write("GET " + path + " HTTP/1.1\r\nHost: shop\r\n\r\n");
        var answer = client.read();
        if (path.endsWith("7")) {
          assertEquals(502, answer.status());
        } else {
          assertEquals(path, answer.body());
        }
      }
    }
    return null;
  }
}
