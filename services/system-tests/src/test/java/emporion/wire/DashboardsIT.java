package emporion.wire;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import emporion.tour.RunningShop;
import emporion.tour.Script;
import emporion.tour.Shelf;
import emporion.tour.Shop;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;

/** What the chart's dashboards and rules ask for, asked of a Prometheus that reads this shop. */
@Order(97)
@ExtendWith(RunningShop.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class DashboardsIT {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Duration PATIENCE = Duration.ofMinutes(3);

  private static final Pattern LABELS = Pattern.compile("label_values\\((.+), (\\w+)\\)");

  /** Gateway and storefront have neither workers nor a database, and so no outbox. */
  private static final List<String> WITHOUT_A_DATABASE = List.of("gateway", "storefront");

  private static final List<String> OF_A_DATABASE =
      List.of(
          "Events that are to be published, waiting",
          "Events that are to be published, parked",
          "The oldest event has been waiting for, oldest",
          "Rounds of workers that failed, {{worker}}",
          "Since a worker's last round that came to its end, {{worker}} {{instance}}",
          "Connections to the database, {{state}}",
          "Connections to the database, most",
          "Connections to the database, threads that wait");

  /** Order-service alone has neighbours that it waits for behind a breaker. */
  private static final List<String> WITHOUT_BREAKERS =
      List.of(
          "gateway",
          "storefront",
          "user-service",
          "product-service",
          "payment-service",
          "notification-service");

  private static final Set<String> SILENT =
      Stream.concat(
              WITHOUT_A_DATABASE.stream()
                  .flatMap(job -> OF_A_DATABASE.stream().map(panel -> job + ": " + panel)),
              WITHOUT_BREAKERS.stream()
                  .map(
                      job ->
                          job
                              + ": Breakers that are not closed, {{method}} {{state}}"
                              + " {{instance}}"))
          .map(silent -> "service.json " + silent)
          .collect(Collectors.toSet());

  private final Shop shop;
  private Scraper prometheus;

  DashboardsIT(Shop shop) {
    this.shop = shop;
  }

  /**
   * A query of a dashboard.
   *
   * @param title of its dashboard, the service that was chosen there, its panel and its legend
   */
  private record Query(String title, String expression) {}

  @BeforeAll
  void begin() throws IOException {
    assumeTrue(
        Script.isInstalled("prometheus"), "Prometheus is not installed (Debian's prometheus)");
    prometheus = Scraper.of(shop);
  }

  @AfterAll
  void end() {
    if (prometheus != null) {
      prometheus.close();
    }
  }

  @Test
  void eachQueryOfADashboardReturnsData() {
    var queries = queries().toList();
    assertTrue(queries.size() > 100, queries::toString);
    await("data of what happens meanwhile")
        .atMost(PATIENCE)
        .pollInterval(Duration.ofSeconds(2))
        .untilAsserted(
            () -> {
              ordersOfEachKind();
              assertEquals(lines(SILENT), lines(silent(queries)));
            });
  }

  private Set<String> silent(List<Query> queries) {
    return queries.stream()
        .filter(query -> prometheus.values(query.expression).isEmpty())
        .map(Query::title)
        .collect(Collectors.toSet());
  }

  private static String lines(Set<String> titles) {
    return String.join("\n", new TreeSet<>(titles));
  }

  /** Confirmed and given back in part, declined, refused for want of stock; and looked at. */
  private void ordersOfEachKind() {
    var shopper = shop.newShopper();
    var shelf = Shelf.with(shop, 5);
    var order = shopper.order("tok_visa", shelf.line(1)).text("/order_id");
    shopper.ended(order);
    shopper.order("tok_visa_declined", shelf.line(1));
    shopper.order("tok_visa", shelf.line(100));
    var refunds = "/v1/payments/" + shopper.payment(order).getId() + "/refunds";
    var refund = shop.admin().withKey(UUID.randomUUID().toString()).post(refunds, "{\"amount\":1}");
    assertTrue(refund.status() < 300, refund::toString); // 202 where the card network is slow
    shopper.notifications();
    assertEquals(200, shop.anybody().get("/").status());
  }

  // --- dashboards --------------------------------------------------------------------------------

  private Stream<Query> queries() {
    try (var files = Files.list(Shop.root("helm/emporion/dashboards"))) {
      return files.sorted().toList().stream().flatMap(this::queries);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** With each choice of a service, where one has to be chosen. */
  private Stream<Query> queries(Path file) {
    var dashboard = read(file);
    var name = file.getFileName().toString();
    return choices(dashboard)
        .flatMap(
            service ->
                dashboard.findParents("targets").stream()
                    .flatMap(panel -> queries((name + " " + service).strip(), panel, service)));
  }

  private Stream<String> choices(JsonNode dashboard) {
    var variables = stream(dashboard.at("/templating/list")).toList();
    var service =
        variables.stream().filter(v -> v.get("name").asText().equals("service")).findFirst();
    if (service.isEmpty()) {
      return Stream.of("");
    }
    var all = service.get().path("allValue").asText();
    return all.isEmpty() ? labels(service.get().at("/query/query").asText()) : Stream.of(all);
  }

  private Stream<String> labels(String query) {
    var asked = LABELS.matcher(query);
    assertTrue(asked.matches(), query);
    return prometheus.labels(asked.group(2), filled(asked.group(1), "")).stream();
  }

  private static Stream<Query> queries(String where, JsonNode panel, String service) {
    return stream(panel.get("targets"))
        .map(
            target ->
                new Query(
                    "%s: %s, %s"
                        .formatted(
                            where,
                            panel.get("title").asText(),
                            target.path("legendFormat").asText()),
                    filled(target.get("expr").asText(), service)));
  }

  private static String filled(String expression, String service) {
    return expression
        .replace("$__rate_interval", "1m")
        .replace("$namespace", ".*")
        .replace("$service", service);
  }

  private static JsonNode read(Path file) {
    try {
      return JSON.readTree(file.toFile());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Stream<JsonNode> stream(JsonNode list) {
    return StreamSupport.stream(list.spliterator(), false);
  }

  // --- rules -------------------------------------------------------------------------------------

  @Test
  void eachRuleCanBeEvaluated() {
    await("the evaluation of all rules")
        .atMost(PATIENCE)
        .untilAsserted(() -> assertEquals(List.of(), unwell()));
    var rules = prometheus.rules();
    assertTrue(rules.size() > 20, rules::toString);
    rules.forEach(rule -> prometheus.values(rule.get("query").asText()));
  }

  private List<String> unwell() {
    return prometheus.rules().stream()
        .filter(rule -> !rule.get("health").asText().equals("ok"))
        .map(JsonNode::toString)
        .toList();
  }
}
