package emporion.wire;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.ObjectMapper;
import emporion.chassis.testkit.Exposed;
import emporion.chassis.testkit.Http;
import emporion.tour.RunningShop;
import emporion.tour.Shelf;
import emporion.tour.Shop;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.time.format.DateTimeParseException;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.extension.ExtendWith;

/** What each process says to machines: its metrics and its log. */
@Order(98)
@ExtendWith(RunningShop.class)
class OperatorsIT {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Pattern OPEN_METRICS =
      Pattern.compile(
          "# (HELP|TYPE|UNIT) [a-z_:][a-z0-9_:]*( .*)?|# EOF"
              + "|[a-z_:][a-z0-9_:]*(\\{([a-zA-Z_]\\w*=\"(\\\\.|[^\"\\\\])*\",?)*})? \\S+( .*)?");

  /** The name before a selector, which each query of a dashboard has. */
  private static final Pattern SELECTED = Pattern.compile("([a-z_:]+)\\{");

  private static final Pattern SAMPLE = Pattern.compile("(?m)^([a-z_:][a-z0-9_:]*)[{ ]");

  private final Shop shop;

  OperatorsIT(Shop shop) {
    this.shop = shop;
  }

  private Http management(String process) {
    return Http.to(URI.create("http://127.0.0.1:" + shop.managementPort(process)));
  }

  @TestFactory
  Stream<DynamicTest> prometheusReadsTheMetrics() {
    return shop.services()
        .map(name -> DynamicTest.dynamicTest(name, () -> Exposed.check(management(name))));
  }

  @TestFactory
  Stream<DynamicTest> soDoesWhoWantsOpenMetrics() {
    return shop.services()
        .map(name -> DynamicTest.dynamicTest(name, () -> isOpenMetrics(management(name))));
  }

  private static void isOpenMetrics(Http management) {
    var answer =
        management
            .with("Accept", "application/openmetrics-text; version=1.0.0; charset=utf-8")
            .get("/metrics");
    assertEquals(
        "application/openmetrics-text; version=1.0.0; charset=utf-8",
        answer.header("Content-Type"));
    assertTrue(answer.body().endsWith("# EOF\n"), "no end");
    var types = new HashSet<String>();
    for (var line : answer.body().lines().toList()) {
      assertTrue(OPEN_METRICS.matcher(line).matches(), line);
      assertTrue(!line.startsWith("# TYPE ") || types.add(line.split(" ")[2]), line);
    }
  }

  /** A name that no process has is an empty panel. What alerts ask for is on dashboards too. */
  @Test
  void dashboardsAskForWhatIsThere() throws IOException {
    var asked = askedByDashboards();
    assertTrue(asked.size() > 40, asked::toString);
    giveBackAnOrder();
    await("metrics of what has happened")
        .atMost(Duration.ofMinutes(1))
        .untilAsserted(() -> assertEquals(Set.of(), without(asked, exposed())));
  }

  private static Set<String> askedByDashboards() throws IOException {
    var asked = new TreeSet<String>();
    try (var files = Files.list(Shop.root("helm/emporion/dashboards"))) {
      for (Path file : files.toList()) {
        for (var query : JSON.readTree(file.toFile()).findValuesAsText("expr")) {
          asked.addAll(names(SELECTED, query));
        }
      }
    }
    asked.remove("up"); // is Prometheus's own
    return asked;
  }

  /** What is counted when it happens has no name before. */
  private void giveBackAnOrder() {
    var shopper = shop.newShopper();
    var order = shopper.order("tok_visa", Shelf.with(shop, 5).line(1)).text("/order_id");
    shopper.ended(order);
    var refunds = "/v1/payments/" + shopper.payment(order).getId() + "/refunds";
    var key = UUID.randomUUID().toString();
    var answer = shop.admin().withKey(key).post(refunds, "{\"amount\":1}");
    assertTrue(answer.status() < 300, answer::toString); // 202 where the card network is slow
  }

  private Set<String> exposed() {
    return shop.services()
        .flatMap(name -> names(SAMPLE, management(name).get("/metrics").body()).stream())
        .collect(Collectors.toSet());
  }

  private static Set<String> names(Pattern pattern, String text) {
    return pattern.matcher(text).results().map(found -> found.group(1)).collect(Collectors.toSet());
  }

  private static Set<String> without(Set<String> all, Set<String> some) {
    var rest = new TreeSet<>(all);
    rest.removeAll(some);
    return rest;
  }

  @TestFactory
  Stream<DynamicTest> eachLineOfALogIsJsonWithItsFields() {
    return shop.services()
        .map(
            name ->
                DynamicTest.dynamicTest(
                    name,
                    () -> {
                      var bad = log(name).filter(line -> !isWhole(line, name)).limit(3).toList();
                      assertEquals(List.of(), bad);
                    }));
  }

  private Stream<String> log(String process) throws IOException {
    return Files.readAllLines(shop.data().resolve("logs/" + process + ".log")).stream();
  }

  private static boolean isWhole(String line, String process) {
    try {
      var entry = JSON.readTree(line);
      OffsetDateTime.parse(entry.path("@timestamp").asText());
      return entry.path("service").asText().equals(process)
          && Stream.of("level", "version", "instance", "logger_name", "message")
              .noneMatch(field -> entry.path(field).asText().isBlank());
    } catch (IOException | DateTimeParseException e) {
      return false;
    }
  }

  /** A card that gets no answer is worth a line to payment-service and to order-service. */
  @Test
  void whatIsLoggedOfARequestNamesItsTraceAndItsOrder() {
    var trace = UUID.randomUUID().toString().replace("-", "");
    var shopper = shop.newShopper();
    var placed =
        Http.to(shop.gateway())
            .as(shop.token(shopper.name(), shopper.password()))
            .withKey(UUID.randomUUID().toString())
            .with("traceparent", "00-" + trace + "-00f067aa0ba902b7-00")
            .post(
                "/v1/orders",
                "{\"items\":[{\"product_id\":\"%s\",\"quantity\":1}],\"payment\":{\"token\":\"tok_timeout\"}}"
                    .formatted(Shelf.with(shop, 5).productId()));
    assertTrue(placed.status() < 300, placed::toString);
    var order = placed.text("/order_id");
    await("lines of the request")
        .atMost(Duration.ofMinutes(1))
        .untilAsserted(
            () -> {
              assertTrue(tells("gateway", trace, "POST /v1/orders " + placed.status()));
              for (var service : List.of("payment-service", "order-service")) {
                assertTrue(tells(service, trace, "\"order_id\":\"" + order), service);
              }
            });
  }

  private boolean tells(String process, String trace, String words) throws IOException {
    return log(process)
        .filter(line -> line.contains("\"trace_id\":\"" + trace + "\""))
        .filter(line -> line.contains("\"span_id\":\""))
        .anyMatch(line -> line.contains(words));
  }

  @TestFactory
  Stream<DynamicTest> levelsAreChangedWhileAProcessRuns() {
    return shop.services()
        .map(
            name ->
                DynamicTest.dynamicTest(
                    name,
                    () -> {
                      var operator = management(name);
                      var path = "/loggers/emporion.nobody";
                      var set = operator.send("PUT", path + "?level=debug&duration=PT5M", null);
                      assertEquals(200, set.status(), set::toString);
                      assertEquals("DEBUG", set.text("/effectiveLevel"));
                      assertEquals(400, operator.send("PUT", path, null).status());
                      assertEquals(204, operator.delete(path).status());
                      assertEquals("INFO", operator.get(path).text("/effectiveLevel"));
                      assertEquals(404, Http.to(shop.gateway()).get("/loggers").status());
                    }));
  }
}
