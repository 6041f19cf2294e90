package emporion.gateway;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

/** What an operator sees and does. */
class OperationTest {
  private RawUpstream service;
  private Stage stage;
  private int management;

  @BeforeEach
  void start() {
    service = RawUpstream.saying(Stage.OK);
    stage = new Stage(service);
    management = stage.managementPort();
  }

  @AfterEach
  void stop() throws IOException {
    stage.close();
    service.close();
  }

  private String health(String name) throws IOException {
    var answer = RawClient.get(management, "/health/" + name);
    return answer.status() + " " + answer.body();
  }

  @Test
  void health_is_told_on_a_socket_of_its_own() throws IOException {
    for (var name : List.of("live", "ready", "started")) {
      assertEquals("200 {\"status\":\"UP\",\"checks\":[]}", health(name));
      assertEquals(404, RawClient.get(stage.port(), "/health/" + name).status());
    }
    assertEquals(404, RawClient.get(management, "/v1/users").status());
  }

  @Test
  void requests_are_counted_by_route_and_class_of_status() throws IOException {
    RawClient.get(stage.port(), "/v1/users/1");
    RawClient.get(stage.port(), "/v1/users/2");
    RawClient.get(stage.port(), "/v1/nothing");
    RawClient.get(stage.port(), "/%00");
    RawClient.send(stage.port(), "nonsense\r\n\r\n");
    service.close();
    RawClient.get(stage.port(), "/v1/orders");
    await()
        .untilAsserted(
            () -> {
              var metrics = RawClient.get(management, "/metrics").body();
              assertTrue(
                  metrics.contains(
                      "http_server_requests_seconds_count{route=\"user\",status=\"2xx\",} 2.0"),
                  metrics);
              assertTrue(
                  metrics.contains(
                      "http_server_requests_seconds_count{route=\"none\",status=\"4xx\",} 3.0"),
                  metrics);
              assertTrue(
                  metrics.contains(
                      "gateway_upstream_failures_total{reason=\"unreachable\",route=\"order\",}"
                          + " 1.0"),
                  metrics);
              assertTrue(
                  metrics.contains(
                      "http_server_requests_seconds_bucket{route=\"user\",status=\"2xx\",le=\"+Inf\",}"
                          + " 2.0"),
                  metrics);
            });
  }

  @Test
  void one_line_tells_of_a_request_and_no_secret() throws IOException {
    var lines = new ListAppender<ILoggingEvent>();
    var logger = (Logger) LoggerFactory.getLogger("emporion.gateway.access");
    logger.setLevel(Level.INFO);
    logger.setAdditive(false);
    logger.addAppender(lines);
    lines.start();
    try {
      RawClient.get(
          stage.port(),
          "/v1/users/1?token=hunter2",
          "Authorization: Basic c2VjcmV0\r\nCookie: s=hunter2\r\n",
          "traceparent: 00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01\r\n");
      await().until(() -> lines.list.size() == 1);
      RawClient.get(stage.port(), "/v1/\"nothing\\?password=hunter2");
      await().until(() -> lines.list.size() == 2);
      RawClient.send(stage.port(), "GET /v1/users?x=hunter2 HTTP/9\r\n\r\n");
      await().until(() -> lines.list.size() == 3);
      var first = lines.list.getFirst().getFormattedMessage();
      assertTrue(
          first.matches(
              "\"method\":\"GET\",\"path\":\"/v1/users/1\",\"route\":\"user\",\"status\":200,"
                  + "\"duration_ms\":\\d+\\.\\d{3},\"bytes\":2,"
                  + "\"trace_id\":\"0af7651916cd43dd8448eb211c80319c\""),
          first);
      var second = lines.list.get(1).getFormattedMessage();
      assertTrue(second.contains("\"path\":\"/v1/?nothing?\""), second);
      for (var line : lines.list) {
        assertFalse(line.getFormattedMessage().contains("hunter2"), line.getFormattedMessage());
        assertFalse(line.getFormattedMessage().contains("c2VjcmV0"));
      }
    } finally {
      logger.detachAppender(lines);
      logger.setLevel(null);
    }
  }

  @Test
  void a_stop_waits_for_the_requests_under_way() throws Exception {
    int port = stage.port();
    var release = new CountDownLatch(1);
    service.script(
        (head, body, out) -> {
          if (head.contains("/v1/users")) {
            release.await();
          }
          out.write(RawUpstream.bytes(Stage.OK));
        });
    try (var idle = new RawClient(stage.port());
        var lively = new RawClient(stage.port());
        var busy = new RawClient(stage.port())) {
      busy.write("GET /v1/users HTTP/1.1\r\nHost: shop\r\n\r\n");
      await().until(() -> service.heads().size() == 1);
      var stopping = Thread.ofVirtual().start(stage.gateway()::close);
      await().until(() -> health("ready").startsWith("503"));
      assertTrue(health("live").startsWith("200"));
      lively.write("GET /v1/products HTTP/1.1\r\nHost: shop\r\n\r\n");
      assertEquals("close", lively.read().one("Connection"));
      await().untilAsserted(() -> assertThrows(IOException.class, () -> RawClient.get(port, "/")));
      assertTrue(idle.closed());
      release.countDown();
      var answer = busy.read();
      assertEquals("ok", answer.body());
      assertEquals("close", answer.one("Connection"));
      stopping.join();
      assertThrows(IOException.class, () -> health("live"));
    }
  }

  @Test
  void a_taken_port_is_no_start() throws IOException {
    var taken = Integer.toString(stage.port());
    for (var port : new String[] {"SERVER_PORT", "MANAGEMENT_PORT"}) {
      assertThrows(
          IllegalStateException.class, () -> new Stage(service, Map.of(port, taken)), port);
    }
  }
}
