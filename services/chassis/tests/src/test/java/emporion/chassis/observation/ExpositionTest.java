package emporion.chassis.observation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import emporion.chassis.amqp.RunningChassis;
import emporion.chassis.testkit.Exposed;
import emporion.chassis.testkit.TestService;
import java.time.Duration;
import java.util.List;
import org.eclipse.microprofile.metrics.Metadata;
import org.eclipse.microprofile.metrics.MetricRegistry;
import org.eclipse.microprofile.metrics.MetricUnits;
import org.eclipse.microprofile.metrics.Tag;
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
    assertTrue(answer.body().contains("# TYPE http_server_request_duration_seconds histogram"));
    assertTrue(answer.body().contains("http_server_request_duration_seconds_bucket{"));
    assumeTrue(
        Exposed.can("python3", "-c", "import prometheus_client"),
        "no python3 that has prometheus_client");
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
    for (var type : List.of("*/*", OPEN)) {
      var operator = SERVICE.management().with("Accept", type);
      var head = operator.send("HEAD", "/metrics", null);
      assertEquals(200, head.status(), type);
      assertEquals(operator.get("/metrics").header("Content-Type"), head.header("Content-Type"));
      assertEquals("", head.body(), type);
    }
  }

  @Test
  void whatCannotBeReadIsNoNumberAndTheOthersStay() throws Exception {
    var metrics = SERVICE.bean(MetricRegistry.class);
    metrics.gauge("tea_known", this, any -> 7);
    metrics.gauge(in("tea_unknown", MetricUnits.SECONDS), this, any -> Double.NaN);
    metrics.gauge(
        in("tea_endless", MetricUnits.MILLISECONDS), this, any -> Double.POSITIVE_INFINITY);
    metrics.gauge("tea_spilled", this, any -> spill());
    try {
      assertEquals("7.0", sample("tea_known"));
      assertEquals("NaN", sample("tea_unknown_seconds"));
      assertEquals("+Inf", sample("tea_endless_seconds"));
      assertEquals("NaN", sample("tea_spilled"));
      Exposed.check(SERVICE.management());
    } finally {
      metrics
          .getGauges((id, any) -> id.getName().startsWith("tea_"))
          .keySet()
          .forEach(metrics::remove);
    }
  }

  @Test
  void namesAndUnitsAreThoseOfPrometheus() throws Exception {
    var metrics = SERVICE.bean(MetricRegistry.class);
    metrics.counter("tea.cups.total", new Tag("teaKind", "a\"B.c")).inc(3);
    metrics.histogram(in("tea.steepingTime", MetricUnits.NANOSECONDS)).update(1_500_000_000L);
    metrics.timer("tea_drinking").update(Duration.ofMillis(250));
    try {
      assertEquals("3.0", sample("tea_cups_total", ",tea_kind=\"a\\\"B.c\""));
      assertEquals("1.5", sample("tea_steeping_time_seconds_sum"));
      assertEquals("1", sample("tea_steeping_time_seconds_count"));
      assertEquals("0.25", sample("tea_drinking_seconds_sum"));
      Exposed.check(SERVICE.management());
    } finally {
      metrics.removeMatching((id, any) -> id.getName().startsWith("tea"));
    }
  }

  private static Metadata in(String name, String unit) {
    return Metadata.builder().withName(name).withUnit(unit).build();
  }

  private static String sample(String name, String... labels) {
    var series = name + "{mp_scope=\"application\"" + String.join("", labels) + "} ";
    var text = SERVICE.management().get("/metrics").body();
    return text.lines()
        .filter(line -> line.startsWith(series))
        .map(line -> line.substring(series.length()))
        .findFirst()
        .orElse(text);
  }

  /** Of each process by the same names. */
  @Test
  void theJvmAndTheProcessAreMeasured() {
    var text = SERVICE.management().get("/metrics").body();
    for (var name :
        List.of(
            "jvm_memory_used_bytes{area=\"heap\"}",
            "jvm_gc_collection_seconds_sum{",
            "jvm_threads_current ",
            "process_cpu_seconds_total ",
            "process_open_fds ",
            "process_resident_memory_bytes ")) {
      assertTrue(text.contains("\n" + name), () -> name + " is not in\n" + text);
    }
  }

  @Test
  void aBucketNamesTheTraceOfARequestWhereTheFormatAllows() {
    var trace = "4bf92f3577b34da6a3ce929d0e0e4736";
    SERVICE
        .anonymous()
        .with("traceparent", "00-" + trace + "-00f067aa0ba902b7-01")
        .send("PATCH", "/fixture/traced", "");
    var open = SERVICE.management().with("Accept", OPEN).get("/metrics").body();
    assertTrue(
        open.lines()
            .anyMatch(
                line ->
                    line.startsWith("http_server_request_duration_seconds_bucket{")
                        && line.contains("trace_id=\"" + trace + "\"")),
        open);
    assertFalse(SERVICE.management().get("/metrics").body().contains(trace));
  }

  @Test
  void aRouteIsTheTemplateWithoutWhatItsParametersLookLike() {
    assertEquals(200, SERVICE.anonymous().get("/fixture/top/12").status());
    var text = SERVICE.management().get("/metrics").body();
    assertTrue(text.contains("http_route=\"/fixture/{shelf}/{number}\""), text);
  }

  private static int spill() {
    throw new IllegalStateException("no cup");
  }
}
