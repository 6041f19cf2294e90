package emporion.product;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.OutputStream;
import java.net.Socket;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** What no client of good will sends, straight at a service, with no gateway before it. */
class AttacksTest {
  private static final String SMUGGLED = "GET /v1/categories HTTP/1.1\r\nHost: shop\r\n\r\n";
  private static final long MB = 1L << 20;

  private final Shop shop = new Shop();

  /** All that comes back until the service hangs up. */
  private String answers(Sent request) throws IOException {
    try (var socket = new Socket("127.0.0.1", shop.service.uri().getPort())) {
      socket.setSoTimeout(10_000);
      try {
        request.to(socket.getOutputStream());
      } catch (IOException e) {
        // It hung up in the middle; what it has said can be read.
      }
      return new String(socket.getInputStream().readAllBytes(), ISO_8859_1);
    }
  }

  private interface Sent {
    void to(OutputStream out) throws IOException;
  }

  private static String head(String fields) {
    return "POST /v1/products HTTP/1.1\r\nHost: shop\r\nContent-Type: application/json\r\n"
        + fields
        + "\r\n";
  }

  private String asManager() {
    return "Authorization: Bearer " + shop.manager.token() + "\r\n";
  }

  @TestFactory
  Stream<DynamicTest> whatCouldEndInTwoPlacesIsRefusedAndTheConnectionEnds() {
    return Stream.of(
            "Content-Length: 4\r\nTransfer-Encoding: chunked\r\n|0\r\n\r\n",
            "Transfer-Encoding: chunked\r\nContent-Length: 5\r\n|0\r\n\r\n",
            "Content-Length: 4\r\nContent-Length: 5\r\n|body",
            "Content-Length: 4\r\nContent-Length: 4\r\n|body",
            "Content-Length: 4, 4\r\n|body",
            "Content-Length: +4\r\n|body",
            "Content-Length: -4\r\n|body",
            "Content-Length: 99999999999999999999\r\n|body",
            "Content-Length : 4\r\n|body",
            "Transfer-Encoding: identity\r\n|",
            "Transfer-Encoding: gzip, chunked\r\n|0\r\n\r\n",
            "Transfer-Encoding: Chunked\r\n|0\r\n\r\n",
            "Transfer-Encoding: chunked\r\nTransfer-Encoding: chunked\r\n|0\r\n\r\n",
            "X: a\r\n b\r\n|",
            "X: a\nContent-Length: 9\r\n|")
        .map(
            request ->
                DynamicTest.dynamicTest(
                    request.replace("\r\n", "~").replace("\n", "^"),
                    () -> {
                      var parts = request.split("\\|", -1);
                      var bytes = head(parts[0]) + parts[1] + SMUGGLED;
                      var said = answers(out -> out.write(bytes.getBytes(ISO_8859_1)));
                      assertTrue(said.startsWith("HTTP/1.1 400 "), said);
                      assertEquals(2, said.split("HTTP/1\\.1 ", -1).length, said);
                    }));
  }

  @Test
  void aBareLineFeedIsNoEndOfALine() throws IOException {
    var said = answers(out -> out.write("GET /v1/categories HTTP/1.1\nHost: shop\n\n".getBytes()));
    assertTrue(said.startsWith("HTTP/1.1 400 "), said);
  }

  @Test
  void aBodyOfAGigabyteIsRefusedUnread() throws IOException {
    long before = used();
    var said =
        answers(out -> out.write(head(asManager() + "Content-Length: 1073741824\r\n").getBytes()));
    assertTrue(said.startsWith("HTTP/1.1 413 "), said);
    assertTrue(used() - before < 16 * MB);
  }

  @Test
  void chunksWithoutEndAreRefusedSoon() throws IOException {
    long before = used();
    var chunk = ("2000\r\n" + " ".repeat(8_192) + "\r\n").getBytes(ISO_8859_1);
    var said =
        answers(
            out -> {
              out.write(head(asManager() + "Transfer-Encoding: chunked\r\n").getBytes(ISO_8859_1));
              for (long sent = 0; sent < 64 * MB; sent += chunk.length) {
                out.write(chunk);
              }
            });
    assertTrue(said.isEmpty() || said.startsWith("HTTP/1.1 413 "), said);
    assertTrue(used() - before < 32 * MB);
  }

  private static long used() {
    System.gc();
    var memory = Runtime.getRuntime();
    return memory.totalMemory() - memory.freeMemory();
  }

  @Test
  void nothingIsUnpacked() throws IOException {
    var packed =
        head(asManager() + "Content-Encoding: gzip\r\nContent-Length: 2\r\n") + "\u001f\u008b";
    var said = answers(out -> out.write(packed.getBytes(ISO_8859_1)));
    assertTrue(said.startsWith("HTTP/1.1 400 "), said);
  }

  @Test
  void depthIsBounded() {
    for (var json :
        List.of("[".repeat(10_000), "{\"sku\":".repeat(10_000), "{\"sku\":" + "[".repeat(10_000))) {
      var answer = shop.manager.post("/v1/products", json);
      assertEquals(400, answer.status(), answer::toString);
      assertEquals("invalid-request", answer.problem());
    }
  }

  @Test
  void whoClaimsToBeSomebodyInAHeaderIsNobody() {
    for (var name :
        List.of("X-User-Id", "X-Forwarded-User", "X-Remote-User", "X-Roles", "Cookie")) {
      var answer = shop.anonymous.with(name, "admin").get("/v1/stock/" + shop.stocked(1));
      assertEquals(401, answer.status(), name);
    }
  }

  @Test
  void operatorsPathsAreOnTheirOwnPort() {
    for (var path :
        List.of(
            "/health", "/health/ready", "/metrics", "/observe", "/observe/health", "/openapi")) {
      assertEquals(404, shop.anonymous.get(path).status(), path);
    }
    assertEquals(200, shop.management.get("/health/ready").status());
    assertEquals(404, shop.management.get("/v1/categories").status());
  }
}
