package emporion.chassis.observation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import emporion.chassis.amqp.RunningChassis;
import emporion.chassis.testkit.Exposed;
import emporion.chassis.testkit.TestService;
import java.util.List;
import org.eclipse.microprofile.metrics.MetricRegistry;
import org.junit.jupiter.api.Test;

/** What operators' tools read of the metrics. */
class ExpositionTest {
  private static final String OPEN =
      "application/openmetrics-text;version=1.0.0,text/plain;version=0.0.4;q=0.5,*/*;q=0.1";
  private static final TestService SERVICE = RunningChassis.SERVICE;

  @Test
  void promtoolAcceptsTheText() throws Exception {
    SERVICE.anonymous().get("/fixture/tea");
    Exposed.check(SERVICE.management());
  }

  @Test
  void openMetricsHaveAVersionAndAnEnd() throws Exception {
    SERVICE.anonymous().get("/fixture/tea");
    var answer = SERVICE.management().with("Accept", OPEN).get("/metrics");
    assertEquals(
        "application/openmetrics-text; version=1.0.0; charset=utf-8",
        answer.header("Content-Type"));
    assertTrue(answer.body().endsWith("\n# EOF\n"));
    assertTrue(answer.body().contains("# TYPE http_server_requests_seconds histogram"));
    assertTrue(answer.body().contains("http_server_requests_seconds_bucket{"));
    assertTrue(
        Exposed.run(answer.body(), "python3", "-c", "import prometheus_client").isEmpty()
            || skip("python3 lacks prometheus_client"));
    assertEquals(
        "",
        Exposed.run(
            answer.body(),
            "python3",
            "-c",
            "import sys; from prometheus_client.openmetrics.parser import"
                + " text_string_to_metric_families as read; list(read(sys.stdin.read()))"));
  }

  @Test
  void whoeverAsksForTheHeadAloneGetsIt() {
    for (var type : List.of("*/*", OPEN, "application/json")) {
      var operator = SERVICE.management().with("Accept", type);
      var head = operator.send("HEAD", "/metrics", null);
      assertEquals(200, head.status(), type);
      assertEquals(operator.get("/metrics").header("Content-Type"), head.header("Content-Type"));
      assertEquals("", head.body(), type);
    }
  }

  private static boolean skip(String why) {
    assumeTrue(false, why);
    return true;
  }

  @Test
  void whoeverAsksForJsonGetsIt() {
    var answer = SERVICE.management().with("Accept", "application/json").get("/metrics");
    assertEquals(200, answer.status());
    assertTrue(answer.header("Content-Type").startsWith("application/json"));
  }

  @Test
  void aGaugeThatIsNoNumberIsLeftOutOfJson() throws Exception {
    var metrics = SERVICE.bean(MetricRegistry.class);
    metrics.gauge("tea_known", this, any -> 7);
    metrics.gauge("tea_unknown_seconds", this, any -> Double.NaN);
    metrics.gauge("tea_endless_milliseconds", this, any -> Double.POSITIVE_INFINITY);
    metrics.gauge("tea_spilled", this, any -> spill());
    try {
      var answer = SERVICE.management().with("Accept", "application/json").get("/metrics");
      assertEquals(200, answer.status(), answer::body);
      assertEquals("7", answer.text("/application/tea_known"));
      assertFalse(answer.body().contains("tea_unknown"), answer::body);
      assertFalse(answer.body().contains("tea_endless"), answer::body);
      var text = SERVICE.management().get("/metrics").body();
      assertTrue(text.contains("tea_unknown_seconds{mp_scope=\"application\"} NaN"), text);
      assertTrue(text.contains("tea_endless_seconds{mp_scope=\"application\"} +Inf"), text);
      Exposed.check(SERVICE.management());
    } finally {
      metrics
          .getGauges((id, any) -> id.getName().startsWith("tea_"))
          .keySet()
          .forEach(metrics::remove);
    }
  }

  private static int spill() {
    throw new IllegalStateException("no cup");
  }

  @Test
  void whatHasNoQuantilesOrBaseUnitsHasThemAfterwards() {
    var written =
        """
        # HELP wait_milliseconds Waiting
        # TYPE wait_milliseconds summary
        wait_milliseconds{pool="db",quantile="0.5",} 1500.0
        wait_milliseconds_count{pool="db",} 3.0
        wait_milliseconds_sum{pool="db",} 4500.0
        # HELP took_seconds Taking
        # TYPE took_seconds histogram
        took_seconds{quantile="0.5",} 0.1
        took_seconds_bucket{le="+Inf",} 1.0
        took_seconds_count 1.0
        took_seconds_sum 0.1
        # HELP loadedClasses_count Classes
        # TYPE loadedClasses_count gauge
        loadedClasses_count 7.0
        # HELP tea_total Tea
        # TYPE tea_total counter
        tea_total 2.0
        # TYPE timer_scheduled gauge
        timer_scheduled 1.0
        """;
    assertEquals(
        """
        # HELP wait_seconds Waiting
        # TYPE wait_seconds summary
        wait_seconds{pool="db",quantile="0.5"} 1.5000
        wait_seconds_count{pool="db"} 3.0
        wait_seconds_sum{pool="db"} 4.5000
        # HELP took_seconds Taking
        # TYPE took_seconds histogram
        took_seconds_bucket{le="+Inf"} 1.0
        took_seconds_count 1.0
        took_seconds_sum 0.1
        # HELP loaded_classes_current Classes
        # TYPE loaded_classes_current gauge
        loaded_classes_current 7.0
        # HELP tea Tea
        # TYPE tea counter
        tea_total 2.0
        # HELP timer_scheduled timer scheduled
        # TYPE timer_scheduled gauge
        timer_scheduled 1.0
        # EOF
        """,
        Exposition.of(written).openMetrics());
  }

  @Test
  void namesOfLabelsAreInSnakeCaseAndValuesStay() {
    var text =
        Exposition.of(
                """
                # TYPE calls_total counter
                calls_total{bulkheadResult="aB\\",cD=\\"",method="a.B.cD",} 1.0
                """)
            .text();
    assertTrue(
        text.contains("calls_total{bulkhead_result=\"aB\\\",cD=\\\"\",method=\"a.B.cD\"} 1.0"),
        text);
  }
}
