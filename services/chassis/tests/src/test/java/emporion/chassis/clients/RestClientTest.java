package emporion.chassis.clients;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import emporion.chassis.amqp.RunningChassis;
import emporion.chassis.testkit.TestService;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.WebApplicationException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import java.util.stream.Stream;
import org.eclipse.microprofile.rest.client.RestClientBuilder;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** What every REST client does without being told. */
class RestClientTest {
  /** REST clients need its container. */
  private static final TestService SERVICE = RunningChassis.SERVICE;

  private static final String PROBLEM =
      "{\"type\":\"urn:emporion:problem:out-of-stock\",\"title\":\"No\",\"status\":%d,"
          + "\"detail\":\"because\"}";

  private final HttpServer server;
  private final ThingsApi things;
  private volatile int status = 204;
  private volatile String content = "";

  @Path("/things")
  @Consumes("application/json")
  interface ThingsApi {
    @PUT
    void put(Thing thing);
  }

  record Thing(String name) {}

  RestClientTest() throws IOException {
    assertFalse(SERVICE.uri().toString().isEmpty());
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext("/things", this::answer);
    server.start();
    things =
        RestClientBuilder.newBuilder()
            .baseUri(URI.create("http://127.0.0.1:" + server.getAddress().getPort()))
            .build(ThingsApi.class);
  }

  @AfterEach
  void end() {
    server.stop(0);
  }

  private void answer(HttpExchange exchange) throws IOException {
    exchange.getRequestBody().readAllBytes();
    var bytes = content.getBytes(StandardCharsets.UTF_8);
    if (bytes.length > 0) {
      exchange.getResponseHeaders().set("Content-Type", "application/problem+json");
    }
    exchange.sendResponseHeaders(status, bytes.length == 0 ? -1 : bytes.length);
    exchange.getResponseBody().write(bytes);
    exchange.close();
  }

  @TestFactory
  Stream<DynamicTest> aNoIsAnAnswer() {
    return Stream.of(400, 401, 403, 404, 409, 422, 429)
        .map(
            code ->
                DynamicTest.dynamicTest(
                    code.toString(),
                    () -> {
                      status = code;
                      content = PROBLEM.formatted(code);
                      var refusal =
                          assertThrows(RemoteError.class, () -> things.put(new Thing("a")));
                      assertEquals(code, refusal.status());
                      assertEquals("out-of-stock", refusal.slug());
                      assertEquals("because", refusal.getMessage());
                    }));
  }

  @Test
  void soIsOneWithoutAWord() {
    status = 403;
    for (var words : List.of("", "nonsense", "{}", "[]")) {
      content = words;
      var refusal = assertThrows(RemoteError.class, () -> things.put(new Thing("a")));
      assertEquals(403, refusal.status());
      assertEquals("", refusal.slug());
    }
  }

  @Test
  void whoFailsHasSaidNothing() {
    for (int code : new int[] {500, 502, 503, 504}) {
      status = code;
      content = PROBLEM.formatted(code);
      assertThrows(WebApplicationException.class, () -> things.put(new Thing("a")));
    }
  }

  /** The runtime warns of each request that has a {@code Content-Length} of ours. */
  @Test
  void aRequestLogsNothing() {
    var said = new ArrayList<String>();
    var log = Logger.getLogger("org.glassfish.jersey.client");
    var listener =
        new Handler() {
          @Override
          public void publish(LogRecord line) {
            said.add(line.getMessage());
          }

          @Override
          public void flush() {}

          @Override
          public void close() {}
        };
    log.addHandler(listener);
    things.put(new Thing("a"));
    log.removeHandler(listener);
    assertEquals(List.of(), said);
  }
}
