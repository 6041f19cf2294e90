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
import java.util.Set;
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
  void requests_are_counted_by_route_method_and_status() throws IOException {
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
              assertEquals("2", served("count", "GET", "/v1/users", 200));
              assertEquals("2", served("bucket", "GET", "/v1/users", 200, ",le=\"+Inf\""));
              assertEquals("1", served("count", "GET", "unmatched", 404));
              assertEquals("1", served("count", "GET", "unmatched", 400));
              assertEquals("1", served("count", "GET", "/v1/orders", 503));
              assertEquals(
                  "1.0",
                  figure(
                      "gateway_upstream_failures_total{reason=\"unreachable\",route=\"order\"} "));
            });
  }

  private String served(String part, String method, String route, int status, String... more)
      throws IOException {
    return figure(
        "http_server_request_duration_seconds_%s{http_request_method=\"%s\",http_response_status_code=\"%d\",http_route=\"%s\"%s} "
            .formatted(part, method, status, route, String.join("", more)));
  }

  private String figure(String series) throws IOException {
    var metrics = RawClient.get(management, "/metrics").body();
    return metrics
        .lines()
        .filter(line -> line.startsWith(series))
        .map(line -> line.substring(series.length()))
        .findFirst()
        .orElse(series + "is not in\n" + metrics);
  }

  /** An operator goes from a slow bucket to the trace of one of its requests. */
  @Test
  void a_bucket_names_the_trace_of_a_request() throws IOException {
    var trace = "0af7651916cd43dd8448eb211c80319c";
    RawClient.get(
        stage.port(), "/v1/users", "traceparent: 00-" + trace + "-b7ad6b7169203331-01\r\n");
    await()
        .untilAsserted(
            () -> {
              var open =
                  RawClient.get(management, "/metrics", "Accept: application/openmetrics-text\r\n");
              assertTrue(
                  open.body()
                      .lines()
                      .anyMatch(
                          line ->
                              line.startsWith("http_server_request_duration_seconds_bucket{")
                                  && line.contains("trace_id=\"" + trace + "\"")),
                  open.body());
            });
    assertFalse(RawClient.get(management, "/metrics").body().contains(trace));
  }

  @Test
  void ten_thousand_paths_and_methods_are_as_many_series_as_a_few() throws Exception {
    var unlimited = Map.of("EMPORION_LIMITS_CLIENT_REQUESTS", "0");
    try (var crowded = new Stage(service, unlimited);
        var client = new RawClient(crowded.port())) {
      askForWonders(client, 0);
      await()
          .until(() -> series(crowded).stream().filter(one -> one.contains("_OTHER")).count() > 2);
      var before = series(crowded);
      for (int i = 1; i <= 10_000; i++) {
        askForWonders(client, i);
      }
      assertEquals(before, series(crowded));
    }
  }

  private static void askForWonders(RawClient client, int number) throws IOException {
    for (var line : List.of("BREW" + number + " /v1/users/", "GET /v1/users/", "GET /v1/none/")) {
      client.write(line + number + " HTTP/1.1\r\nHost: shop\r\n\r\n");
      client.read();
    }
  }

  /** Those of requests, without their values. */
  private static Set<String> series(Stage stage) throws IOException {
    return RawClient.get(stage.managementPort(), "/metrics")
        .body()
        .lines()
        .filter(line -> line.startsWith("http_") || line.startsWith("gateway_"))
        .map(line -> line.substring(0, line.lastIndexOf(' ')))
        .collect(Collectors.toSet());
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
                  + "\"trace_id\":\"0af7651916cd43dd8448eb211c80319c\","
                  + "\"span_id\":\"b7ad6b7169203331\""),
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
  void operators_change_levels_and_nobody_else() throws IOException {
    var path = "/loggers/emporion.gateway.nothing";
    var set = asked("PUT", path + "?level=debug&duration=PT1M");
    assertEquals(200, set.status(), set::toString);
    assertEquals("application/json", set.one("Content-Type"));
    assertTrue(set.body().contains("\"effectiveLevel\":\"DEBUG\""), set.body());
    assertEquals(set.body(), RawClient.get(management, path).body());
    assertEquals("GET, HEAD, PUT, DELETE", asked("POST", path).one("Allow"));
    assertEquals(400, asked("PUT", path).status());
    assertEquals(204, asked("DELETE", path).status());
    assertFalse(RawClient.get(management, path).body().contains("until"));
    assertEquals(404, RawClient.get(stage.port(), path).status());
  }

  private RawClient.Answer asked(String method, String path) throws IOException {
    return RawClient.send(
        management,
        method + " " + path + " HTTP/1.1\r\nHost: operators\r\nContent-Length: 0\r\n\r\n");
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
