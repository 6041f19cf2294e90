package emporion.chassis.telemetry;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import emporion.chassis.amqp.RunningChassis;
import emporion.chassis.testkit.Collector;
import emporion.chassis.work.Worker;
import emporion.chassis.work.Workers;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.eclipse.microprofile.metrics.MetricRegistry;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A worker's round is a trace where it has found something to do. */
class RoundsTest {
  private static final Trace ORDER =
      Trace.of("00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01", null, null);

  private final Collector collector = new Collector();
  private final Workers workers = new Workers(RunningChassis.SERVICE.bean(MetricRegistry.class));
  private Recorder recorder;
  private Recorder before;

  @BeforeEach
  void record() {
    recorder =
        Recorder.open(
            "lamp-service",
            Map.of(
                "otel.exporter.otlp.endpoint",
                collector.uri().toString(),
                "otel.bsp.schedule.delay",
                "50"));
    before = Telemetry.use(recorder);
  }

  @AfterEach
  void rest() {
    Telemetry.use(before);
    recorder.close();
    collector.close();
  }

  @Test
  void onlyWhoFindsSomethingIsSeen() throws Exception {
    var rounds = new AtomicInteger();
    workers.start("idle", () -> rest(rounds.incrementAndGet() < 5));
    workers.start(
        "finder",
        () -> {
          Thread.sleep(20);
          Worker.busy(List.of(ORDER, Trace.begun()));
          Worker.busy();
          Span.start(Span.Kind.INTERNAL, "what was found").end();
          return Duration.ofHours(1);
        });
    await().until(() -> rounds.get() == 5 && !collector.named("worker finder").isEmpty());
    workers.stop("the end");
    recorder.close();

    assertEquals(List.of(), collector.named("worker idle"));
    var round = collector.named("worker finder").getFirst();
    assertEquals(1, collector.named("worker finder").size());
    assertEquals("", round.parent());
    assertEquals(List.of(ORDER.traceId()), round.links());
    assertTrue(round.end() - round.start() >= Duration.ofMillis(20).toNanos(), "from its begin");
    var part = collector.named("what was found").getFirst();
    assertEquals(round.id(), part.parent());
    assertEquals(round.traceId(), part.traceId());
  }

  private static Duration rest(boolean again) {
    return again ? Duration.ZERO : Duration.ofHours(1);
  }

  @Test
  void whoFailsIsSeenAndTheNextRoundIsAnother() throws Exception {
    var rounds = new AtomicInteger();
    workers.start(
        "shaken",
        () -> {
          if (rounds.incrementAndGet() == 1) {
            throw new IllegalStateException("a failure of this test");
          }
          assertEquals(Span.none(), Span.current());
          Worker.busy();
          return Duration.ofHours(1);
        });
    await().until(() -> collector.named("worker shaken").size() == 2);
    workers.stop("the end");

    var spans = collector.named("worker shaken");
    assertEquals(List.of(true, false), spans.stream().map(Collector.Received::failed).toList());
    assertEquals(
        IllegalStateException.class.getName(), spans.getFirst().attributes().get("error.type"));
    assertEquals(2, spans.stream().map(Collector.Received::traceId).distinct().count());
  }
}
