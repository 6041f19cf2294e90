package emporion.chassis.work;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import emporion.chassis.amqp.RunningChassis;
import emporion.chassis.telemetry.Trace;
import emporion.chassis.testkit.TestService;
import jakarta.enterprise.event.Startup;
import jakarta.transaction.RollbackException;
import java.time.Duration;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.eclipse.microprofile.metrics.MetricRegistry;
import org.junit.jupiter.api.Test;

/** What works by itself goes on, and is missed when it doesn't. */
class WorkersTest {
  private static final TestService SERVICE = RunningChassis.SERVICE;

  private final MetricRegistry metrics = SERVICE.bean(MetricRegistry.class);
  private final Workers workers = new Workers(metrics);

  @Test
  void whateverOneRoundThrowsTheNextOneComes() throws Exception {
    var failures =
        List.<Throwable>of(
                new RollbackException("a commit that failed"),
                new StackOverflowError(),
                new IllegalStateException())
            .iterator();
    var worked = new CountDownLatch(1);
    workers.start("shaken", () -> failOrRest(failures, worked));
    assertTrue(worked.await(20, TimeUnit.SECONDS));
    assertEquals(List.of(), workers.dead());
    assertTrue(
        series().matches("(?s).*worker_failures_total\\{[^}]*worker=\"shaken\".*"), this::series);
    workers.stop("the end");
  }

  private static Duration failOrRest(Iterator<Throwable> failures, CountDownLatch worked) {
    if (failures.hasNext()) {
      WorkersTest.<RuntimeException>sneak(failures.next());
    }
    worked.countDown();
    return Duration.ofHours(1);
  }

  @SuppressWarnings("unchecked")
  private static <E extends Throwable> void sneak(Throwable failure) throws E {
    throw (E) failure;
  }

  @Test
  void whoeverIsWokenRestsNoLonger() throws Exception {
    var rounds = new AtomicInteger();
    var worker =
        workers.start(
            "sleeper",
            () -> {
              rounds.incrementAndGet();
              return Duration.ofHours(1);
            });
    await().until(() -> rounds.get() == 1);
    worker.wake();
    await().until(() -> rounds.get() == 2);
    workers.stop("the end");
  }

  @Test
  void aStopWaitsForTheRoundUnderWay() throws Exception {
    var begun = new CountDownLatch(1);
    var ended = new AtomicBoolean();
    workers.start(
        "busy",
        Duration.ZERO,
        () -> {
          begun.countDown();
          Thread.sleep(300);
          return Duration.ZERO;
        },
        () -> ended.set(true));
    begun.await();
    workers.stop("the end");
    assertTrue(ended.get());
    assertEquals(List.of(), workers.dead());
  }

  @Test
  void aServiceHasStartedOnceItsWorkersBegin() {
    var before = new StartupCheck();
    assertEquals("DOWN", before.call().getStatus().toString());
    before.begin(new Startup());
    assertEquals("UP", before.call().getStatus().toString());
    for (var check : Map.of("started", "start", "ready", "database").entrySet()) {
      var health = SERVICE.management().get("/health/" + check.getKey());
      assertEquals(200, health.status(), health::toString);
      assertTrue(health.body().contains("\"name\":\"" + check.getValue() + "\""), health::body);
    }
  }

  /** Where nothing is recorded, a round that has found something leaves no trace either. */
  @Test
  void aRoundWithoutTracesIsInNone() throws Exception {
    var seen = new ArrayBlockingQueue<Optional<Trace>>(1);
    workers.start(
        "untraced",
        () -> {
          Worker.busy();
          seen.add(Trace.current());
          return Duration.ofHours(1);
        });
    assertEquals(Optional.empty(), seen.poll(20, TimeUnit.SECONDS));
    workers.stop("the end");
  }

  /** The last test of the process that may look at the liveness of its service. */
  @Test
  void theDeathOfOneTurnsLivenessRed() {
    var check = new WorkersCheck(workers);
    assertEquals("UP", check.call().getStatus().toString());
    assertEquals(200, SERVICE.management().get("/health/live").status());
    Worker.Round interrupted =
        () -> {
          Thread.currentThread().interrupt();
          return Duration.ofHours(1);
        };
    workers.start("victim", interrupted);
    await().until(() -> check.call().getStatus().toString().equals("DOWN"));
    assertEquals("victim", check.call().getData().orElseThrow().get("dead"));
    SERVICE.bean(Workers.class).start("victim", interrupted);
    await().until(() -> SERVICE.management().get("/health/live").status() == 503);
  }

  private String series() {
    return SERVICE.management().with("Accept", "text/plain").get("/metrics").body();
  }
}
