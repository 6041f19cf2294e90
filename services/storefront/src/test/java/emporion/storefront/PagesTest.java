package emporion.storefront;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class PagesTest {

  private static final HttpClient CLIENT = HttpClient.newHttpClient();
  private static RunningStorefront storefront;

  @BeforeAll
  static void start() {
    storefront = RunningStorefront.start();
  }

  @AfterAll
  static void stop() {
    storefront.close();
  }

  @Test
  void theShopIsAPage() throws Exception {
    var page = get("/");
    assertEquals(200, page.statusCode());
    assertEquals("text/html; charset=utf-8", header(page, "Content-Type"));
    assertTrue(text(page).contains("<title>Emporion</title>"));
  }

  @Test
  void everyFileThatThePageNamesIsServed() throws Exception {
    var names =
        Pattern.compile("(?:href|src)=\"(/[^\"#]+)\"").matcher(text(get("/"))).results().toList();
    assertTrue(names.size() > 15, () -> names.size() + " files named");
    for (var name : names) {
      assertEquals(200, get(name.group(1)).statusCode(), name.group(1));
    }
  }

  /** On a slow line, what the first product waits for counts more than anything. */
  @Test
  void theFirstPageIsLight() throws Exception {
    var files = Pattern.compile("(?:href|src)=\"(/[^\"#]+)\"").matcher(text(get("/"))).results();
    int bytes = packed("/") + files.mapToInt(file -> packed(file.group(1))).sum();
    assertTrue(bytes < 40_000, () -> bytes + " bytes");
  }

  private static int packed(String path) {
    try {
      return get(path, "Accept-Encoding", "gzip").body().length;
    } catch (Exception e) {
      throw new IllegalStateException(e);
    }
  }

  @Test
  void theDocumentOfTheApiIsServedAndShownByFilesOfOurOwn() throws Exception {
    var document = get("/openapi");
    assertEquals("application/yaml", header(document, "Content-Type"));
    assertTrue(text(document).contains("openapi: 3.0.3"), "no OpenAPI document");
    for (var page : List.of("/docs", "/docs/")) {
      assertEquals("text/html; charset=utf-8", header(get(page), "Content-Type"), page);
    }
    var names = Pattern.compile("(?:href|src)=\"(/[^\"]+)\"").matcher(text(get("/docs"))).results();
    names.forEach(name -> assertEquals(200, status(name.group(1)), name.group(1)));
    assertFalse(header(get("/docs"), "Content-Security-Policy").contains("trusted-types"));
    assertTrue(header(get("/"), "Content-Security-Policy").contains("trusted-types 'none'"));
  }

  @Test
  void scriptsAndStylesHaveTheTypeThatNosniffDemands() throws Exception {
    assertEquals("text/javascript; charset=utf-8", header(get("/shop/main.js"), "Content-Type"));
    assertEquals("text/css; charset=utf-8", header(get("/css/base.css"), "Content-Type"));
    assertEquals("image/svg+xml", header(get("/img/mark.svg"), "Content-Type"));
  }

  @Test
  void pagesCarryNoScriptOrStyleOfTheirOwn() throws Exception {
    for (String path : List.of("/", "/nowhere")) {
      String page = text(get(path));
      assertFalse(page.matches("(?s).*(<style|style=|<script(?![^>]*src=)|\\son\\w+=).*"), path);
      assertFalse(page.contains("//"), path + " points to another origin");
    }
  }

  @Test
  void everyAnswerTellsTheBrowserToDistrustIt() throws Exception {
    var answers = List.of(get("/"), get("/nowhere"), get("/shop/main.js"), send("POST", "/"));
    for (var answer : answers) {
      String policy = header(answer, "Content-Security-Policy");
      assertTrue(policy.contains("default-src 'self'"), policy);
      assertTrue(policy.contains("frame-ancestors 'none'"), policy);
      assertFalse(policy.contains("unsafe"), policy);
      assertEquals("nosniff", header(answer, "X-Content-Type-Options"));
      assertEquals("no-referrer", header(answer, "Referrer-Policy"));
      assertEquals("same-origin", header(answer, "Cross-Origin-Opener-Policy"));
      assertTrue(header(answer, "Permissions-Policy").contains("payment=()"));
    }
  }

  @Test
  void aPathThatLeadsNowhereIsAPageThatSaysSo() throws Exception {
    for (String path : List.of("/nowhere", "/admin.html", "/index.html/", "/404.html", "/v1")) {
      var page = get(path, "Accept", "text/html,application/xhtml+xml,*/*;q=0.8");
      assertEquals(404, page.statusCode(), path);
      assertEquals("text/html; charset=utf-8", header(page, "Content-Type"));
      assertTrue(text(page).contains("No ship lands here"));
      var problem = get(path, "Accept", "application/json");
      assertEquals(404, problem.statusCode(), path);
      assertEquals("application/problem+json", header(problem, "Content-Type"));
      assertTrue(text(problem).contains("\"urn:emporion:problem:not-found\""));
    }
  }

  @Test
  void foldersAreNotListed() throws Exception {
    for (String path : List.of("/js", "/js/", "/css/", "/shop/", "/web/")) {
      assertEquals(404, get(path).statusCode(), path);
    }
  }

  @Test
  void noSpellingOfAPathLeavesTheSite() throws Exception {
    for (String path :
        List.of(
            "/../application.properties",
            "/js/../../application.properties",
            "/%2e%2e/application.properties",
            "/..%2fapplication.properties",
            "/js/%2e%2e/%2e%2e/logback.xml",
            "/..%5capplication.properties",
            "//etc/passwd",
            "/%2fetc%2fpasswd",
            "/js/../../../../../../../../etc/passwd",
            "/js/dom.js%00.html",
            "/%zz",
            "/file:/etc/passwd")) {
      String answer = raw("GET " + path + " HTTP/1.1");
      assertTrue(answer.matches("(?s)HTTP/1.1 4\\d\\d .*"), path + " -> " + firstLine(answer));
      assertFalse(answer.contains("server.port") || answer.contains("root:"), path);
    }
  }

  @Test
  void aMalformedRequestIsRefusedWithoutAStackTrace() throws Exception {
    for (String line :
        List.of("GET", "GET / HTTP/9.9", "<script> / HTTP/1.1", "GET /<b> HTTP/1.1")) {
      String answer = raw(line);
      assertTrue(answer.matches("(?s)HTTP/1.1 [45]\\d\\d .*"), line + " -> " + firstLine(answer));
      assertFalse(answer.contains("helidon") || answer.contains("at java."), answer);
    }
  }

  @Test
  void onlyReadsAreAllowed() throws Exception {
    for (String method : List.of("POST", "PUT", "PATCH", "DELETE", "BREW")) {
      var answer = send(method, "/");
      assertEquals(405, answer.statusCode(), method);
      assertEquals("GET, HEAD, OPTIONS", header(answer, "Allow"));
      assertEquals("application/problem+json", header(answer, "Content-Type"));
      assertTrue(text(answer).contains("\"trace_id\""));
    }
    var asked = send("OPTIONS", "/");
    assertEquals(204, asked.statusCode());
    assertEquals("GET, HEAD, OPTIONS", header(asked, "Allow"));
  }

  @Test
  void headAnswersLikeGetWithoutTheBody() throws Exception {
    var full = get("/css/base.css");
    var head = send("HEAD", "/css/base.css");
    assertEquals(200, head.statusCode());
    assertEquals(0, head.body().length);
    for (String name : List.of("Content-Length", "Content-Type", "ETag", "Cache-Control")) {
      assertEquals(header(full, name), header(head, name), name);
    }
    String bytes = raw("HEAD / HTTP/1.1");
    assertTrue(bytes.endsWith("\r\n\r\n"), "a body after the head of a HEAD");
  }

  @Test
  void theBodyOfARefusedRequestIsNotTheNextRequest() throws Exception {
    String inner = "GET /nowhere HTTP/1.1\r\nHost: localhost\r\n\r\n";
    String answer = raw("POST / HTTP/1.1\r\nContent-Length: " + inner.length(), inner);
    assertEquals(1, answer.split("HTTP/1.1 ", -1).length - 1, answer);
  }

  @Test
  void whatTheBrowserHasIsNotSentAgain() throws Exception {
    String etag = header(get("/shop/main.js"), "ETag");
    for (String known : List.of(etag, "W/" + etag, "\"other\", " + etag, "*")) {
      var answer = get("/shop/main.js", "If-None-Match", known);
      assertEquals(304, answer.statusCode(), known);
      assertEquals(0, answer.body().length);
      assertEquals(etag, header(answer, "ETag"));
      assertEquals("no-cache", header(answer, "Cache-Control"));
    }
    assertEquals(200, get("/shop/main.js", "If-None-Match", "\"other\"").statusCode());
    assertNotEquals(etag, header(get("/js/dom.js"), "ETag"));
  }

  @Test
  void whoeverTakesGzipGetsTheSameBytesPacked() throws Exception {
    var plain = get("/css/shop.css");
    for (String accepted : List.of("gzip", "br, gzip;q=0.5", "*")) {
      var packed = get("/css/shop.css", "Accept-Encoding", accepted);
      assertEquals("gzip", header(packed, "Content-Encoding"), accepted);
      assertTrue(packed.body().length < plain.body().length / 2);
      assertArrayEquals(
          plain.body(),
          new GZIPInputStream(new ByteArrayInputStream(packed.body())).readAllBytes());
      assertNotEquals(header(plain, "ETag"), header(packed, "ETag"));
      assertEquals("Accept-Encoding", header(packed, "Vary"));
    }
    for (String refused : List.of("gzip;q=0", "identity", "br")) {
      var answer = get("/css/shop.css", "Accept-Encoding", refused);
      assertEquals("", header(answer, "Content-Encoding"), refused);
    }
  }

  @Test
  void healthAndMetricsAreForOperatorsOnly() throws Exception {
    for (String probe : List.of("live", "ready", "started")) {
      var answer = fetch(storefront.forOperators("/health/" + probe));
      assertEquals(200, answer.statusCode(), probe);
      assertTrue(text(answer).contains("\"status\":\"UP\""));
      assertEquals(404, get("/health/" + probe).statusCode());
    }
    get("/nothing");
    var metrics = text(fetch(storefront.forOperators("/metrics")));
    for (var route : List.of("404\",http_route=\"unmatched", "200\",http_route=\"/{file}")) {
      assertTrue(metrics.contains("http_response_status_code=\"" + route + "\"} "), metrics);
    }
    for (String path : List.of("/health", "/metrics", "/observe/health")) {
      assertEquals(404, get(path).statusCode(), path);
    }
  }

  private static HttpResponse<byte[]> fetch(URI uri) throws Exception {
    return CLIENT.send(HttpRequest.newBuilder(uri).build(), BodyHandlers.ofByteArray());
  }

  private static int status(String path) {
    try {
      return get(path).statusCode();
    } catch (Exception e) {
      throw new IllegalStateException(e);
    }
  }

  private static HttpResponse<byte[]> get(String path, String... headers) throws Exception {
    var request = HttpRequest.newBuilder(storefront.at(path));
    if (headers.length > 0) {
      request.headers(headers);
    }
    return CLIENT.send(request.build(), BodyHandlers.ofByteArray());
  }

  private static HttpResponse<byte[]> send(String method, String path) throws Exception {
    var request =
        HttpRequest.newBuilder(storefront.at(path)).method(method, BodyPublishers.noBody()).build();
    return CLIENT.send(request, BodyHandlers.ofByteArray());
  }

  private static String text(HttpResponse<byte[]> answer) {
    return new String(answer.body(), UTF_8);
  }

  private static String header(HttpResponse<?> answer, String name) {
    return answer.headers().firstValue(name).orElse("");
  }

  /** What no well-behaved client would send. */
  private static String raw(String requestLine) throws IOException {
    return raw(requestLine, "");
  }

  private static String raw(String requestLine, String body) throws IOException {
    try (Socket socket = new Socket("127.0.0.1", storefront.port())) {
      socket.setSoTimeout(20_000);
      String request = requestLine + "\r\nHost: localhost\r\nConnection: close\r\n\r\n" + body;
      socket.getOutputStream().write(request.getBytes(ISO_8859_1));
      return new String(socket.getInputStream().readAllBytes(), ISO_8859_1);
    }
  }

  private static String firstLine(String answer) {
    return Stream.of(answer.split("\r\n", 2)).findFirst().orElse("");
  }
}
