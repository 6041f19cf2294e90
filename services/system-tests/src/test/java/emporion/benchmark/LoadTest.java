package emporion.benchmark;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class LoadTest {
  private final AtomicInteger asked = new AtomicInteger();
  private HttpServer server;

  @BeforeEach
  void start() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
    answers("/fine", 200, 5, false);
    answers("/chunks", 200, 0, false);
    answers("/closes", 200, 5, true);
    answers("/tired", 504, 5, false);
    server.start();
  }

  @AfterEach
  void stop() {
    server.stop(0);
  }

  private void answers(String path, int status, long length, boolean closes) {
    server.createContext(
        path,
        exchange -> {
          asked.incrementAndGet();
          exchange.getRequestBody().readAllBytes();
          if (closes) {
            exchange.getResponseHeaders().set("Connection", "close");
          }
          exchange.sendResponseHeaders(status, length);
          try (var body = exchange.getResponseBody()) {
            body.write("words".getBytes(StandardCharsets.US_ASCII));
          }
        });
  }

  private Load load(String... paths) {
    int port = server.getAddress().getPort();
    return new Load(port, n -> Load.post(paths[n % paths.length], "t", "", "{}"), "20");
  }

  @Test
  void allAreSentAndEachIsTimed() {
    var outcome = load("/fine", "/chunks", "/closes").run(60, 4);
    assertEquals(60, asked.get());
    assertEquals(60, outcome.nanos().length);
    assertEquals(Map.of(), outcome.failures());
    assertTrue(outcome.millis(50) > 0 && outcome.millis(50) <= outcome.millis(99));
  }

  @Test
  void aFailureIsCountedAndTheRestGoesOn() {
    var outcome = load("/fine", "/fine", "/tired").run(60, 4);
    assertEquals(Map.of("504", 20), outcome.failures());
    assertEquals(40, outcome.nanos().length);
    Window.checkSense(outcome);
  }

  @Test
  void whereAllFailNothingIsMeasured() {
    var outcome = load("/tired").run(10, 2);
    assertThrows(IllegalStateException.class, () -> Window.checkSense(outcome));
  }

  @Test
  void nobodyWhoListensIsAFailureOfEach() {
    server.stop(0);
    assertEquals(Map.of("ConnectException", 8), load("/fine").run(8, 2).failures());
  }

  @Test
  void aPacedRequestGoesOutWhenItIsDue() {
    var outcome = load("/fine").paced(20, 4, 100);
    assertTrue(outcome.seconds() >= 0.19, () -> "20 at 100 a second took " + outcome.seconds());
    assertEquals(20, outcome.nanos().length);
  }
}
