package emporion.chassis.telemetry;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import emporion.chassis.logging.LogContext;
import emporion.chassis.telemetry.Span.Kind;
import emporion.chassis.testkit.Collector;
import emporion.chassis.testkit.Collector.Received;
import java.io.IOException;
import java.lang.System.Logger.Level;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** What a collector is told, and that nobody waits for it. */
class RecorderTest {
  private static final String ID = "4bf92f3577b34da6a3ce929d0e0e4736";
  private static final String CALLER = "00f067aa0ba902b7";
  private static final int MANY = 20_000;

  private static Recorder recorder(int port, Map<String, String> more) {
    var settings = new HashMap<>(more);
    settings.put("otel.exporter.otlp.endpoint", "http://127.0.0.1:" + port);
    settings.put("otel.bsp.schedule.delay", "50");
    return Recorder.open("lamp-service", settings);
  }

  private static Trace given(String flags) {
    return Trace.of("00-" + ID + "-" + CALLER + "-" + flags, "a=1,b=2", "c=3");
  }

  @Test
  void theCollectorIsToldWhoWorkedForWhom() {
    try (var collector = new Collector()) {
      var recorder = recorder(collector.uri().getPort(), Map.of());
      var whole = recorder.start(Kind.SERVER, "GET /lamps", given("01"));
      whole.with("http.response.status_code", 200).with("order.id", null);
      var seen = new ArrayList<Trace>();
      whole.run(
          given("01"),
          () -> {
            var part = RecordedSpan.innermost().part(Kind.CLIENT, "SELECT lamp");
            part.run(() -> seen.add(Trace.current().orElseThrow()));
            part.failed("timeout").end();
          });
      whole.end();
      recorder.close();

      var spans = collector.spans(ID);
      var byName = spans.stream().collect(Collectors.toMap(Received::name, span -> span));
      assertEquals(2, spans.size(), spans::toString);
      var server = byName.get("GET /lamps");
      assertEquals("lamp-service", server.service());
      assertEquals("SERVER", server.kind());
      assertEquals(CALLER, server.parent());
      assertEquals("a=1,b=2", server.state());
      assertEquals(Map.of("http.response.status_code", "200"), server.attributes());
      assertFalse(server.failed());
      var client = byName.get("SELECT lamp");
      assertEquals(server.id(), client.parent());
      assertEquals("a=1,b=2", client.state());
      assertTrue(client.failed());
      assertEquals(Map.of("error.type", "timeout"), client.attributes());
      var inner = seen.getFirst();
      assertEquals("00-" + ID + "-" + client.id() + "-01", inner.traceparent());
      assertEquals("a=1,b=2", inner.state());
      assertEquals("c=3", inner.baggage());
    }
  }

  @Test
  void whatTheCallerDoesNotWantIsPassedOnAndNotRecorded() {
    try (var collector = new Collector()) {
      var recorder = recorder(collector.uri().getPort(), Map.of());
      var span = recorder.start(Kind.SERVER, "GET /lamps", given("00"));
      assertSame(Span.none(), span);
      assertEquals(given("00"), span.within(given("00")));
      recorder.close();
      assertEquals(List.of(), collector.spans(ID));
    }
  }

  @Test
  void aRequestWhoseAnswerNobodySawEndsWithWhatAskedIt() {
    try (var collector = new Collector()) {
      var recorder = recorder(collector.uri().getPort(), Map.of());
      var whole = recorder.start(Kind.SERVER, "GET /lamps", given("01"));
      whole.request("POST");
      whole.request("GET");
      whole.end();
      recorder.close();
      var asked =
          collector.spans(ID).stream().filter(span -> span.kind().equals("CLIENT")).toList();
      assertEquals(2, asked.size());
      assertTrue(asked.stream().allMatch(Received::failed));
    }
  }

  @Test
  void theStandardSettingsCount() {
    try (var collector = new Collector()) {
      var never = Map.of("otel.traces.sampler", "parentbased_always_off");
      var recorder = recorder(collector.uri().getPort(), never);
      assertSame(Span.none(), recorder.start(Kind.SERVER, "GET /lamps", Trace.begun()));
      recorder.start(Kind.SERVER, "GET /lamps", given("01")).end();
      recorder.close();
      assertEquals(1, collector.spans(ID).size());
    }
  }

  @Test
  void aCollectorThatHangsIsWaitedForByNobody() throws IOException {
    try (var silent = new ServerSocket(0, 1_000, InetAddress.getLoopbackAddress())) {
      nobodyWaits(silent.getLocalPort());
    }
  }

  @Test
  void norIsOneThatIsAway() throws IOException {
    int port;
    try (var socket = new ServerSocket(0)) {
      port = socket.getLocalPort();
    }
    nobodyWaits(port);
  }

  @Test
  void theLogGoesToTheCollectorWhereThatIsSet() {
    var marker = UUID.randomUUID().toString();
    try (var collector = new Collector()) {
      var port = collector.uri().getPort();
      var quiet = recorder(port, Map.of());
      say(marker + " unheard");
      quiet.close();
      var recorder = recorder(port, Map.of("otel.logs.exporter", "otlp"));
      given("01").run(() -> say(marker + " Authorization: Bearer abcdefghij"));
      recorder.close();
      say(marker + " unheard");
      var heard =
          collector.log().stream().filter(line -> line.message().startsWith(marker)).toList();
      assertEquals(1, heard.size(), heard::toString);
      var line = heard.getFirst();
      assertEquals("lamp-service", line.service());
      assertEquals("emporion.lamp", line.logger());
      assertEquals("WARN", line.level());
      assertEquals(marker + " Authorization: Bearer ****", line.message());
      assertEquals(ID, line.traceId());
      assertEquals(CALLER, line.spanId());
      assertEquals("o-1", line.attributes().get("order.id"));
      assertEquals(IllegalStateException.class.getName(), line.attributes().get("exception.type"));
      assertTrue(line.attributes().get("exception.stacktrace").contains("RecorderTest"));
    }
  }

  private static void say(String message) {
    LogContext.put("order_id", "o-1");
    System.getLogger("emporion.lamp")
        .log(Level.WARNING, message, new IllegalStateException("no oil"));
  }

  /** Ten times as many lines as the queue holds. */
  @Test
  void nobodyWaitsForALogThatCannotLeave() throws IOException {
    try (var silent = new ServerSocket(0, 1_000, InetAddress.getLoopbackAddress())) {
      var recorder = recorder(silent.getLocalPort(), Map.of("otel.logs.exporter", "otlp"));
      var log = System.getLogger("emporion.lamp");
      var begin = System.nanoTime();
      IntStream.range(0, MANY).forEach(i -> log.log(Level.INFO, "it burns"));
      var each = Duration.ofNanos((System.nanoTime() - begin) / MANY);
      assertTrue(each.compareTo(Duration.ofMillis(1)) < 0, each::toString);
      var end = System.nanoTime();
      recorder.close();
      var stop = Duration.ofNanos(System.nanoTime() - end);
      assertTrue(stop.compareTo(Duration.ofSeconds(5)) < 0, stop::toString);
    }
  }

  /** Ten times as many spans as the queue holds; what does not fit is lost. */
  private static void nobodyWaits(int port) {
    var recorder = recorder(port, Map.of());
    var begin = System.nanoTime();
    IntStream.range(0, MANY)
        .forEach(i -> recorder.start(Kind.SERVER, "GET /lamps", given("01")).end());
    var each = Duration.ofNanos((System.nanoTime() - begin) / MANY);
    assertTrue(each.compareTo(Duration.ofMillis(1)) < 0, each::toString);
    var end = System.nanoTime();
    recorder.close();
    var stop = Duration.ofNanos(System.nanoTime() - end);
    assertTrue(stop.compareTo(Duration.ofSeconds(5)) < 0, stop::toString);
  }
}
