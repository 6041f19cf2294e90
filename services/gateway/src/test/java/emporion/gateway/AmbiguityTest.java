package emporion.gateway;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** What could be read in two ways is refused, reaches no service and starts no second request. */
class AmbiguityTest extends StageTest {
  private static final String SMUGGLED = "GET /v1/users/smuggled HTTP/1.1\r\nHost: shop\r\n\r\n";

  private record Case(String name, int status, String request) {}

  private static Case target(int status, String target) {
    return new Case(
        "target " + target, status, "GET " + target + " HTTP/1.1\r\nHost: shop\r\n\r\n");
  }

  private static Case fields(String fields) {
    return new Case(
        "fields " + fields.strip(),
        400,
        "POST /v1/users HTTP/1.1\r\n" + fields + "\r\n" + SMUGGLED);
  }

  private static Case framed(String fields, String body) {
    return new Case(
        "framed " + fields.strip() + " | " + body,
        400,
        "POST /v1/users HTTP/1.1\r\nHost: shop\r\n" + fields + "\r\n" + body + SMUGGLED);
  }

  private static Stream<Case> cases() {
    var cases = new ArrayList<Case>();
    for (var target :
        new String[] {
          "/v1/users/../charges",
          "/v1/users/..",
          "/v1/users/.",
          "/./v1/users",
          "/v1/users/%2e%2e/charges",
          "/v1/users/%2E%2e/charges",
          "/v1/users/.%2e/charges",
          "/v1/users/%2e",
          "/v1/users%2f..%2fcharges",
          "/v1%2Fcharges",
          "/v1/users%5c..%5ccharges",
          "/v1/users\\..\\charges",
          "//v1/charges",
          "/v1//charges",
          "/v1/users//",
          "//evil.example/v1/users",
          "/v1/users;x=1",
          "/v1;x=1/charges",
          "/v1/users;/../charges",
          "/v1/users%3b/x",
          "/v1/users/%00",
          "/v1/users/\0",
          "/v1/users/%0d%0aX:1",
          "/v1/users/%7f",
          "/v1/users/%252e%252e/charges",
          "/v1/users/%",
          "/v1/users/%2",
          "/v1/users/%zz",
          "/v1/users/%3fx",
          "/v1/users/%23x",
          "/v1/users/\u00e9",
          "/v1/users/<x>",
          "/v1/users/\"x",
          "/v1/users#/../charges",
          "/v1/users?a=b#c",
          "/v1/users?a=\u00e9",
          "/v1/users?a=\0",
          "https://shop/v1/users",
          "ftp://shop/v1/users",
          "http:///v1/users",
          "http://user@shop/v1/users",
          "http://shop/v1/users/../charges",
          "http://shop//v1/charges",
          "https://shop",
          "v1/users",
          "*",
          "?",
          "shop:80",
        }) {
      cases.add(target(400, target));
    }
    for (var target :
        new String[] {
          "/v1/reservations",
          "/v1/reservations/x",
          "/v1/charges",
          "/v1/charges/1/void",
          "/v1/nothing",
          "/v1",
          "/v1/",
          "/v2/nothing",
          "/v3/orders",
          "/v99/users",
          "/v1/usersx",
          "/v1/Users",
          "/health",
          "/health/ready",
          "/metrics",
          "/observe/health",
        }) {
      cases.add(target(404, target));
    }
    cases.add(new Case("CONNECT", 400, "CONNECT shop:80 HTTP/1.1\r\nHost: shop:80\r\n\r\n"));
    cases.add(new Case("CONNECT path", 405, "CONNECT /v1/users HTTP/1.1\r\nHost: shop\r\n\r\n"));
    cases.add(new Case("TRACE", 405, "TRACE /v1/users HTTP/1.1\r\nHost: shop\r\n\r\n"));
    cases.add(new Case("bad method", 400, "GE(T /v1/users HTTP/1.1\r\nHost: shop\r\n\r\n"));
    cases.add(new Case("no version", 400, "GET /v1/users\r\nHost: shop\r\n\r\n"));
    cases.add(
        new Case(
            "HTTP/1.0, chunked",
            400,
            "POST /v1/users HTTP/1.0\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n" + SMUGGLED));
    cases.add(new Case("HTTP/2.0", 400, "GET /v1/users HTTP/2.0\r\nHost: shop\r\n\r\n"));
    cases.add(new Case("two spaces", 400, "GET  /v1/users HTTP/1.1\r\nHost: shop\r\n\r\n"));
    cases.add(new Case("space in path", 400, "GET /v1/us ers HTTP/1.1\r\nHost: shop\r\n\r\n"));
    cases.add(new Case("bare LF", 400, "GET /v1/users HTTP/1.1\nHost: shop\n\n"));
    cases.add(new Case("LF in line", 400, "GET /v1/users HTTP/1.1\nX: y\r\nHost: shop\r\n\r\n"));
    cases.add(fields(""));
    cases.add(fields("Host: shop\r\nHost: evil\r\n"));
    cases.add(fields("Host: shop, evil\r\n"));
    cases.add(fields("Host: shop/v1\r\n"));
    cases.add(fields("Host: user@shop\r\n"));
    cases.add(fields("Host: \r\n"));
    cases.add(fields("Host : shop\r\n"));
    cases.add(fields("Host: shop\r\n X: folded\r\n"));
    cases.add(fields("Host: shop\r\nX: a\r\n b\r\n"));
    cases.add(fields("Host: shop\r\n\tX: a\r\n"));
    cases.add(fields("Host: shop\r\nX: a\nContent-Length: 9\r\n"));
    cases.add(fields("Host: shop\r\nX: a\rb\r\n"));
    cases.add(fields("Host: shop\r\nX: a\0b\r\n"));
    cases.add(fields("Host: shop\r\nX\0: a\r\n"));
    cases.add(fields("Host: shop\r\nX(: a\r\n"));
    cases.add(fields("Host: shop\r\n: a\r\n"));
    cases.add(fields("Host: shop\r\nnonsense\r\n"));
    cases.add(framed("Content-Length: 4\r\nTransfer-Encoding: chunked\r\n", "0\r\n\r\n"));
    cases.add(framed("Transfer-Encoding: chunked\r\nContent-Length: 4\r\n", "0\r\n\r\n"));
    cases.add(framed("Content-Length: 0\r\nTransfer-Encoding: chunked\r\n", "0\r\n\r\n"));
    cases.add(framed("Content-Length: 4\r\nContent-Length: 5\r\n", "body"));
    cases.add(framed("Content-Length: 4\r\nContent-Length: 4\r\n", "body"));
    cases.add(framed("Content-Length: 4, 4\r\n", "body"));
    cases.add(framed("Content-Length: +4\r\n", "body"));
    cases.add(framed("Content-Length: -1\r\n", "0\r\n\r\n"));
    cases.add(framed("Content-Length: -4\r\n", "body"));
    cases.add(framed("Content-Length: 0x4\r\n", "body"));
    cases.add(framed("Content-Length: \r\n", "body"));
    cases.add(framed("Content-Length: 4 4\r\n", "body"));
    cases.add(framed("Content-Length: 99999999999999999999\r\n", "body"));
    cases.add(framed("Content-Length : 4\r\n", "body"));
    cases.add(framed("Content-Length\t: 4\r\n", "body"));
    cases.add(framed("Transfer-Encoding : chunked\r\n", "0\r\n\r\n"));
    cases.add(framed("Transfer-Encoding: identity\r\n", "body"));
    cases.add(framed("Transfer-Encoding: gzip, chunked\r\n", "0\r\n\r\n"));
    cases.add(framed("Transfer-Encoding: chunked, identity\r\n", "0\r\n\r\n"));
    cases.add(framed("Transfer-Encoding: xchunked\r\n", "0\r\n\r\n"));
    cases.add(framed("Transfer-Encoding: chunked\r\nTransfer-Encoding: chunked\r\n", "0\r\n\r\n"));
    cases.add(framed("Transfer-Encoding: \"chunked\"\r\n", "0\r\n\r\n"));
    cases.add(framed("Transfer-Encoding: \u000bchunked\r\n", "0\r\n\r\n"));
    for (var chunk :
        new String[] {
          "x\r\n",
          "-1\r\n",
          "+1\r\na\r\n",
          "0x1\r\na\r\n",
          "\r\n",
          " 1\r\na\r\n",
          "1 \r\na\r\n",
          "1\na\r\n",
          "1\r\nab\r\n",
          "1\r\naXX0\r\n\r\n",
          "1\r\na\n0\r\n\r\n",
          "1;\nx\r\na\r\n",
          "fffffffff\r\n",
          "7fffffffffffffff1\r\n",
          "0\r\nX: y\n\r\n",
        }) {
      cases.add(framed("Transfer-Encoding: chunked\r\n", chunk));
    }
    return cases.stream();
  }

  @TestFactory
  Stream<DynamicTest> what_can_be_read_in_two_ways_reaches_nobody() {
    return cases()
        .map(
            it ->
                DynamicTest.dynamicTest(
                    it.name.replace("\r\n", "~").replace("\n", "^").replace("\0", "NUL"),
                    () -> {
                      service.heads().clear();
                      try (var client = new RawClient(stage.port())) {
                        client.write(it.request);
                        var answer = client.read();
                        assertEquals(it.status, answer.status(), answer.toString());
                        assertEquals("application/problem+json", answer.one("Content-Type"));
                        assertTrue(
                            answer.body().matches(".*\"trace_id\":\"[0-9a-f]{32}\".*"),
                            answer.body());
                        assertTrue(
                            answer.body().contains("\"type\":\"urn:emporion:problem:"),
                            answer.body());
                        if (it.request.contains("smuggled")) {
                          assertEquals("close", answer.one("Connection"));
                          assertTrue(client.closed());
                        }
                      }
                      assertTrue(
                          service.heads().stream()
                              .noneMatch(
                                  head -> head.contains("smuggled") || head.contains("charges")),
                          service.heads().toString());
                      if (!it.request.contains("hunked\r\n")) {
                        assertEquals(0, service.heads().size());
                      }
                    }));
  }

  @Test
  void a_foreign_host_changes_nothing() throws IOException {
    for (var host : new String[] {"evil.example", "127.0.0.1:8082", "[::1]:1", "shop:443"}) {
      var answer =
          RawClient.send(stage.port(), "GET /v1/users/1 HTTP/1.1\r\nHost: " + host + "\r\n\r\n");
      assertEquals(200, answer.status());
      assertTrue(service.lastHead().contains("\r\nHost: " + service.uri().substring(7) + "\r\n"));
    }
  }

  @Test
  void hosts_that_are_not_listed_are_misdirected_where_a_list_is_set() throws IOException {
    try (var strict = new Stage(service, Map.of("EMPORION_GATEWAY_HOSTS", "shop.example,shop"))) {
      assertEquals(200, RawClient.get(strict.port(), "/v1/users").status());
      var evil = "GET /v1/users HTTP/1.1\r\nHost: evil.example\r\n\r\n";
      assertEquals(421, RawClient.send(strict.port(), evil).status());
    }
  }
}
