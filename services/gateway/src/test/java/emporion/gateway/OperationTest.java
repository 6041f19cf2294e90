package emporion.gateway;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import emporion.chassis.json.Json;
import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;
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
              "\"message\":\"GET /v1/users/1"
                  + " 200\",\"method\":\"GET\",\"path\":\"/v1/users/1\",\"route\":\"user\",\"status\":200,"
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
  void what_a_stranger_makes_up_becomes_no_label_and_no_long_line() throws Exception {
    var lines = new ListAppender<ILoggingEvent>();
    var logger = (Logger) LoggerFactory.getLogger("emporion.gateway.access");
    logger.setLevel(Level.INFO);
    logger.setAdditive(false);
    logger.addAppender(lines);
    lines.start();
    try {
      for (int i = 0; i < 20; i++) {
        var method = "BREW" + i + "X".repeat(5_000);
        var path = "/v1/users/" + "made-up".repeat(300) + i;
        RawClient.send(
            stage.port(), method + " " + path + " HTTP/1.1\r\nHost: shop\r\nMADE-UP: x\r\n\r\n");
      }
      await().until(() -> lines.list.size() == 20);
      for (var line : lines.list) {
        assertTrue(line.getFormattedMessage().length() < 1_500, line.getFormattedMessage());
      }
      var metrics = RawClient.get(management, "/metrics").body();
      assertFalse(metrics.contains("BREW"), metrics);
      assertFalse(metrics.toLowerCase().contains("made-up"), metrics);
    } finally {
      logger.detachAppender(lines);
      logger.setLevel(null);
    }
  }

  @Test
  void health_and_metrics_answer_head_as_they_answer_get() throws IOException {
    for (var path : List.of("/health", "/health/ready", "/metrics")) {
      var got = RawClient.get(management, path);
      var head =
          RawClient.send(management, "HEAD " + path + " HTTP/1.1\r\nHost: operators\r\n\r\n");
      assertEquals(200, head.status());
      assertEquals(got.one("Content-Type"), head.one("Content-Type"));
      assertTrue(Integer.parseInt(head.one("Content-Length")) > 0);
    }
  }

  @Test
  void metrics_come_in_the_format_that_is_asked_for() throws IOException {
    RawClient.get(stage.port(), "/v1/users");
    var text = RawClient.get(management, "/metrics");
    assertEquals("text/plain; version=0.0.4; charset=utf-8", text.one("Content-Type"));
    var open = RawClient.get(management, "/metrics", "Accept: application/openmetrics-text\r\n");
    assertEquals(
        "application/openmetrics-text; version=1.0.0; charset=utf-8", open.one("Content-Type"));
    assertTrue(open.body().endsWith("# EOF\n"), open.body());
  }

  /** Debian's package prometheus has it. */
  @Test
  void promtool_has_nothing_to_say_against_the_metrics() throws Exception {
    var promtool = Path.of("/usr/bin/promtool");
    assumeTrue(Files.isExecutable(promtool), "no promtool here");
    RawClient.get(stage.port(), "/v1/users");
    var check = new ProcessBuilder(promtool.toString(), "check", "metrics");
    var process = check.redirectErrorStream(true).start();
    try (var in = process.getOutputStream()) {
      in.write(RawUpstream.bytes(RawClient.get(management, "/metrics").body()));
    }
    var words = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertEquals(0, process.waitFor(), words);
    assertEquals("", words);
  }

  /** Of libraries too, and whatever way they take: a process that can't start says all it can. */
  @Test
  void each_line_that_a_process_prints_is_json() throws Exception {
    var command =
        new ProcessBuilder(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "--sun-misc-unsafe-memory-access=allow", // the one option that keeps the JVM itself
            // quiet
            "-XX:TieredStopAtLevel=1",
            "-cp",
            withoutTestsLogging(),
            Main.class.getName());
    command
        .environment()
        .putAll(
            Map.of(
                "SERVER_PORT", Integer.toString(stage.port()),
                "MANAGEMENT_PORT", "0",
                "EMPORION_LOG_LEVEL", "DEBUG"));
    var process = command.redirectErrorStream(true).start();
    var printed = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertEquals(1, process.waitFor());
    for (var line : printed.lines().toList()) {
      assertTrue(line.startsWith("{\"@timestamp\":") && line.endsWith("}"), printed);
    }
    assertTrue(printed.contains("The gateway can't start"), printed);
    assertTrue(printed.contains("\"io.netty."), printed);
  }

  /** Tests log in their own way. */
  private static String withoutTestsLogging() {
    return Stream.of(System.getProperty("java.class.path").split(File.pathSeparator))
        .filter(entry -> !Files.exists(Path.of(entry, "logback-test.xml")))
        .collect(Collectors.joining(File.pathSeparator));
  }

  @Test
  void an_access_line_is_json_with_a_message() throws Exception {
    var lines = new ListAppender<ILoggingEvent>();
    var logger = (Logger) LoggerFactory.getLogger("emporion.gateway.access");
    logger.setLevel(Level.INFO);
    logger.setAdditive(false);
    logger.addAppender(lines);
    lines.start();
    try {
      RawClient.get(stage.port(), "/v1/users/\u00c3\u00a9\"\\?q=\"");
      await().until(() -> lines.list.size() == 1);
      var line = Json.read("{" + lines.list.getFirst().getFormattedMessage() + "}", Map.class);
      assertEquals("GET /v1/users/???? 400", line.get("message"));
      assertEquals("/v1/users/????", line.get("path"));
      assertEquals(400, line.get("status"));
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

  /** Ten times: whether Netty's loops close what they have is a matter of moments. */
  @Test
  void behind_a_stop_nothing_is_connected() throws Exception {
    for (int i = 0; i < 10; i++) {
      var left = new CountDownLatch(1);
      service.script(
          (head, body, out) -> {
            out.write(RawUpstream.bytes(Stage.OK));
            if (body.read() < 0) {
              left.countDown();
            }
          });
      try (var stopped = new Stage(service, Map.of("EMPORION_GATEWAY_DRAIN_TIME", "PT0S"));
          var client = new RawClient(stopped.port())) {
        client.write("GET /v1/users HTTP/1.1\r\nHost: shop\r\n\r\n");
        assertEquals("ok", client.read().body());
        stopped.gateway().close();
        assertTrue(client.closed());
        assertTrue(left.await(20, TimeUnit.SECONDS));
      }
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
