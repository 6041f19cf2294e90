package emporion.http;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.helidon.http.HeaderNames;
import io.helidon.http.Status;
import io.helidon.webserver.WebServer;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.Socket;
import java.util.Map;
import java.util.concurrent.Semaphore;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** Bytes go in, bytes come out. */
class HttpServerTest {
  private static final String HOST = "Host: shop\r\n";
  private static final String NEXT = "GET /next HTTP/1.1\r\nHost: shop\r\n\r\n";
  private static final Semaphore HELD = new Semaphore(0);
  private static final Semaphore FREE = new Semaphore(0);
  private static WebServer server;

  @BeforeAll
  static void start() {
    server =
        WebServer.builder()
            .host("127.0.0.1")
            .protocolsDiscoverServices(false)
            .addProtocol(new Protocol("test", 4_096, 16_384))
            .maxPayloadSize(100)
            .maxConcurrentRequests(1)
            .routing(
                routing ->
                    routing
                        .get("/none", (request, response) -> none(response))
                        .get("/mute", (request, response) -> response.status(406).send())
                        .get("/held", (request, response) -> hold(response))
                        .get("/broken", (request, response) -> fail())
                        .any("/refused", (request, response) -> response.status(422).send("no"))
                        .any("/careful", HttpServerTest::refuseWhatCantBeRead)
                        .any("/long", (request, response) -> response.send("x".repeat(20_000)))
                        .any(HttpServerTest::echo))
            .build()
            .start();
  }

  @AfterAll
  static void stop() {
    server.stop();
  }

  private static void none(ServerResponse response) {
    response.status(Status.NO_CONTENT_204).send();
  }

  private static void hold(ServerResponse response) throws InterruptedException {
    HELD.release();
    FREE.acquire();
    response.send();
  }

  private static void refuseWhatCantBeRead(ServerRequest request, ServerResponse response) {
    try {
      response.send(request.content().as(String.class));
    } catch (RuntimeException e) {
      response.status(400).send("no");
    }
  }

  private static void fail() {
    throw new IllegalStateException("in emporion.Inside at 10.1.2.3");
  }

  private static void echo(ServerRequest request, ServerResponse response) {
    var query = request.query().rawValue();
    response.send(
        "%s %s%s host=%s body=%s x=%s type=%s"
            .formatted(
                request.prologue().method(),
                request.path().rawPath(),
                query.isEmpty() ? "" : "?" + query,
                request.authority(),
                request.content().hasEntity() ? request.content().as(String.class) : "",
                request.headers().first(HeaderNames.create("X")).orElse(""),
                request.headers().first(HeaderNames.CONTENT_TYPE).orElse("")));
  }

  /** All that comes back until the server hangs up, or the client does. */
  private static String said(String request) {
    try (var socket = new Socket("127.0.0.1", server.port())) {
      socket.setSoTimeout(10_000);
      try {
        socket.getOutputStream().write(request.getBytes(ISO_8859_1));
        socket.shutdownOutput();
      } catch (IOException e) {
        // It hung up in the middle; what it has said can be read.
      }
      return new String(socket.getInputStream().readAllBytes(), ISO_8859_1);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static int answers(String said) {
    return said.split("HTTP/1\\.1 [0-9]{3} ", -1).length - 1;
  }

  private static Stream<DynamicTest> each(Map<String, String> cases, Check check) {
    return cases.entrySet().stream()
        .map(
            one ->
                DynamicTest.dynamicTest(
                    visible(one.getKey()), () -> check.of(said(one.getKey()), one.getValue())));
  }

  private interface Check {
    void of(String said, String expected);
  }

  private static String visible(String request) {
    var line = request.replace("\r", "~").replace("\n", "^");
    return line.chars()
        .limit(100)
        .mapToObj(c -> c < ' ' || c > '~' ? "\\" + c : Character.toString(c))
        .collect(Collectors.joining());
  }

  @TestFactory
  Stream<DynamicTest> whatIsLegalIsServed() {
    return each(
        Map.ofEntries(
            Map.entry("GET /a HTTP/1.1\r\n" + HOST + "\r\n", "GET /a host=shop"),
            Map.entry("GET /a HTTP/1.0\r\n\r\n", "GET /a host=localhost"),
            Map.entry("GET /a HTTP/1.0\r\nHost: b:80\r\n\r\n", "GET /a host=b:80"),
            Map.entry("GET /a HTTP/1.2\r\n" + HOST + "\r\n", "GET /a host=shop"),
            Map.entry("\r\nGET /a HTTP/1.1\r\n" + HOST + "\r\n", "GET /a host=shop"),
            Map.entry("GET http://b:81/a?c HTTP/1.1\r\n" + HOST + "\r\n", "GET /a?c host=b:81"),
            Map.entry("GET HTTPS://b?c HTTP/1.1\r\n" + HOST + "\r\n", "GET /?c host=b"),
            Map.entry("GET http://[::1]:81 HTTP/1.1\r\n" + HOST + "\r\n", "GET / host=[::1]:81"),
            Map.entry("GET /a HTTP/1.1\r\nHost: [::1]\r\n\r\n", "GET /a host=[::1]"),
            Map.entry("GET /a HTTP/1.1\r\nHost:\r\n\r\n", "GET /a host=localhost"),
            Map.entry("GET /a HTTP/1.1\r\n" + HOST + "X: \u00e9\u00ff\r\n\r\n", "GET /a host=shop"),
            Map.entry("GET /a HTTP/1.1\r\n" + HOST + "X:\tb c\t\r\n\r\n", "x=b c "),
            Map.entry(
                "GET /a?q=a|b{c}\"<>^`\\[] HTTP/1.1\r\n" + HOST + "\r\n",
                "GET /a?q=a%7Cb%7Bc%7D%22%3C%3E%5E%60%5C%5B%5D"),
            Map.entry(
                "GET /\u00c5\u0082?\u00c3\u00a9 HTTP/1.1\r\n" + HOST + "\r\n",
                "GET /%C5%82?%C3%A9"),
            Map.entry("GET /a HTTP/1.1\r\n" + HOST + "Content-Type: foo\r\n\r\n", "type= "),
            Map.entry("GET /a HTTP/1.1\r\n" + HOST + "Expect: \r\n\r\n", "GET /a"),
            Map.entry("GET /a HTTP/1.0\r\nExpect: wonders\r\n\r\n", "GET /a"),
            Map.entry("POST /a HTTP/1.0\r\nContent-Length: 2\r\n\r\nhi", "body=hi"),
            Map.entry("POST /a HTTP/1.1\r\n" + HOST + "Content-Length: 2\r\n\r\nhi", "body=hi"),
            Map.entry(
                "POST /a HTTP/1.1\r\n"
                    + HOST
                    + "Transfer-Encoding: chunked\r\n\r\n"
                    + "1;a=b\r\nh\r\n1 ; c=\"d\"\r\ni\r\n000\r\nX: y\r\nZ: z\r\n\r\n",
                "body=hi")),
        (said, expected) -> {
          assertTrue(said.startsWith("HTTP/1.1 200 "), said);
          assertTrue((said + " ").contains(expected), said);
        });
  }

  @TestFactory
  Stream<DynamicTest> whatIsNotIsAProblemAndTheEnd() {
    return each(
        Map.ofEntries(
            Map.entry("GET /a\r\n\r\n", "400 malformed-request"),
            Map.entry("GET /mute HTTP/1.0\r\n\r\n", "406 not-acceptable"),
            Map.entry(
                "GET /a HTTP/1.1\r\n" + HOST + "Expect: 100-continue, wonders\r\n\r\n",
                "417 expectation-failed"),
            Map.entry("nonsense\r\n\r\n", "400 malformed-request"),
            Map.entry("GET  /a HTTP/1.1\r\n" + HOST + "\r\n", "400 malformed-request"),
            Map.entry("G(T /a HTTP/1.1\r\n" + HOST + "\r\n", "400 malformed-request"),
            Map.entry("GET a HTTP/1.1\r\n" + HOST + "\r\n", "400 malformed-request"),
            Map.entry("GET * HTTP/1.1\r\n" + HOST + "\r\n", "400 malformed-request"),
            Map.entry("CONNECT b:80 HTTP/1.1\r\n" + HOST + "\r\n", "400 malformed-request"),
            Map.entry("GET ftp://b/a HTTP/1.1\r\n" + HOST + "\r\n", "400 malformed-request"),
            Map.entry("GET http://c@b/a HTTP/1.1\r\n" + HOST + "\r\n", "400 invalid-request"),
            Map.entry("GET /a HTTP/2.0\r\n" + HOST + "\r\n", "505 http-version-not-supported"),
            Map.entry("GET /a HTTP/1.1\r\n\r\n", "400 invalid-request"),
            Map.entry("GET /a HTTP/1.1\r\n" + HOST + HOST + "\r\n", "400 invalid-request"),
            Map.entry("GET /a HTTP/1.1\r\nHost: a b\r\n\r\n", "400 invalid-request"),
            Map.entry("GET /a HTTP/1.1\r\nHost: [1\r\n\r\n", "400 invalid-request"),
            Map.entry("GET /a HTTP/1.1\r\nHost: a/b\r\n\r\n", "400 invalid-request"),
            Map.entry("GET /a HTTP/1.1\r\nHost: a:b\r\n\r\n", "400 invalid-request"),
            Map.entry("GET /a?q=100% HTTP/1.1\r\n" + HOST + "\r\n", "400 malformed-request"),
            Map.entry("GET /%zz HTTP/1.1\r\n" + HOST + "\r\n", "400 malformed-request"),
            Map.entry("GET /%ff HTTP/1.1\r\n" + HOST + "\r\n", "400 malformed-request"),
            Map.entry("GET /%ed%a0%80 HTTP/1.1\r\n" + HOST + "\r\n", "400 malformed-request"),
            Map.entry("GET /\u00ff HTTP/1.1\r\n" + HOST + "\r\n", "400 malformed-request"),
            Map.entry("GET /\u0001 HTTP/1.1\r\n" + HOST + "\r\n", "400 malformed-request"),
            Map.entry("GET /a#b HTTP/1.1\r\n" + HOST + "\r\n", "400 malformed-request"),
            Map.entry("GET /" + "a".repeat(5_000) + " HTTP/1.1\r\n", "414 uri-too-long"),
            Map.entry("GET /a HTTP/1.1\r\nX: " + "a".repeat(17_000), "431 headers-too-large"),
            Map.entry("GET /a HTTP/1.1\r\n" + HOST + "X\r\n\r\n", "400 malformed-request"),
            Map.entry("GET /a HTTP/1.1\r\n" + HOST + ": b\r\n\r\n", "400 malformed-request"),
            Map.entry("GET /a HTTP/1.1\r\n" + HOST + "X : b\r\n\r\n", "400 malformed-request"),
            Map.entry("GET /a HTTP/1.1\r\n" + HOST + "X: b\r\n c\r\n\r\n", "400 malformed-request"),
            Map.entry("GET /a HTTP/1.1\r\n" + HOST + "X: b\0c\r\n\r\n", "400 malformed-request"),
            Map.entry("GET /a HTTP/1.1\r\n" + HOST + "X: b\rc\r\n\r\n", "400 malformed-request"),
            Map.entry("GET /a HTTP/1.1\nHost: b\n\n", "400 malformed-request"),
            Map.entry("\r\n".repeat(50), "400 malformed-request"),
            Map.entry(
                "POST /a HTTP/1.0\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
                "400 ambiguous-framing"),
            Map.entry(
                "POST /a HTTP/1.1\r\n" + HOST + "Content-Length: 1\r\nContent-Length: 1\r\n\r\na",
                "400 ambiguous-framing"),
            Map.entry(
                "POST /a HTTP/1.1\r\n" + HOST + "Content-Length: +1\r\n\r\na",
                "400 ambiguous-framing"),
            Map.entry(
                "POST /a HTTP/1.1\r\n" + HOST + "Transfer-Encoding: xchunked\r\n\r\n0\r\n\r\n",
                "400 ambiguous-framing"),
            Map.entry(
                "POST /a HTTP/1.1\r\n"
                    + HOST
                    + "Transfer-Encoding: chunked\r\n\r\n+1\r\na\r\n0\r\n\r\n",
                "400 malformed-request"),
            Map.entry(
                "POST /a HTTP/1.1\r\n"
                    + HOST
                    + "Transfer-Encoding: chunked\r\n\r\n1\r\naX\r\n0\r\n\r\n",
                "400 malformed-request"),
            Map.entry(
                "POST /a HTTP/1.1\r\n"
                    + HOST
                    + "Transfer-Encoding: chunked\r\n\r\n1\na\r\n0\r\n\r\n",
                "400 malformed-request"),
            Map.entry(
                "POST /a HTTP/1.1\r\n" + HOST + "Content-Length: 101\r\n\r\n" + "a".repeat(101),
                "413 too-large"),
            Map.entry(
                "GET /broken HTTP/1.1\r\n" + HOST + "Connection: close\r\n\r\n", "500 internal")),
        (said, expected) -> {
          var status = expected.substring(0, 3);
          assertTrue(said.startsWith("HTTP/1.1 " + status + " "), said);
          assertTrue(said.contains("Content-Type: application/problem+json\r\n"), said);
          assertTrue(said.contains("\"urn:emporion:problem:" + expected.substring(4) + "\""), said);
          assertTrue(said.contains("Connection: close\r\n"), said);
          assertFalse(said.contains("io.helidon") || said.contains("127.0.0.1"), said);
          assertFalse(said.contains("Inside") || said.contains("10.1.2.3"), said);
        });
  }

  @TestFactory
  Stream<DynamicTest> whatMayComeOnceIsRefusedTwice() {
    return Stream.of("Authorization", "Content-Type", "Idempotency-Key", "If-Modified-Since")
        .map(
            name ->
                DynamicTest.dynamicTest(
                    name,
                    () -> {
                      var twice = name + ": a\r\n" + name.toLowerCase() + ": a\r\n";
                      var said = said("GET /a HTTP/1.1\r\n" + HOST + twice + "\r\n");
                      assertTrue(said.startsWith("HTTP/1.1 400 "), said);
                      assertTrue(said.contains("\"pointer\":\"" + name + "\""), said);
                    }));
  }

  @Test
  void headHasNoContentAndTheNextAnswerFollows() {
    for (var path : new String[] {"/long", "/none", "/broken", "/a"}) {
      var said = said("HEAD " + path + " HTTP/1.1\r\n" + HOST + "\r\n" + NEXT);
      assertEquals(2, answers(said), said);
      assertTrue(said.contains("\r\n\r\nHTTP/1.1 200 "), said);
      assertFalse(said.contains("Content-Length: 0"), said);
    }
    assertTrue(said("HEAD /long HTTP/1.0\r\n\r\n").contains("Content-Length: 20000"));
  }

  @Test
  void headIsGetWithoutItsContent() {
    for (var path : new String[] {"/long", "/none", "/mute", "/broken", "/a", "/%zz"}) {
      var line = " " + path + " HTTP/1.1\r\n" + HOST + "Connection: close\r\n\r\n";
      var get = said("GET" + line);
      assertEquals(
          stable(get.substring(0, get.indexOf("\r\n\r\n") + 4)), stable(said("HEAD" + line)));
    }
  }

  private static String stable(String said) {
    return said.replaceAll("Date: [^\r]*", "Date: now");
  }

  @Test
  void everyStatusHasItsRegisteredPhrase() {
    var refused = said("GET /refused HTTP/1.1\r\n" + HOST + "\r\n" + NEXT);
    assertTrue(refused.startsWith("HTTP/1.1 422 Unprocessable Content\r\n"), refused);
    assertEquals(2, answers(refused), refused);
    var fields = said("GET /a HTTP/1.1\r\nX: " + "a".repeat(17_000));
    assertTrue(fields.startsWith("HTTP/1.1 431 Request Header Fields Too Large\r\n"), fields);
  }

  @Test
  void aProblemTellsTheTraceThatItWasGiven() {
    var trace = "4bf92f3577b34da6a3ce929d0e0e4736";
    var parent = "-" + trace + "-00f067aa0ba902b7-01";
    for (var path : new String[] {"/mute", "/broken"}) {
      assertTrue(told(path, "00" + parent).contains(trace));
      assertTrue(told(path, "01" + parent + "-more").contains(trace));
      for (var bad : new String[] {"ff" + parent, "00" + parent + "-more", "00" + parent + "0"}) {
        assertFalse(told(path, bad).contains(trace), bad);
      }
    }
  }

  private String told(String path, String parent) {
    var said = said("GET " + path + " HTTP/1.1\r\n" + HOST + "traceparent: " + parent + "\r\n\r\n");
    return said.substring(said.indexOf("\"trace_id\":"));
  }

  @TestFactory
  Stream<DynamicTest> whoSpeaksSomethingElseIsToldSoAtOnce() {
    return Stream.of(
            "\u0016\u0003\u0001", "AMQP\0\0\u0009\u0001", "SSH-2.0-x\r\n", "\r\nEHLO x\r\n")
        .map(
            bytes ->
                DynamicTest.dynamicTest(
                    visible(bytes),
                    () -> {
                      try (var socket = new Socket("127.0.0.1", server.port())) {
                        socket.setSoTimeout(10_000);
                        socket.getOutputStream().write(bytes.getBytes(ISO_8859_1));
                        var said = new String(socket.getInputStream().readAllBytes(), ISO_8859_1);
                        assertTrue(said.startsWith("HTTP/1.1 400 Bad Request\r\n"), said);
                      }
                    }));
  }

  /** As all clients do that read only when they have sent everything. */
  @TestFactory
  Stream<DynamicTest> aRefusalReachesWhoIsStillSending() {
    var length = "Content-Length: 5000000\r\n\r\n";
    return Stream.of(
            "POST /a HTTP/1.1\r\n" + HOST + length,
            "POST /a HTTP/1.1\r\nX Y: z\r\n" + length,
            "POST /a HTTP/1.1\r\n" + HOST + "Transfer-Encoding: gzip\r\n\r\n")
        .map(
            head ->
                DynamicTest.dynamicTest(
                    visible(head),
                    () -> {
                      try (var socket = new Socket("127.0.0.1", server.port())) {
                        socket.setSoTimeout(10_000);
                        socket.getOutputStream().write(head.getBytes(ISO_8859_1));
                        for (int i = 0; i < 50; i++) {
                          socket.getOutputStream().write(new byte[100_000]);
                        }
                        socket.shutdownOutput();
                        var said = new String(socket.getInputStream().readAllBytes(), ISO_8859_1);
                        assertTrue(said.startsWith("HTTP/1.1 4"), said);
                      }
                    }));
  }

  @Test
  void chunksThatCantBeReadAreWaitedForByNobody() throws IOException {
    try (var socket = new Socket("127.0.0.1", server.port())) {
      socket.setSoTimeout(10_000);
      var request = "POST /mute HTTP/1.1\r\n" + HOST + "Transfer-Encoding: chunked\r\n\r\nzz\r\n";
      socket.getOutputStream().write(request.getBytes(ISO_8859_1));
      var said = new String(socket.getInputStream().readAllBytes(), ISO_8859_1);
      assertTrue(said.startsWith("HTTP/1.1 4"), said);
    }
  }

  @Test
  void whoSaysThatChunksCantBeReadSaysThatThisIsTheEnd() {
    var said =
        said(
            "POST /careful HTTP/1.1\r\n"
                + HOST
                + "Transfer-Encoding: chunked\r\n\r\nzz\r\n"
                + NEXT);
    assertTrue(said.startsWith("HTTP/1.1 400 "), said);
    assertTrue(said.contains("Connection: close\r\n"), said);
    assertEquals(1, answers(said), said);
  }

  @Test
  void whatHasNoContentHasNoLength() {
    assertFalse(said("GET /none HTTP/1.1\r\n" + HOST + "\r\n").contains("Content-Length"));
  }

  @Test
  void aConnectionIsKeptForWhoWantsIt() {
    var one = "GET /a HTTP/1.%s\r\n" + HOST + "%s\r\n";
    assertEquals(2, answers(said(one.formatted("1", "") + NEXT)));
    assertEquals(2, answers(said(one.formatted("0", "Connection: Keep-Alive\r\n") + NEXT)));
    assertEquals(1, answers(said(one.formatted("0", "") + NEXT)));
    assertEquals(1, answers(said(one.formatted("1", "Connection: te, Close\r\n") + NEXT)));
  }

  @Test
  void bodiesOfAllKindsEndWhereTheNextRequestBegins() {
    var chunks = "1\r\na\r\n0\r\n\r\n";
    var head = "POST /a HTTP/1.1\r\n" + HOST;
    assertEquals(2, answers(said(head + "Transfer-Encoding: chunked\r\n\r\n" + chunks + NEXT)));
    assertEquals(2, answers(said(head + "Content-Length: 4\r\n\r\nGET " + NEXT)));
    assertEquals(2, answers(said(head + "\r\n\r\n" + NEXT)));
  }

  @Test
  void whatIsTooMuchAtOnceIsAskedToComeLater() throws Exception {
    try (var busy = new Socket("127.0.0.1", server.port())) {
      busy.getOutputStream().write("GET /held HTTP/1.1\r\nHost: b\r\n\r\n".getBytes(ISO_8859_1));
      HELD.acquire();
      var said = said("GET /a HTTP/1.1\r\n" + HOST + "\r\n");
      FREE.release();
      assertTrue(said.startsWith("HTTP/1.1 503 "), said);
      assertTrue(said.contains("urn:emporion:problem:unavailable"), said);
      assertTrue(said.contains("Retry-After: 1\r\n"), said);
      assertEquals('H', busy.getInputStream().read());
      busy.shutdownOutput();
      busy.getInputStream().readAllBytes();
    }
  }

  @Test
  void theServerAsAWholeCanBeAskedAbout() {
    var said = said("OPTIONS * HTTP/1.1\r\n" + HOST + "\r\n");
    assertTrue(said.startsWith("HTTP/1.1 200 "), said);
    assertTrue(said.contains("Allow: "), said);
  }

  @Test
  void bytesMayComeOneByOne() throws IOException {
    try (var socket = new Socket("127.0.0.1", server.port())) {
      socket.setSoTimeout(10_000);
      socket.setTcpNoDelay(true);
      for (byte b : ("\r\nGET /a HTTP/1.0\r\nX: y\r\n\r\n").getBytes(ISO_8859_1)) {
        socket.getOutputStream().write(b);
        socket.getOutputStream().flush();
      }
      var said = new String(socket.getInputStream().readAllBytes(), ISO_8859_1);
      assertTrue(said.contains("x=y"), said);
    }
  }
}
